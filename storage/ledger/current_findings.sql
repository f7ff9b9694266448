-- the findings of some articles that count, by the extractors named
SELECT current.producer, current.article_id, finding.published_on, finding.event_key, finding.payload::VARCHAR AS payload
FROM log.reading_periods AS current
JOIN log.events AS finding USING (extraction_id)
WHERE current.counts_until = 9223372036854775807
    AND current.article_id IN (SELECT unnest($articles::UUID[]))
    AND list_contains($extractors, current.producer)
    AND finding.record_type NOT LIKE 'Extraction%'
ORDER BY finding.position
