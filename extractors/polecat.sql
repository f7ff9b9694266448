-- polecat: Political events under the column names and in the order of POLECAT, one row for each record. Several values
-- are parted by a semicolon; null is what dateline does not tell, where POLECAT writes None.
WITH story AS (
    SELECT
        article_id,
        string_agg(DISTINCT name, '; ' ORDER BY name) FILTER (entity_type = 'PERSON') AS people,
        string_agg(DISTINCT name, '; ' ORDER BY name) FILTER (entity_type = 'ORG') AS organisations,
        string_agg(DISTINCT name, '; ' ORDER BY name) FILTER (entity_type IN ('LOC', 'GPE', 'FAC')) AS locations
    FROM entities_as_of(commit_position)
    GROUP BY article_id
),
told AS (
    SELECT event, CASE WHEN event.reciprocal THEN event.actors ELSE event.recipients END AS whom
    FROM political_events_as_of(commit_position) AS event
)
SELECT
    event.event_id::VARCHAR AS "Event ID",                                                       -- the record's id, in political_events
    event.starts_on AS "Event Date",                                                             -- first day on which it was done or said
    event.event_type AS "Event Type",                                                            -- PLOVER type
    nullif(array_to_string(event.modes, '; '), '') AS "Event Mode",                              -- PLOVER modes, parted by a semicolon
    event.intensity::DOUBLE AS "Intensity",                                                      -- PLOVER's score, from -10 (conflict) to 10 (cooperation)
    ['VERBAL COOPERATION', 'MATERIAL COOPERATION', 'VERBAL CONFLICT', 'MATERIAL CONFLICT'][event.quad_code] AS "Quad Code",  -- quad class, in words
    nullif(array_to_string(event.contexts, '; '), '') AS "Contexts",                             -- PLOVER contexts, parted by a semicolon
    nullif(array_to_string([each.name FOR each IN event.actors], '; '), '') AS "Actor Name",     -- who does it: usual names
    nullif(array_to_string([each.code FOR each IN event.actors], '; '), '') AS "Actor Country",  -- country or organisation codes, ISO 3166-1 alpha-3 or PLOVER's
    NULL::VARCHAR AS "Actor COW",                                                                -- not told: null
    event.actors[1].sectors[1] AS "Primary Actor Sector",                                        -- primary PLOVER sector of the first of them
    nullif(array_to_string(list_sort(list_distinct(flatten([each.sectors FOR each IN event.actors]))), '; '), '') AS "Actor Sectors",  -- PLOVER sectors of all
    NULL::VARCHAR AS "Actor Title",                                                              -- not told: null
    nullif(array_to_string([each.span.text FOR each IN event.actors], '; '), '') AS "Actor Name Raw",  -- the words that name them
    NULL::VARCHAR AS "Wikipedia Actor ID",                                                       -- not told: null
    nullif(array_to_string([each.name FOR each IN whom], '; '), '') AS "Recipient Name",         -- to whom it is done; all who take part where it is reciprocal: usual names
    nullif(array_to_string([each.code FOR each IN whom], '; '), '') AS "Recipient Country",      -- country or organisation codes, ISO 3166-1 alpha-3 or PLOVER's
    NULL::VARCHAR AS "Recipient COW",                                                            -- not told: null
    whom[1].sectors[1] AS "Primary Recipient Sector",                                            -- primary PLOVER sector of the first of them
    nullif(array_to_string(list_sort(list_distinct(flatten([each.sectors FOR each IN whom]))), '; '), '') AS "Recipient Sectors",  -- PLOVER sectors of all
    NULL::VARCHAR AS "Recipient Title",                                                          -- not told: null
    nullif(array_to_string([each.span.text FOR each IN whom], '; '), '') AS "Recipient Name Raw",  -- the words that name them
    NULL::VARCHAR AS "Wikipedia Recipient ID",                                                   -- not told: null
    event.place AS "Placename",                                                                  -- where it was done, the place's usual name
    CASE WHEN event.place_resolution >= 4 THEN event.place END AS "City",                        -- the place, where it is a town
    NULL::VARCHAR AS "District",                                                                 -- not told: null
    CASE WHEN event.place_resolution = 2 THEN event.place END AS "Province",                     -- the place, where it is a province
    event.place_country AS "Country",                                                            -- ISO 3166-1 alpha-3 of the place
    event.place_latitude::DOUBLE AS "Latitude", -- degrees north, of towns alone
    event.place_longitude::DOUBLE AS "Longitude", -- degrees east, of towns alone
    event.place_entity.geonameid AS "GeoNames ID",                                               -- GeoNames number of the place
    event.place_entity.span.text AS "Raw Placename",                                             -- the words that name the place
    NULL::VARCHAR AS "Feature Type",                                                             -- not told: null
    articles.publisher AS "Source",                                                              -- publisher of the article
    event.published_on AS "Publication Date",                                                    -- publisher's own calendar day of the article
    story.people AS "Story People",                                                              -- people that the article names
    story.organisations AS "Story Organizations",                                                -- organisations that the article names
    story.locations AS "Story Locations",                                                        -- places that the article names
    articles.language AS "Language",                                                             -- ISO 639-1 code recognised in the text
    'political_events ' || record.producer_version AS "Version"                                          -- version of the extractor political_events
FROM told
JOIN log.political_event_coded AS record ON record.event_id = event.event_id AND record.position <= commit_position
JOIN articles_as_of(commit_position) AS articles ON articles.article_id = event.article_id
LEFT JOIN story ON story.article_id = event.article_id
