-- events: every record of the log, superseded ones and the log's own included; of forgotten articles only that they were
SELECT
    position,          -- place in the log, counted from 1
    event_id,          -- the record's identity: the same fact has the same id everywhere
    event_key,         -- shared by findings of different extractor versions about the same place of a text
    record_type,       -- the vocabulary's name of the record
    schema_version,    -- version of the record's class
    stream,            -- what it is about: article:<id>, feed:<id>, run:<id> or log
    extraction_id,     -- the reading that found it; null for records that no extractor made
    occurred_at,       -- when it happened, UTC; null for findings
    published_on,      -- the publisher's calendar day; UTC day for feed and run records
    recorded_at,       -- when the log took it, UTC
    producer,          -- who made the record
    producer_version,  -- version of the producer's rules
    run_id,            -- the run it was made in
    caused_by,         -- event that caused it
    payload,           -- the record's own fields, as canonical JSON
    article_id         -- the article its stream is about; null for records about feeds, runs and the log
FROM log.events
WHERE position <= commit_position
