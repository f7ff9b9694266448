-- each article once: what was asked for first counts
SELECT
    split_part(stream, ':', 2) AS article_id,
    arg_min(payload->>'reason', position) AS reason,
    min(occurred_at) AS forgotten_at,
    min(position) AS position
FROM records
WHERE record_type = 'ArticleForgotten'
GROUP BY stream
ORDER BY position
