-- entities: Who and what an article names, one row for each person, organisation, place or nationality in it.
SELECT
    finding.article_id,                       -- article that names it
    finding.published_on,                     -- publisher's own calendar day of the article
    finding.entity_type,                      -- PERSON, ORG, LOC, or NORP: a nationality, people or faith
    finding.name,                             -- usual name where resolved, else the fullest that the article gives
    finding.code,                             -- ISO 3166-1 alpha-3 or PLOVER code, null where nothing tells
    finding.sectors,                          -- PLOVER sectors, primary first
    finding.role,                             -- role as stated, null for most
    len(finding.spans)::INTEGER AS mentions,  -- how often the article names it
    finding.entity_id,                        -- scheme:id, the same across articles unless its scheme is local
    finding.resolution,                       -- table that told who or what it is; none: unknown beyond the article
    finding.spans,                            -- where it is named: start and end in code points, and the words
    finding.extraction_id,                    -- reading that found it
    finding.event_id                          -- record it rests on, in events
FROM log.entity_mentioned AS finding
ANTI JOIN superseded_extractions_as_of(commit_position) USING (extraction_id)
WHERE finding.position <= commit_position
