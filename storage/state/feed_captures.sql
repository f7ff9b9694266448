-- where the answers of these feeds are kept
SELECT
    payload->>'feed_url' AS feed_url,
    from_json(payload->'capture', '{"warc": "VARCHAR", "offset": "BIGINT"}') AS capture,
    min(position) AS position
FROM records
WHERE record_type = 'FeedPolled' AND list_contains($feeds, payload->>'feed_url') AND payload->>'body_sha256' IS NOT NULL
GROUP BY ALL
HAVING capture IS NOT NULL
ORDER BY ALL
