-- which of these articles have a capture, or are forgotten
SELECT
    split_part(stream, ':', 2)::UUID AS article_id,
    bool_or(record_type = 'ArticleFetched') AS is_captured,
    bool_or(record_type = 'ArticleForgotten') AS is_forgotten,
    arg_max(published_on, position) FILTER (record_type = 'ArticleFetched') AS published_on
FROM records
SEMI JOIN wanted USING (stream)
WHERE record_type IN ('ArticleFetched', 'ArticleForgotten')
GROUP BY stream
