-- day_stages: one row per publication day and stage, and how far its articles have come there
WITH asked AS (
    -- a source is asked about several sites, and a day has failed when one of them has in the last run that asked
    SELECT day AS published_on, outcome, candidates, run_id = arg_max(run_id, position) OVER (PARTITION BY day) AS is_last
    FROM log.day_surveyed WHERE position <= commit_position
),
surveyed AS (
    SELECT published_on,
        bool_or(outcome = 'found' AND candidates > 0) AS has_found,
        bool_or(outcome = 'failed' AND is_last) AS has_failed
    FROM asked GROUP BY published_on
),
counted AS (
    SELECT published_on, stage, any_value(version) AS version, count(*) AS articles,
        count(*) FILTER (outcome = 'done') AS done,
        count(*) FILTER (outcome = 'stale') AS stale,
        count(*) FILTER (outcome = 'failed') AS failed,
        count(*) FILTER (outcome = 'missing') AS missing
    FROM article_stages_as_of(commit_position)
    GROUP BY published_on, stage
)
SELECT
    published_on,                      -- the publishers' calendar day
    coalesce(stage, 'fetched') AS stage,  -- fetched, cleaned, or an extractor's name
    version,                           -- version of the cleaner or extractor that is asked about; null for fetched
    coalesce(articles, 0) AS articles, -- articles that the stage applies to
    coalesce(done, 0) AS done,         -- those that have passed it, also with a final failure or nothing found
    coalesce(stale, 0) AS stale,       -- those that only older code has read
    coalesce(failed, 0) AS failed,     -- those that it failed for, and that may be tried again
    coalesce(missing, 0) AS missing,   -- those that it has not been tried for
    CASE
        WHEN articles IS NULL THEN CASE WHEN surveyed.has_failed THEN 'failed' WHEN surveyed.has_found THEN 'partial' ELSE 'unavailable' END
        WHEN failed > 0 OR (stage = 'fetched' AND surveyed.has_failed) THEN 'failed'
        WHEN stale > 0 THEN 'stale'
        WHEN missing = articles THEN CASE stage WHEN 'fetched' THEN 'never fetched' ELSE 'missing' END
        WHEN missing > 0 THEN 'partial'
        ELSE 'complete'
    END AS state                       -- complete, partial, failed, stale, missing, never fetched or unavailable
FROM counted
FULL JOIN surveyed USING (published_on)
