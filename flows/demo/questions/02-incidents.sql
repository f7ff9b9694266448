-- Who did what to whom, and how many publishers tell of it independently of each other?
SELECT
    starts_on, event_type, list_aggregate(actor_names, 'string_agg', ', ') AS actors,
    list_aggregate(recipient_names, 'string_agg', ', ') AS recipients, place, independent_publishers AS publishers
FROM incidents
WHERE tier <> 'possible'
ORDER BY publishers DESC, starts_on DESC, event_type, actors
LIMIT 6;
