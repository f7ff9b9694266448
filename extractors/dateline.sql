-- datelines: Where, and often for which agency and on which day, an article says it was written.
SELECT
    finding.article_id,                          -- article whose text opens with the dateline
    finding.published_on,                        -- publisher's own calendar day of the article
    finding.place,                               -- place as it stands in the text, region included
    finding.agency,                              -- agency named in brackets, null where none is named
    finding.written_on,                          -- day stated in the dateline, null where none is stated
    finding.span.text AS words,                  -- the whole dateline as it stands
    finding.span,                                -- where it stands: start and end in code points, and its words
    finding.extraction_id,                       -- reading that found it
    finding.event_id                             -- record it rests on, in events
FROM log.dateline_read AS finding
ANTI JOIN superseded_extractions_as_of(commit_position) USING (extraction_id)
WHERE finding.position <= commit_position
