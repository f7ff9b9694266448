-- pages: one row per page that was asked for, with what has become of it so far
WITH
claims AS (
    SELECT article_id, arg_min(source, position) AS source, arg_max(claimed_published_at, position) AS claimed_published_at
    FROM log.article_discovered
    WHERE position <= commit_position
    GROUP BY article_id
),
fetched AS (
    SELECT article_id, any_value(url) AS url, count(*) AS captures, max(captured_at) AS asked_at, arg_max(status, position) AS status
    FROM log.article_fetched
    WHERE position <= commit_position
    GROUP BY article_id
),
failed AS (
    SELECT
        article_id, any_value(url) AS url, count(*) AS failures, max(recorded_at) AS asked_at,
        arg_max(reason, position) AS reason, arg_max_null(status, position) AS status
    FROM log.article_fetch_failed
    WHERE position <= commit_position
    GROUP BY article_id
),
cleaned AS (
    SELECT article_id, arg_max(published_at, position) AS published_at, arg_max(published_at_source, position) AS published_at_source
    FROM log.article_cleaned
    WHERE position <= commit_position
    GROUP BY article_id
),
rejected AS (
    SELECT article_id, arg_max(reason, position) AS reason
    FROM log.article_rejected
    WHERE position <= commit_position
    GROUP BY article_id
),
aliased AS (
    SELECT DISTINCT article_id FROM log.article_aliased WHERE position <= commit_position
)
SELECT
    article_id,                                                   -- the article it is or would be
    coalesce(fetched.url, failed.url) AS url,                     -- address it was discovered at
    regexp_extract(coalesce(fetched.url, failed.url), '^https?://(?:[^/@]*@)?(?:www\.)?([^/:?#]+)', 1) AS host,  -- its host, without www
    claims.source,                                                -- feed, sitemap or archive that named it first
    CASE
        WHEN cleaned.article_id IS NOT NULL THEN 'text'
        WHEN aliased.article_id IS NOT NULL THEN 'alias'
        WHEN rejected.article_id IS NOT NULL THEN 'rejected'
        WHEN fetched.article_id IS NOT NULL THEN 'captured'
        ELSE 'failed'
    END AS outcome,                                               -- text, alias (another address of an article), rejected (received, no text), captured (not read yet), failed (never had)
    CASE WHEN cleaned.article_id IS NULL THEN coalesce(rejected.reason, failed.reason) END AS reason,  -- why there is no text, in one word
    coalesce(fetched.status, failed.status) AS status,            -- HTTP status of the last capture, else of the last failure
    coalesce(fetched.captures, 0) AS captures,                    -- how often it was received
    coalesce(failed.failures, 0) AS failures,                     -- how often it was asked for in vain
    greatest(fetched.asked_at, failed.asked_at) AS last_asked_at, -- UTC
    cleaned.published_at_source NOT IN ('feed', 'captured_at')
        AND abs(date_diff('second', claims.claimed_published_at, cleaned.published_at)) > 86400 AS is_date_conflict  -- page and source state times more than a day apart; null where one states none
FROM fetched
FULL JOIN failed USING (article_id)
LEFT JOIN claims USING (article_id)
LEFT JOIN cleaned USING (article_id)
LEFT JOIN rejected USING (article_id)
LEFT JOIN aliased USING (article_id)
WHERE coalesce(fetched.url, failed.url) LIKE 'http%'
