-- articles that are not forgotten and share a text with one of those asked for, or carry the same story
, forgotten AS (
    SELECT stream FROM records WHERE record_type = 'ArticleForgotten'
),
texts AS (
    SELECT stream, payload->>'text_sha256' AS text_sha256 FROM records WHERE record_type = 'ArticleCleaned'
),
pairs AS (
    SELECT stream, 'article:' || (payload->>'other_article') AS other FROM records WHERE record_type = 'ArticleDuplicated'
),
related AS (
    SELECT other.stream, true AS has_same_text
    FROM texts AS other
    SEMI JOIN (FROM texts SEMI JOIN wanted USING (stream)) AS own USING (text_sha256)
    UNION ALL
    SELECT other, false FROM pairs SEMI JOIN wanted USING (stream)
    UNION ALL
    SELECT stream, false FROM pairs SEMI JOIN wanted ON pairs.other = wanted.stream
)
SELECT
    split_part(related.stream, ':', 2) AS article_id,
    any_value(records.payload->>'url') AS url,
    bool_or(has_same_text) AS has_same_text
FROM related
JOIN records ON related.stream = records.stream AND records.record_type = 'ArticleCleaned'
ANTI JOIN wanted ON related.stream = wanted.stream
ANTI JOIN forgotten ON related.stream = forgotten.stream
GROUP BY related.stream
ORDER BY url
