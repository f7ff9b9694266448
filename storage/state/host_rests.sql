-- addresses whose hosts have asked for rest (429, 503) until a time that is still to come, and until when
, refused AS (
    SELECT payload->>'url' AS url, (payload->>'status')::BIGINT AS status, (payload->>'retry_at')::TIMESTAMPTZ AS until
    FROM records
    WHERE record_type = 'ArticleFetchFailed' AND payload->>'retry_after_seconds' IS NOT NULL
    UNION ALL
    SELECT payload->>'feed_url', (payload->>'status')::BIGINT, (payload->>'next_due_at')::TIMESTAMPTZ
    FROM records
    WHERE record_type = 'FeedPolled' AND payload->>'next_due_reason' = 'Retry-After'
)
SELECT url, max(until) AS until
FROM refused
WHERE status IN (429, 503) AND until > $now
GROUP BY url
ORDER BY url
