-- incidents between days: One row for each event in the world, however many articles report it. Which records tell of it
-- says incident_events, and how they were joined. Between days: incidents that start on these days.
WITH joined AS MATERIALIZED (
    FROM incident_events_between_as_of(since, until, commit_position)
),
printed AS (
    SELECT
        article_id,
        story_id,
        publisher,
        published_at,
        -- a wire's story is the agency's, whoever prints it; a copy is its first printer's
        coalesce(
            lower(max(news_agency) OVER (PARTITION BY story_id)),
            first_value(coalesce(publisher, article_id::VARCHAR)) OVER (PARTITION BY story_id ORDER BY published_at, captured_at, article_id)
        ) AS source
    FROM printings_as_of(commit_position)
    SEMI JOIN joined USING (story_id)
),
counted AS (
    SELECT
        incident_id,
        any_value(event_id) FILTER (is_leading) AS leading_event_id,
        list_sort(list_distinct(flatten(list(modes)))) AS modes,
        arg_min(
            {'starts_on': starts_on, 'ends_on': ends_on, 'date_precision': date_precision},
            (list_position(['day', 'week', 'month', 'quarter', 'half', 'season', 'year', 'context', 'article'], date_precision), starts_on, event_id)
        ) AS dated,
        count(*) AS records,
        count(DISTINCT article_id) AS articles,
        count(DISTINCT story_id) AS stories,
        count(DISTINCT publisher) AS publishers,
        count(DISTINCT source) AS independent_publishers,
        list(DISTINCT publisher ORDER BY publisher) AS reported_by,
        min(published_at) AS first_seen_at,
        max(published_at) AS last_seen_at,
        CASE
            WHEN bool_or(tier = 'sure') THEN 'sure'
            WHEN bool_or(tier = 'likely') THEN 'likely'
            ELSE 'possible'
        END AS tier,
        list(DISTINCT claimed_by ORDER BY claimed_by) FILTER (claimed_by IS NOT NULL) AS claimed_by,
        bool_and(claimed_by IS NOT NULL OR is_claim) AS is_only_claimed,
        min(killed) AS killed_lowest,
        max(killed) AS killed_highest,
        min(injured) AS injured_lowest,
        max(injured) AS injured_highest,
        min(detained) AS detained_lowest,
        max(detained) AS detained_highest,
        list(event_id ORDER BY published_at, article_id, "trigger"."start", event_id) AS event_ids
    FROM (SELECT incident_id, is_leading, event_id FROM joined)
    JOIN political_events_as_of(commit_position) USING (event_id)
    JOIN printed USING (article_id)
    GROUP BY incident_id
)
SELECT
    incident_id,                                  -- the event in the world, named by type, parties, place and day of its fullest record
    dated.starts_on,                              -- first day on which it was done or said, as the record that dates it most finely has it
    dated.ends_on,                                -- last day on which it was done or said, included
    dated.date_precision,                         -- how fine the text is; article: untold, the day of the article stands in
    event.event_type,                             -- PLOVER type
    counted.modes,                                -- PLOVER modes that any record has
    event.quad_code,                              -- 1 verbal, 2 material cooperation; 3 verbal, 4 material conflict
    event.intensity,                              -- PLOVER's score, from -10 (conflict) to 10 (cooperation)
    event.cameo,                                  -- CAMEO code, leading zero kept
    event.actor_names,                            -- who does it; everybody who takes part where it is reciprocal
    event.recipient_names,                        -- to whom it is done
    event.actor_codes,                            -- their country or organisation codes, in the same order
    event.recipient_codes,                        -- their country or organisation codes, in the same order
    event.reciprocal,                             -- true: they do it to each other, and all are actors
    event.aux,                                    -- negation, future, historical; empty for most
    event.place,                                  -- where it was done, null where the fullest record does not say
    event.place_country,                          -- ISO 3166-1 alpha-3 of the place, null where untold
    event.place_admin1,                           -- first-order division of the place: GeoNames' UA.07, of a province ISO 3166-2's UA-63
    event.place_latitude,                         -- degrees north of the place, null for countries, provinces and the unresolved
    event.place_longitude,                        -- degrees east of the place, null for countries, provinces and the unresolved
    event.place_resolution,                       -- PLOVER's scale: 1 country, 2 province, 4 city; null where untold
    counted.tier,                                 -- how far to rely on the best of its records: sure, likely, possible
    counted.records,                              -- how many records tell of it
    counted.articles,                             -- how many articles report it
    counted.stories,                              -- how many stories, copies counted once
    counted.publishers,                           -- how many publishers printed it, copies included
    counted.independent_publishers,               -- how many report it themselves: all printings of one wire or one story count once
    counted.reported_by,                          -- publishers that printed it
    counted.first_seen_at,                        -- when the first of its articles was published, UTC
    counted.last_seen_at,                         -- when the last of its articles was published, UTC
    coalesce(counted.claimed_by, []) AS claimed_by,  -- who says so where it is not the actor; empty: articles alone
    counted.is_only_claimed,                      -- true: no article tells it in its own words
    counted.killed_lowest,                        -- lowest number of dead that a record gives, null where none does
    counted.killed_highest,                       -- highest number of dead that a record gives
    counted.injured_lowest,                       -- lowest number of injured that a record gives, null where none does
    counted.injured_highest,                      -- highest number of injured that a record gives
    counted.detained_lowest,                      -- lowest number of detained that a record gives, null where none does
    counted.detained_highest,                     -- highest number of detained that a record gives
    event.words,                                  -- words of the fullest record that tell of it
    event.sentence,                               -- sentence they stand in
    counted.event_ids,                            -- its records, earliest article first
    event.event_id AS leading_event_id            -- the fullest record
FROM counted
JOIN political_events_as_of(commit_position) AS event ON event.event_id = counted.leading_event_id
WHERE dated.starts_on BETWEEN since::DATE AND until::DATE
