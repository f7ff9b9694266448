-- figures: How many, how much, how old, how long: one row for each number that an article gives for something.
SELECT
    finding.article_id,                    -- article that gives it
    finding.published_on,                  -- publisher's own calendar day of the article
    finding.figure_type,                   -- count, casualties, percent, fraction, money, duration, measure, age or ordinal
    finding.comparator,                    -- = > >= < <= or ~ for about, nearly and vague plurals such as dozens
    finding.value,                         -- the number, the lower of a range; of dozens, hundreds and such the least they mean; null from 10^32 on
    finding.value_max,                     -- the higher number of a range, else null
    finding.unit,                          -- unit or noun counted in the singular: minute, dollar, person; null where unsaid
    finding.of AS counted,                 -- what is counted or measured, as it stands in the text; null where unsaid
    finding.casualty,                      -- killed, injured, missing, detained or displaced; null for other figures
    finding.currency,                      -- ISO 4217 code; null for other figures and where several countries share the name
    finding.span.text AS words,            -- the figure as it stands: comparator, number and unit
    finding.span,                          -- where it stands: start and end in code points, and its words
    finding.reported_in,                   -- first piece of the statement that gives it; null: the article itself
    finding.extraction_id,                 -- reading that found it
    finding.event_id                       -- record it rests on, in events
FROM log.figure_reported AS finding
SEMI JOIN current_extractions_as_of(commit_position) USING (extraction_id)
