-- pages that live sources named, that were captured and may have changed since, with when they were asked for last; only
-- of articles published since a day, so that the rest of the log is not looked at
, recent AS (
    FROM records WHERE published_on >= $since AND starts_with(stream, 'article:')
),
discovered AS (
    SELECT stream, position, event_id, payload->>'url' AS url, payload->>'headline' AS headline,
        (payload->>'claimed_published_at')::TIMESTAMPTZ AS claimed_published_at,
        (payload->>'claimed_modified_at')::TIMESTAMPTZ AS claimed_modified_at,
        (payload->>'first_seen_at')::TIMESTAMPTZ AS first_seen_at
    FROM recent
    WHERE record_type = 'ArticleDiscovered' AND payload->>'via' IN ('feed', 'sitemap', 'list')
    QUALIFY row_number() OVER (PARTITION BY stream ORDER BY position DESC) = 1
),
captured AS (
    SELECT stream, event_id, (payload->>'captured_at')::TIMESTAMPTZ AS captured_at
    FROM recent
    WHERE record_type = 'ArticleFetched' AND starts_with(payload->>'final_url', 'http')
),
read AS (
    SELECT
        stream,
        arg_max((payload->>'published_at')::TIMESTAMPTZ, position) AS published_at,
        arg_max(record_type, position) AS ended_as,
        arg_max(payload->>'reason', position) AS reason
    FROM recent
    WHERE record_type IN ('ArticleCleaned', 'ArticleRejected')
    GROUP BY stream
),
answered AS (
    SELECT
        stream,
        position,
        coalesce((payload->>'captured_at')::TIMESTAMPTZ, (payload->>'asked_at')::TIMESTAMPTZ, occurred_at) AS asked_at
    FROM recent
    WHERE record_type IN ('ArticleFetched', 'ArticleUnchanged', 'ArticleWithdrawn')
        OR (record_type = 'ArticleFetchFailed' AND (payload->>'is_final')::BOOLEAN)
),
asked AS (
    SELECT stream, max(position) AS position, max(asked_at) AS asked_at FROM answered GROUP BY stream
),
failed AS (
    SELECT recent.stream, count(*) AS attempts, max((payload->>'retry_at')::TIMESTAMPTZ) AS retry_at
    FROM recent
    JOIN asked ON recent.stream = asked.stream AND recent.position > asked.position
    WHERE record_type = 'ArticleFetchFailed'
    GROUP BY recent.stream
),
first_captured AS (
    SELECT stream, min(captured_at) AS captured_at FROM captured GROUP BY stream
)
SELECT
    split_part(discovered.stream, ':', 2) AS article_id,
    discovered.url,
    discovered.event_id AS discovered,
    discovered.headline,
    discovered.claimed_published_at,
    discovered.claimed_modified_at,
    discovered.first_seen_at,
    coalesce(failed.attempts, 0) AS attempts,
    failed.retry_at,
    first_captured.captured_at AS first_captured_at,
    read.published_at,
    asked.asked_at
FROM discovered
JOIN first_captured ON discovered.stream = first_captured.stream
JOIN asked ON discovered.stream = asked.stream
JOIN read ON discovered.stream = read.stream
LEFT JOIN failed ON discovered.stream = failed.stream
ANTI JOIN (SELECT stream FROM records WHERE record_type = 'ArticleForgotten') AS forgotten
    ON discovered.stream = forgotten.stream
WHERE coalesce(failed.attempts, 0) < 5
    AND (read.ended_as = 'ArticleCleaned' OR read.reason IN ('no_text', 'too_short', 'consent_wall'))
ORDER BY discovered.position
