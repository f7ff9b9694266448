-- the newest validators of each feed: a 304 or a failure brings none, so the last answer with a body counts
, polls AS (
    SELECT position, payload->>'feed_url' AS feed_url, payload->>'outcome' AS outcome, payload->>'etag' AS etag,
        payload->>'last_modified' AS last_modified, payload->>'body_sha256' AS body_sha256,
        (payload->>'next_due_at')::TIMESTAMPTZ AS next_due_at,
        from_json(payload->'capture', '{"warc": "VARCHAR", "offset": "BIGINT"}') AS capture
    FROM records
    WHERE record_type = 'FeedPolled'
)
SELECT
    feed_url,
    max_by(etag, position) FILTER (body_sha256 IS NOT NULL AND outcome IN ('new', 'unchanged', 'moved')) AS etag,
    max_by(last_modified, position) FILTER (body_sha256 IS NOT NULL AND outcome IN ('new', 'unchanged', 'moved')) AS last_modified,
    max_by(body_sha256, position) FILTER (body_sha256 IS NOT NULL AND outcome IN ('new', 'unchanged', 'moved')) AS body_sha256,
    max_by(capture, position) FILTER (body_sha256 IS NOT NULL AND outcome IN ('new', 'unchanged', 'moved')) AS capture,
    coalesce(max_by(outcome, position) = 'gone', false) AS is_gone,
    arg_max_null(next_due_at, position) AS next_due_at
FROM polls
GROUP BY feed_url
ORDER BY feed_url
