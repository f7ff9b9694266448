-- the records that closed readings of these articles, in the order of the log
SELECT
    split_part(stream, ':', 2) AS article_id,
    payload->>'text_sha256' AS text_sha256,
    producer,
    producer_version AS version,
    extraction_id,
    event_id AS closed_by,
    payload->>'supersedes' AS supersedes
FROM records
SEMI JOIN wanted USING (stream)
WHERE record_type = 'ExtractionCompleted'
ORDER BY position
