-- runs: one row per run; a run without an outcome is under way or was interrupted
SELECT
    started.run_id,                                                       -- the run
    started.flow,                                                         -- flow or command
    started.day,                                                          -- day the run belongs to
    started.started_at,                                                   -- UTC
    completed.completed_at,                                               -- UTC; null while under way or interrupted
    completed.outcome,                                                    -- done, retry, cancelled or failed
    completed.counts,                                                     -- what was done, by name, and CPU milliseconds of cleaning and reading
    started.parameters,                                                   -- as given
    date_diff('second', started.started_at, completed.completed_at) AS duration_seconds  -- of the whole run
FROM log.run_started AS started
LEFT JOIN (SELECT * FROM log.run_completed WHERE position <= commit_position) AS completed USING (run_id)
WHERE started.position <= commit_position
