-- rules: Frames that political events are found by, one row for each, with what it was worth on annotated texts.
-- political_events names them in its column rule.
WITH fired AS (
    SELECT rule, count(*) AS records FROM political_events_as_of(commit_position) GROUP BY rule
)
SELECT
    frames.rule,                                -- the frame: type and pattern
    frames.event_type,                          -- PLOVER type, before mood: what is promised, refused or threatened is coded otherwise
    frames.modes,                               -- PLOVER modes
    frames.contexts,                            -- PLOVER contexts
    frames.quad_code,                           -- 1 verbal, 2 material cooperation; 3 verbal, 4 material conflict
    frames.intensity,                           -- PLOVER's score, from -10 (conflict) to 10 (cooperation)
    frames.cameo,                               -- CAMEO code, leading zero kept
    frames.triggers,                            -- words that may tell of it, any form of them
    frames.is_nominal,                          -- true: a noun tells of it
    frames.example,                             -- a sentence that it finds, [who] did it and to {whom}
    frames.fired,                               -- records of it that could be judged on annotated texts
    frames.found_right AS "right",              -- how many of these were right
    frames.expected AS precision,               -- share that is expected to be right, drawn towards that of the type where few were judged
    frames.tier,                                -- how far to rely on its records that tell who did it: sure, likely, possible
    coalesce(fired.records, 0) AS records       -- records of it that this edition holds and that count
FROM (SELECT unnest(from_json($rows, $kinds), recursive := true)) AS frames
LEFT JOIN fired USING (rule)
