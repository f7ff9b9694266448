SELECT current.article_id, texts.text, current.text_sha256, cleaned.published_on, cleaned.language
FROM log.text_periods AS current
JOIN log.article_cleaned AS cleaned USING (event_id)
JOIN log.texts AS texts ON current.text_position = texts.first_position
WHERE current.counts_until = 9223372036854775807 AND current.article_id IN (SELECT unnest($articles::UUID[]))
