-- how often articles were asked for in vain where a source of a kind had named them
, about AS (
    SELECT * FROM records SEMI JOIN wanted USING (stream)
    WHERE record_type IN ('ArticleDiscovered', 'ArticleFetchFailed')
)
SELECT split_part(failed.stream, ':', 2)::UUID AS article_id, count(*) AS attempts
FROM about AS failed
JOIN about AS named ON failed.caused_by = named.event_id
WHERE failed.record_type = 'ArticleFetchFailed' AND named.payload->>'via' = $via
GROUP BY failed.stream
