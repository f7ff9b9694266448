SELECT
    split_part(stream, ':', 2) AS article_id,
    published_on,
    (payload->>'word_count')::BIGINT AS word_count,
    payload->>'minhash' AS minhash,
    payload->>'publisher' AS publisher
FROM records
ANTI JOIN (SELECT stream FROM records WHERE record_type = 'ArticleForgotten') AS forgotten USING (stream)
WHERE record_type = 'ArticleCleaned' AND published_on BETWEEN $since AND $until AND payload->>'minhash' <> ''
QUALIFY row_number() OVER (PARTITION BY stream ORDER BY position DESC) = 1
ORDER BY stream
