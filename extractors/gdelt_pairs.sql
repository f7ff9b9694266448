-- gdelt_pairs between days: Numbers of incidents as GDELT counts events: one for each pair of parties, as the fullest record has them.
SELECT
    ('0x' || sha256(concat_ws('|', incident_id, row_number() OVER pairs))[1:13])::BIGINT AS GLOBALEVENTID,  -- 52 bits of a digest of the incident and the pair: exact in every program's numbers
    incident_id,                     -- the event in the world
    dyad.event_id AS leading_event,  -- its fullest record
    incidents.starts_on,             -- first day on which it was done or said
    incidents.cameo,                 -- CAMEO code, leading zero kept
    dyad.actor_code,                 -- code of who does it
    dyad.actor,                      -- who does it
    dyad.actor_entity,               -- who does it, with sectors, entity and place in the text
    dyad.recipient_code,             -- code of whom it is done to
    dyad.recipient,                  -- to whom it is done
    dyad.recipient_entity,           -- to whom it is done, with sectors, entity and place in the text
    incidents.place,                 -- where it was done, null where untold
    incidents.place_country,         -- ISO 3166-1 alpha-3 of the place
    incidents.place_admin1,          -- first-order division of the place
    incidents.place_latitude,        -- degrees north of the place
    incidents.place_longitude,       -- degrees east of the place
    incidents.place_resolution,      -- PLOVER's scale: 1 country, 2 province, 4 city
    incidents.records,               -- how many records tell of it
    incidents.publishers,            -- how many publishers printed it
    incidents.articles,              -- how many articles report it
    incidents.first_seen_at,         -- when the first of its articles was published, UTC
    incidents.event_ids              -- its records, earliest article first
FROM incidents_between_as_of(since, until, commit_position) AS incidents
JOIN dyads_as_of(commit_position) AS dyad ON dyad.event_id = incidents.leading_event_id
WINDOW pairs AS (PARTITION BY incident_id ORDER BY dyad.actor_entity.span."start", dyad.recipient_entity.span."start")
