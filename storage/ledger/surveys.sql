-- the last asking about each day and site; a day is as well off as its worst site, and one with a site not asked for is left out
WITH last AS (
    SELECT day, site, outcome, candidates, reason, recorded_at
    FROM log.day_surveyed
    WHERE day BETWEEN $since AND $until
        AND source = $source
        AND archive = $archive
        AND (list_contains($sites, site) OR (site IS NULL AND list_contains($sites, '')))
    QUALIFY row_number() OVER (PARTITION BY day, site ORDER BY position DESC) = 1
)
SELECT
    day,
    CASE WHEN bool_or(outcome = 'failed') THEN 'failed' WHEN bool_or(outcome = 'found') THEN 'found' ELSE 'unavailable' END AS outcome,
    sum(candidates)::BIGINT AS candidates,
    any_value(reason) FILTER (outcome = 'failed') AS reason,
    min(recorded_at) AS asked_at
FROM last
GROUP BY day
HAVING count(*) = len($sites)
ORDER BY day
