SELECT DISTINCT split_part(stream, ':', 2)::UUID AS article_id, payload->>'body_sha256' AS body_sha256
FROM records
SEMI JOIN wanted USING (stream)
WHERE record_type = 'ArticleFetched'
