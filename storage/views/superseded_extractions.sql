-- superseded_extractions: the readings that do not count now:
-- of texts that are no longer current, by versions that are not the highest, or of which no end is known; the findings
-- that count are soonest found by leaving these out: `ANTI JOIN superseded_extractions USING (extraction_id)`,
-- as of a commit among the records up to its position
SELECT
    extraction_id  -- the reading
FROM (
    SELECT extraction_id
    FROM log.superseded_periods
    WHERE superseded_from <= commit_position AND commit_position < superseded_until
    UNION ALL
    -- inside a commit: what is not closed yet
    SELECT extraction_id
    FROM log.extraction_completed
    WHERE commit_position > 0
        AND position > commit_position
        AND position < (SELECT min(position) FROM log.batch_committed WHERE position >= commit_position)
        AND supersedes IS NULL
)
