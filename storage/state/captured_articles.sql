-- which of these articles have captures, of when and from where, and which are forgotten
, about AS (
    SELECT * FROM records SEMI JOIN wanted USING (stream)
    WHERE record_type IN ('ArticleDiscovered', 'ArticleFetched', 'ArticleForgotten')
),
named AS (
    SELECT event_id, payload->>'via' AS via FROM about WHERE record_type = 'ArticleDiscovered'
)
SELECT
    split_part(stream, ':', 2)::UUID AS article_id,
    bool_or(record_type = 'ArticleFetched') AS is_captured,
    bool_or(record_type = 'ArticleForgotten') AS is_forgotten,
    arg_max(published_on, position) FILTER (record_type = 'ArticleFetched') AS published_on,
    coalesce(
        list((payload->>'captured_at')::TIMESTAMPTZ) FILTER (record_type = 'ArticleFetched' AND via = 'ccnews'), []
    ) AS archived_at
FROM about
LEFT JOIN named ON about.caused_by = named.event_id
WHERE record_type <> 'ArticleDiscovered'
GROUP BY stream
