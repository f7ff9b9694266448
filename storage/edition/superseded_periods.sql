-- log.superseded_periods of the articles in `touched`: where a reading stands in the log and does not count
WITH
readings AS (
    SELECT
        article_id,
        extraction_id,
        min(position) AS begins,
        min(position) FILTER (record_type = 'ExtractionCompleted') AS closed
    FROM log.events
    SEMI JOIN touched USING (article_id)
    WHERE extraction_id IS NOT NULL AND record_type NOT IN ('ExtractionFailed', 'ExtractionRejected')
    GROUP BY article_id, extraction_id
),
counted AS (
    SELECT extraction_id, counts_from, counts_until FROM log.reading_periods SEMI JOIN touched USING (article_id)
),
not_yet AS (
    SELECT
        readings.article_id,
        readings.extraction_id,
        readings.begins AS superseded_from,
        readings.closed,
        coalesce(min(counted.counts_from), 9223372036854775807) AS superseded_until
    FROM readings
    LEFT JOIN counted ON readings.extraction_id = counted.extraction_id
    GROUP BY readings.article_id, readings.extraction_id, readings.begins, readings.closed
),
no_longer AS (
    SELECT
        readings.article_id,
        counted.extraction_id,
        counted.counts_until AS superseded_from,
        lead(counted.counts_from, 1, 9223372036854775807) OVER (
            PARTITION BY counted.extraction_id ORDER BY counted.counts_from
        ) AS superseded_until
    FROM counted
    JOIN readings ON counted.extraction_id = readings.extraction_id
)
SELECT article_id, extraction_id, superseded_from, superseded_until
FROM (
    -- a reading that counts once it is closed, in the commit it began in, was seen by nobody before
    SELECT not_yet.* EXCLUDE (closed)
    FROM not_yet
    ASOF LEFT JOIN log.batch_committed AS committed ON committed.position >= not_yet.superseded_from
    WHERE committed.position < superseded_until
        OR closed < superseded_until
        OR (committed.position IS NULL AND superseded_until = 9223372036854775807)
    UNION ALL
    SELECT * FROM no_longer WHERE superseded_from < superseded_until
)
ORDER BY superseded_from, extraction_id
