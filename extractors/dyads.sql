-- dyads: One flat row for each actor and recipient of an event; reciprocal events count in both directions.
WITH expanded AS (
    SELECT event, actor, recipient
    FROM political_events_as_of(commit_position) AS event,
        unnest(event.actors) AS actors(actor),
        unnest(CASE WHEN event.reciprocal THEN event.actors WHEN len(event.recipients) > 0 THEN event.recipients ELSE [NULL] END)
            AS recipients(recipient)
    WHERE NOT event.reciprocal OR actor.span IS DISTINCT FROM recipient.span
)
SELECT
    event.article_id,                                             -- article that reports it
    event.published_on,                                           -- publisher's own calendar day of the article
    event.starts_on,                                              -- first day on which it was done or said
    event.event_type,                                             -- PLOVER type
    coalesce(event.modes[1], '') AS mode,                         -- first PLOVER mode, empty where there is none
    event.quad_code,                                              -- 1 verbal, 2 material cooperation; 3 verbal, 4 material conflict
    event.intensity,                                              -- PLOVER's score, from -10 (conflict) to 10 (cooperation)
    event.cameo,                                                  -- CAMEO code, leading zero kept
    actor.code AS actor_code,                                     -- country or organisation code of who does it, null where untold
    actor.sectors[1] AS actor_sector,                             -- primary PLOVER sector of who does it, null where untold
    actor.name AS actor,                                          -- who does it
    recipient.code AS recipient_code,                             -- country or organisation code of whom it is done to, null where untold
    recipient.sectors[1] AS recipient_sector,                     -- primary PLOVER sector of whom it is done to, null where untold
    recipient.name AS recipient,                                  -- to whom it is done, null where nobody is named
    1.0 / count(*) OVER (PARTITION BY event.event_id) AS weight,  -- one divided by the event's rows here: weights of an event sum to 1
    array_to_string(event.aux, ' ') AS aux,                       -- negation, future, historical, joined by blanks; empty for most
    event.place,                                                  -- where it was done, null where the clause does not say
    event.place_country,                                          -- ISO 3166-1 alpha-3 of the place, null where untold
    event.claimed_by,                                             -- who says so, where it is not the actor; null: the article
    event.words,                                                  -- words that tell of it
    actor AS actor_entity,                                        -- who does it, with sectors, entity and place in the text
    recipient AS recipient_entity,                                -- to whom it is done, with sectors, entity and place in the text
    event.rule,                                                   -- frame that found it: type and pattern
    event.event_id                                                -- record it rests on, in events
FROM expanded
