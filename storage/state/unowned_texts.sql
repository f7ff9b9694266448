-- stored texts that no article names which is not forgotten: those of forgotten articles, and what a crash left behind
SELECT DISTINCT text_sha256
FROM read_parquet($text_files) AS stored
ANTI JOIN (
    SELECT payload->>'text_sha256' AS text_sha256
    FROM records
    ANTI JOIN (SELECT stream FROM records WHERE record_type = 'ArticleForgotten') AS forgotten USING (stream)
    WHERE record_type = 'ArticleCleaned'
) AS named USING (text_sha256)
