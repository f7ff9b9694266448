, captured AS (
    SELECT event_id, (payload->>'captured_at')::TIMESTAMPTZ AS captured_at
    FROM records SEMI JOIN wanted USING (stream)
    WHERE record_type = 'ArticleFetched'
)
SELECT
    split_part(records.stream, ':', 2) AS article_id,
    payload->>'text_sha256' AS text_sha256,
    payload->>'headline' AS headline,
    (payload->>'word_count')::BIGINT AS word_count,
    captured.captured_at,
    payload->>'configuration_sha256' AS configuration_sha256
FROM records
SEMI JOIN wanted USING (stream)
JOIN captured ON records.caused_by = captured.event_id
WHERE record_type = 'ArticleCleaned'
QUALIFY row_number() OVER (
    PARTITION BY records.stream ORDER BY captured.captured_at DESC, producer_version DESC, position DESC
) = 1
