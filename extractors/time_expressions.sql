-- time_expressions: Every time, length of time and repetition that an article names, with the days it covers.
SELECT
    finding.article_id,               -- article that names it
    finding.published_on,             -- publisher's own calendar day of the article
    finding.span.text AS words,       -- the expression as it stands, its modifiers included
    finding.timex_type,               -- DATE, TIME (finer than a day), DURATION or SET (recurs), as in TIMEX3
    finding.value,                    -- TIMEX3 value: 2024-03-22, 2024-W13, P2W, PAST_REF; first/last for a range
    finding.mod,                      -- TIMEX3 modifier, such as APPROX, START or MORE_THAN, null for none
    finding.quant,                    -- EVERY or EACH of a set, null elsewhere
    finding.freq,                     -- how many times within each period of a set, such as 2X, null elsewhere
    finding.starts_on,                -- first day it covers, null where it cannot be dated
    finding.ends_on,                  -- last day it covers, included, null where it cannot be dated
    finding.granularity,              -- how fine it is: minute, hour, day, week, month, year; null where not told
    finding.rule,                     -- kind of expression that was recognised, such as weekday
    finding.span,                     -- where it stands: start and end in code points, and its words
    finding.extraction_id,            -- reading that found it
    finding.event_id                  -- record it rests on, in events
FROM log.time_expression_resolved AS finding
ANTI JOIN superseded_extractions_as_of(commit_position) USING (extraction_id)
WHERE finding.position <= commit_position
