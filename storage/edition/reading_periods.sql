-- log.reading_periods of the articles in `touched`: of the readings of a text by one extractor the one of the highest
-- version counts, then the later one, and only while the text does
WITH
ranked AS (
    SELECT
        *,
        (version, position) AS rank,
        max((version, position)) OVER (PARTITION BY article_id, producer, text_sha256 ORDER BY position) AS highest_rank
    FROM log.extraction_completed
    SEMI JOIN touched USING (article_id)
),
best AS (
    SELECT
        *,
        position AS best_from,
        lead(position, 1, 9223372036854775807) OVER (
            PARTITION BY article_id, producer, text_sha256 ORDER BY position
        ) AS best_until
    FROM ranked
    WHERE rank = highest_rank
)
SELECT
    best.article_id,
    best.extraction_id,
    best.text_sha256,
    best.producer,
    best.version,
    best.configuration_sha256,
    best.events,
    greatest(best.best_from, texts.counts_from) AS counts_from,
    least(best.best_until, texts.counts_until) AS counts_until
FROM best
JOIN log.text_periods AS texts
    ON best.article_id = texts.article_id
    AND best.text_sha256 = texts.text_sha256
    AND best.best_from < texts.counts_until
    AND texts.counts_from < best.best_until
ORDER BY counts_from, best.article_id, best.producer
