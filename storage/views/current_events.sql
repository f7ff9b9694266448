-- current_events: the findings that count now, of every extractor, one row each
SELECT
    events.position,          -- place in the log
    events.event_id,          -- the finding's identity
    events.event_key,         -- shared by findings of different extractor versions about the same place
    events.record_type,       -- what was found
    events.article_id,        -- the article it was found in
    events.extraction_id,     -- the reading that found it
    events.published_on,      -- the article's day
    events.producer,          -- the extractor
    events.producer_version,  -- the extractor's version
    readings.text_sha256,     -- the text that its spans count in
    events.payload            -- the finding's own fields, as canonical JSON
FROM log.events AS events
ANTI JOIN superseded_extractions_as_of(commit_position) USING (extraction_id)
LEFT JOIN (
    SELECT extraction_id, any_value(text_sha256) AS text_sha256 FROM log.extraction_completed GROUP BY extraction_id
) AS readings ON events.extraction_id = readings.extraction_id
WHERE events.position <= commit_position
    AND events.extraction_id IS NOT NULL
    AND NOT starts_with(events.record_type, 'Extraction')
