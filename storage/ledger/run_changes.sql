-- what a run has changed of the findings that count, by extractor: readings that counted just before it against those after
WITH
touched AS (SELECT DISTINCT article_id FROM log.events WHERE run_id = $run::UUID AND article_id IS NOT NULL),
span AS (SELECT min(position) AS begins, max(position) AS ends FROM log.events WHERE run_id = $run::UUID),
readings AS (
    SELECT extraction_id, producer,
        bool_or(counts_from < begins AND begins <= counts_until) AS counted,
        bool_or(counts_from <= ends AND ends < counts_until) AS counts
    FROM log.reading_periods SEMI JOIN touched USING (article_id), span
    GROUP BY extraction_id, producer
),
findings AS (
    SELECT readings.producer, event_key,
        list(payload::VARCHAR ORDER BY payload::VARCHAR) FILTER (counted) AS before,
        list(payload::VARCHAR ORDER BY payload::VARCHAR) FILTER (counts) AS after
    FROM log.events JOIN readings USING (extraction_id)
    WHERE counted <> counts AND record_type NOT LIKE 'Extraction%'
    GROUP BY readings.producer, event_key
)
SELECT
    producer AS extractor,
    count(*) FILTER (before IS NULL) AS added,
    count(*) FILTER (after IS NULL) AS withdrawn,
    count(*) FILTER (before <> after) AS changed
FROM findings
GROUP BY producer
HAVING added + withdrawn + changed > 0
ORDER BY producer
