-- political_events: Who did what to whom, one row for each event that an article reports.
SELECT
    finding.article_id,                                                     -- article that reports it
    finding.published_on,                                                   -- publisher's own calendar day of the article
    finding.starts_on,                                                      -- first day on which it was done or said
    finding.ends_on,                                                        -- last day on which it was done or said, included
    finding.date_precision,                                                 -- how fine the text is; article: it tells nothing, the day of the article stands in
    finding.event_type,                                                     -- PLOVER type
    finding.modes,                                                          -- PLOVER modes
    finding.contexts,                                                       -- PLOVER contexts
    finding.quad_code,                                                      -- 1 verbal, 2 material cooperation; 3 verbal, 4 material conflict
    finding.intensity,                                                      -- PLOVER's score, from -10 (conflict) to 10 (cooperation)
    finding.cameo,                                                          -- CAMEO code, leading zero kept
    [party.name FOR party IN finding.actors] AS actor_names,                -- who does it; everybody who takes part where it is reciprocal
    [party.name FOR party IN finding.recipients] AS recipient_names,        -- to whom it is done
    [party.code FOR party IN finding.actors] AS actor_codes,                -- their country or organisation codes, in the same order
    [party.code FOR party IN finding.recipients] AS recipient_codes,        -- their country or organisation codes, in the same order
    finding.reciprocal,                                                     -- true: they do it to each other, and all are actors
    finding.aux,                                                            -- negation, future, historical; empty for most
    finding.scheduled_starts_on,                                            -- first day for which it is promised or planned, null where untold
    finding.scheduled_ends_on,                                              -- last day for which it is promised or planned, null where untold
    finding.place.name AS place,                                            -- where it was done, null where the clause does not say
    finding.place.country AS place_country,                                 -- ISO 3166-1 alpha-3 of the place, null where untold
    finding.place.admin1 AS place_admin1,                                   -- first-order division of the place: GeoNames' UA.07, of a province ISO 3166-2's UA-63
    finding.place.geonameid AS place_geonameid,                             -- GeoNames number of the place, null where it has none here
    finding.place.latitude AS place_latitude,                               -- degrees north of the place, null for countries, provinces and the unresolved
    finding.place.longitude AS place_longitude,                             -- degrees east of the place, null for countries, provinces and the unresolved
    finding.place_resolution,                                               -- PLOVER's scale: 1 country, 2 province, 4 city; null where untold
    finding.killed,                                                         -- how many were killed, the least that the clause's words mean, null where untold
    finding.injured,                                                        -- how many were injured, the least that the clause's words mean, null where untold
    finding.detained,                                                       -- how many were detained, the least that the clause's words mean, null where untold
    finding.claimed_by,                                                     -- who says so, where it is not the actor; null: the article
    finding.is_claim,                                                       -- true: an accusation claims it, the article does not tell it as done
    finding.trigger.text AS words,                                          -- words that tell of it
    finding.evidence.text AS sentence,                                      -- sentence they stand in
    finding.actors,                                                         -- who does it, with sectors, entity and place in the text
    finding.recipients,                                                     -- to whom it is done, with sectors, entity and place in the text
    finding.place AS place_entity,                                          -- the place with its numbers and its words
    finding.reported_in,                                                    -- first piece of the statement or accusation that reports it, null: the article itself
    finding.trigger,                                                        -- where the words stand: start and end in code points
    finding.evidence,                                                       -- where the sentence stands
    finding.rule,                                                           -- frame that found it: type and pattern
    finding.tier,                                                           -- how far to rely on it: sure, likely, possible
    finding.extraction_id,                                                  -- reading that found it
    finding.event_id                                                        -- record it rests on, in events
FROM log.political_event_coded AS finding
SEMI JOIN current_extractions_as_of(commit_position) USING (extraction_id)
