-- the latest capture of each article asked for
SELECT
    split_part(stream, ':', 2) AS article_id,
    event_id AS fetched,
    published_on,
    payload->>'final_url' AS final_url,
    (payload->>'captured_at')::TIMESTAMPTZ AS captured_at,
    payload->>'body_sha256' AS body_sha256,
    payload->>'etag' AS etag,
    payload->>'last_modified' AS last_modified
FROM records
SEMI JOIN wanted USING (stream)
WHERE record_type = 'ArticleFetched'
QUALIFY row_number() OVER (PARTITION BY stream ORDER BY captured_at DESC, position DESC) = 1
ORDER BY stream
