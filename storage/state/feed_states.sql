-- what the polls of each feed left to remember. Validators, and what the document states about its own polling: a 304 or
-- a failure brings none, so the last answer with a body counts. A move is confirmed when the last three good polls, a
-- day or more apart, were led to one and the same address.
, polls AS (
    SELECT
        position, payload->>'feed_url' AS feed_url, payload->>'outcome' AS outcome, payload->>'etag' AS etag,
        payload->>'last_modified' AS last_modified, payload->>'body_sha256' AS body_sha256,
        (payload->>'polled_at')::TIMESTAMPTZ AS polled_at,
        (payload->>'next_due_at')::TIMESTAMPTZ AS next_due_at,
        payload->>'next_due_reason' AS next_due_reason,
        payload->>'error' AS error,
        payload->>'moved_to' AS moved_to,
        coalesce((payload->>'failures')::BIGINT, 0) AS failures,
        (payload->>'interval_seconds')::BIGINT AS interval_seconds,
        (payload->>'ttl_seconds')::BIGINT AS ttl_seconds,
        (payload->>'sitemaps')::BIGINT AS sitemaps,
        coalesce(from_json(payload->'skip_hours', '["BIGINT"]'), []) AS skip_hours,
        coalesce(from_json(payload->'skip_days', '["VARCHAR"]'), []) AS skip_days,
        from_json(payload->'capture', '{"warc": "VARCHAR", "offset": "BIGINT"}') AS capture,
        outcome IN ('new', 'unchanged', 'moved') AS is_good
    FROM records
    WHERE record_type = 'FeedPolled'
),
recent AS (
    FROM polls WHERE is_good
    QUALIFY row_number() OVER (PARTITION BY feed_url ORDER BY position DESC) <= 3
),
moves AS (
    SELECT
        feed_url,
        any_value(moved_to) AS moved_to,
        count(*) = 3 AND max(polled_at) - min(polled_at) >= INTERVAL 1 DAY AS is_move_confirmed
    FROM recent
    GROUP BY feed_url
    HAVING count(moved_to) = count(*) AND count(DISTINCT moved_to) = 1
)
SELECT
    feed_url,
    max_by(etag, position) FILTER (body_sha256 IS NOT NULL AND is_good) AS etag,
    max_by(last_modified, position) FILTER (body_sha256 IS NOT NULL AND is_good) AS last_modified,
    max_by(body_sha256, position) FILTER (body_sha256 IS NOT NULL AND is_good) AS body_sha256,
    max_by(capture, position) FILTER (body_sha256 IS NOT NULL AND is_good) AS capture,
    arg_max_null(sitemaps, position) FILTER (body_sha256 IS NOT NULL AND is_good) AS sitemaps,
    arg_max_null(ttl_seconds, position) FILTER (body_sha256 IS NOT NULL AND is_good) AS ttl_seconds,
    coalesce(max_by(skip_hours, position) FILTER (body_sha256 IS NOT NULL AND is_good), []) AS skip_hours,
    coalesce(max_by(skip_days, position) FILTER (body_sha256 IS NOT NULL AND is_good), []) AS skip_days,
    max_by(outcome, position) AS outcome,
    arg_max_null(error, position) AS error,
    max_by(polled_at, position) AS polled_at,
    max_by(polled_at, position) FILTER (is_good) AS answered_at,
    count(*) FILTER (is_good) AS good_polls,
    max_by(failures, position) AS failures,
    max_by(interval_seconds, position) AS interval_seconds,
    arg_max_null(next_due_at, position) AS next_due_at,
    arg_max_null(next_due_reason, position) AS next_due_reason,
    any_value(moves.moved_to) AS moved_to,
    coalesce(any_value(moves.is_move_confirmed), false) AS is_move_confirmed
FROM polls
LEFT JOIN moves USING (feed_url)
GROUP BY feed_url
ORDER BY feed_url
