-- what cleaning a page and reading a text has cost in the last runs that say so, CPU seconds
WITH said AS (
    SELECT counts->>'clean_milliseconds' AS clean, counts->>'clean_items' AS pages,
        counts->>'read_milliseconds' AS read, counts->>'read_items' AS texts
    FROM log.run_completed
    WHERE counts->>'read_items' IS NOT NULL OR counts->>'clean_items' IS NOT NULL
    ORDER BY position DESC LIMIT 20
)
SELECT
    sum(clean::DOUBLE) / nullif(sum(pages::DOUBLE), 0) / 1000 AS cleaning_seconds,
    sum(read::DOUBLE) / nullif(sum(texts::DOUBLE), 0) / 1000 AS reading_seconds
FROM said
