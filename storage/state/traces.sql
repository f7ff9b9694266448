-- what the articles asked for have left: addresses, captures, texts and the sources that named them
SELECT
    split_part(stream, ':', 2) AS article_id,
    position,
    payload->>'url' AS url,
    payload->>'final_url' AS final_url,
    from_json(payload->'capture', '{"warc": "VARCHAR", "offset": "BIGINT"}') AS capture,
    payload->>'text_sha256' AS text_sha256,
    CASE WHEN payload->>'via' = 'feed' THEN payload->>'source' END AS feed_url
FROM records
SEMI JOIN wanted USING (stream)
WHERE record_type IN ('ArticleDiscovered', 'ArticleFetched', 'ArticleCleaned')
ORDER BY position
