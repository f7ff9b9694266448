-- the backfills that were begun, oldest first
SELECT run_id, payload->'parameters' AS parameters
FROM records
WHERE record_type = 'RunStarted' AND payload->>'flow' = 'backfill'
ORDER BY position
