-- what the articles asked for have left, at all their addresses: addresses, captures, texts and the sources that named them
, streams AS (
    SELECT stream FROM wanted
    UNION
    SELECT records.stream
    FROM records
    JOIN wanted ON 'article:' || (payload->>'article') = wanted.stream
    WHERE record_type = 'ArticleAliased'
)
SELECT
    split_part(stream, ':', 2) AS article_id,
    position,
    payload->>'url' AS url,
    payload->>'final_url' AS final_url,
    from_json(payload->'capture', '{"warc": "VARCHAR", "offset": "BIGINT"}') AS capture,
    payload->>'text_sha256' AS text_sha256,
    CASE WHEN payload->>'via' = 'feed' THEN payload->>'source' END AS feed_url
FROM records
SEMI JOIN streams USING (stream)
WHERE record_type IN ('ArticleDiscovered', 'ArticleFetched', 'ArticleUnchanged', 'ArticleCleaned')
ORDER BY position
