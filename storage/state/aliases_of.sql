-- pages that turned out to be another address of one of the articles asked for
SELECT
    split_part(records.stream, ':', 2) AS article_id,
    any_value(payload->>'url') AS url,
    NULL AS headline,
    NULL AS publisher,
    max(published_on) AS published_on
FROM records
JOIN wanted ON 'article:' || (payload->>'article') = wanted.stream
WHERE record_type = 'ArticleAliased'
GROUP BY records.stream
ORDER BY url
