-- commit_at(moment): position of the last commit that was recorded at or before a time; 0 before the first
SELECT coalesce(max(position), 0)
FROM log.batch_committed
WHERE recorded_at <= moment
