-- article_stages: how far each article has come: one row per article and stage that applies to it;
-- stages are fetched, cleaned, and each extractor by name, for articles with a text; versions are compared with those that
-- the session's variable `versions` holds (stage, version, configuration_sha256), else with the newest that the log knows
WITH
found AS (
    SELECT article_id, arg_max(published_on, position) AS published_on
    FROM log.article_discovered WHERE position <= commit_position GROUP BY article_id
),
captured AS (
    SELECT article_id, count(*) AS captures, arg_max(published_on, captured_at) AS published_on
    FROM log.article_fetched WHERE position <= commit_position GROUP BY article_id
),
missed AS (
    SELECT article_id, bool_or(is_final) AS is_final, arg_max(published_on, position) AS published_on
    FROM log.article_fetch_failed WHERE position <= commit_position GROUP BY article_id
),
texts AS (
    SELECT current.article_id, current.text_sha256, cleaned.published_on
    FROM current_texts_as_of(commit_position) AS current
    JOIN log.article_cleaned AS cleaned USING (event_id)
),
articles AS MATERIALIZED (
    SELECT
        article_id,
        coalesce(texts.published_on, captured.published_on, missed.published_on, found.published_on) AS published_on,
        captured.captures,
        missed.is_final,
        texts.text_sha256
    FROM found
    FULL JOIN captured USING (article_id)
    FULL JOIN missed USING (article_id)
    FULL JOIN texts USING (article_id)
    -- a page that is only another way to an article is kept and not cleaned
    ANTI JOIN (SELECT article_id FROM log.article_aliased WHERE position <= commit_position) AS aliased USING (article_id)
),
cleanings AS (
    SELECT article_id, caused_by, producer_version, configuration_sha256, position
    FROM log.article_cleaned WHERE position <= commit_position
    UNION ALL
    SELECT article_id, caused_by, producer_version, configuration_sha256, position
    FROM log.article_rejected WHERE position <= commit_position
),
newest AS (
    SELECT producer AS stage, max(version) AS version,
        arg_max(configuration_sha256, (version, position)) AS configuration_sha256
    FROM log.extraction_completed WHERE position <= commit_position GROUP BY producer
    UNION ALL
    SELECT 'cleaned', max(producer_version), arg_max(configuration_sha256, (producer_version, position))
    FROM cleanings HAVING count(*) > 0
),
wanted AS MATERIALIZED (
    SELECT unnest(
        coalesce(
            getvariable('versions')::STRUCT(stage VARCHAR, version BIGINT, configuration_sha256 VARCHAR)[],
            (SELECT list(newest) FROM newest)
        ),
        max_depth := 2
    )
),
reached AS (
    -- an article is cleaned by a version when all of its captures are
    SELECT article_id, 'cleaned' AS stage, producer_version AS version, configuration_sha256,
        CASE WHEN count(DISTINCT caused_by) >= any_value(captures) THEN 'done' ELSE 'partial' END AS outcome
    FROM cleanings JOIN articles USING (article_id)
    GROUP BY article_id, producer_version, configuration_sha256
    UNION ALL
    SELECT article_id, producer, version, configuration_sha256, 'done'
    FROM current_extractions_as_of(commit_position)
    UNION ALL
    SELECT article_id, producer, version, configuration_sha256, 'done'
    FROM log.extraction_rejected SEMI JOIN articles USING (article_id, text_sha256)
    WHERE position <= commit_position
    UNION ALL
    SELECT article_id, producer, version, configuration_sha256, 'failed'
    FROM log.extraction_failed SEMI JOIN articles USING (article_id, text_sha256)
    WHERE position <= commit_position
),
compared AS (
    SELECT
        reached.article_id,
        reached.stage,
        max(CASE
            WHEN reached.version > wanted.version AND reached.outcome = 'done' THEN 4
            WHEN reached.version = wanted.version AND reached.configuration_sha256 = wanted.configuration_sha256
                THEN CASE reached.outcome WHEN 'done' THEN 4 WHEN 'failed' THEN 3 ELSE 2 END
            WHEN reached.outcome = 'failed' THEN 1
            ELSE 2
        END) AS how_far
    FROM reached JOIN wanted USING (stage)
    GROUP BY reached.article_id, reached.stage
)
SELECT
    articles.published_on,  -- the publisher's calendar day; of articles without a text, as far as it is known
    articles.article_id,    -- the article
    due.stage,              -- fetched, cleaned, or an extractor's name
    due.version,            -- version of the cleaner or extractor that is asked about; null for fetched
    due.outcome             -- done, stale (by older code only), failed, missing
FROM articles
JOIN (
    SELECT article_id, 'fetched' AS stage, NULL::BIGINT AS version,
        CASE
            WHEN captures > 0 OR is_final THEN 'done'
            WHEN is_final IS NULL THEN 'missing'
            ELSE 'failed'
        END AS outcome
    FROM articles
    UNION ALL
    SELECT articles.article_id, wanted.stage, wanted.version,
        CASE compared.how_far WHEN 4 THEN 'done' WHEN 3 THEN 'failed' WHEN 2 THEN 'stale' ELSE 'missing' END
    FROM articles
    JOIN wanted ON CASE wanted.stage WHEN 'cleaned' THEN articles.captures > 0 ELSE articles.text_sha256 IS NOT NULL END
    LEFT JOIN compared ON articles.article_id = compared.article_id AND wanted.stage = compared.stage
) AS due ON articles.article_id = due.article_id
