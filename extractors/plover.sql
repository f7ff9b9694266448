-- plover: Political events as PLOVER's manual names their fields, one row for each record; `dateline export --as plover`
-- writes it as JSON. Null or left out is what dateline does not tell.
SELECT
    event.published_on AS day,                                 -- publisher's own calendar day of the article; no field of PLOVER's
    event.event_id::VARCHAR AS id,                             -- the record's id, in political_events
    event.starts_on AS date,                                   -- first day on which it was done or said
    event.ends_on AS enddate,                                  -- last day on which it was done or said, included
    list_transform(event.actors, lambda each: {
        'code': each.code,
        'sector': nullif(array_to_string(each.sectors[1:2], ''), ''),
        'entity_text': each.span.text,
        'identifier_id': each.entity_id,
        'identifier_text': each.name
    }) AS actor,                                               -- who does it; everybody who takes part where it is reciprocal
    list_transform(CASE WHEN event.reciprocal THEN event.actors ELSE event.recipients END, lambda each: {
        'code': each.code,
        'sector': nullif(array_to_string(each.sectors[1:2], ''), ''),
        'entity_text': each.span.text,
        'identifier_id': each.entity_id,
        'identifier_text': each.name
    }) AS recipient,                                           -- to whom it is done; everybody who takes part where it is reciprocal
    [event.event_type] AS event,                               -- PLOVER type
    CASE
        WHEN event.place IS NOT NULL THEN {
            'extracted_place': event.place_entity.span.text,
            'resolved_place': event.place,
            'geonameid': event.place_geonameid,
            'lat': event.place_latitude::DOUBLE,
            'lon': event.place_longitude::DOUBLE,
            'city': CASE WHEN event.place_resolution >= 4 THEN event.place END,
            'province': CASE WHEN event.place_resolution = 2 THEN event.place END,
            'country_code': event.place_country,
            'resolution': event.place_resolution
        }
    END AS event_loc,                                          -- where it was done
    [event.words] AS event_text,                               -- words that tell of it
    event.quad_code,                                           -- 1 verbal, 2 material cooperation; 3 verbal, 4 material conflict
    event.intensity::DOUBLE AS event_scale,                    -- PLOVER's score, from -10 (conflict) to 10 (cooperation)
    CASE
        WHEN coalesce(event.killed, event.injured, event.detained) IS NOT NULL THEN {
            'dead': event.killed,
            'injured': event.injured,
            'arrested': event.detained
        }
    END AS size,                                               -- how many were killed, injured and detained, at least
    event.modes AS mode,                                       -- PLOVER modes
    event.contexts AS context,                                 -- PLOVER contexts
    joined.incident_id::VARCHAR AS link,                       -- the event in the world that it tells of, in incidents
    {
        'start': event.evidence."start",
        'end': event.evidence."end"
    } AS text_info,                                            -- where its sentence stands in the cleaned text, in code points
    {
        'citation': event.article_id::VARCHAR,
        'url': articles.url,
        'title': articles.headline,
        'language': articles.language,
        'publication': articles.publisher,
        'codebook': 'PLOVER 2.0',
        'version': event.extraction_id::VARCHAR
    } AS cite_info,                                            -- the article that reports it, and the reading that found it
    'dateline' AS coder,                                       -- who coded it
    event.cameo,                                               -- CAMEO code; no field of PLOVER's, like those that follow
    event.aux,                                                 -- negation, future, historical
    event.claimed_by,                                          -- who says so, where it is not the actor
    event.tier,                                                -- how far to rely on it: sure, likely, possible
    event.rule                                                 -- frame that found it
FROM political_events_as_of(commit_position) AS event
JOIN incident_events_as_of(commit_position) AS joined ON joined.event_id = event.event_id
JOIN articles_as_of(commit_position) AS articles ON articles.article_id = event.article_id
