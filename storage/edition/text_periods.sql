-- log.text_periods of the articles in `touched`: a capture's text counts while no later capture, higher cleaner version or
-- later cleaning gives another, and until a cleaner of a higher version sees no article in the same capture
WITH
candidates AS (
    SELECT
        cleaned.article_id,
        cleaned.text_sha256,
        cleaned.event_id,
        cleaned.position,
        cleaned.producer_version,
        cleaned.caused_by,
        fetched.captured_at,
        fetched.capture,
        (fetched.captured_at, cleaned.producer_version, cleaned.position) AS rank
    FROM log.article_cleaned AS cleaned
    SEMI JOIN touched USING (article_id)
    JOIN log.article_fetched AS fetched ON cleaned.caused_by = fetched.event_id
),
withdrawals AS (
    SELECT candidates.event_id, min(greatest(rejected.position, candidates.position)) AS position
    FROM candidates
    JOIN log.article_rejected AS rejected
        ON rejected.caused_by = candidates.caused_by
        AND (rejected.producer_version, rejected.position) > (candidates.producer_version, candidates.position)
    GROUP BY candidates.event_id
),
lives AS (
    SELECT candidates.*, coalesce(withdrawals.position, 9223372036854775807) AS withdrawn_at
    FROM candidates
    LEFT JOIN withdrawals ON candidates.event_id = withdrawals.event_id
),
moments AS (
    SELECT article_id, position FROM lives
    UNION
    SELECT article_id, withdrawn_at FROM lives WHERE withdrawn_at < 9223372036854775807
),
standing AS (
    SELECT moments.article_id, moments.position, arg_max(lives.event_id, lives.rank) AS event_id
    FROM moments
    LEFT JOIN lives
        ON moments.article_id = lives.article_id
        AND moments.position >= lives.position
        AND moments.position < lives.withdrawn_at
    GROUP BY moments.article_id, moments.position
),
changes AS (
    SELECT *
    FROM standing
    QUALIFY event_id IS DISTINCT FROM lag(event_id) OVER (PARTITION BY article_id ORDER BY position)
),
periods AS (
    SELECT
        event_id,
        position AS counts_from,
        lead(position, 1, 9223372036854775807) OVER (PARTITION BY article_id ORDER BY position) AS counts_until
    FROM changes
)
SELECT
    lives.article_id,
    lives.text_sha256,
    texts.first_position AS text_position,
    lives.event_id,
    lives.captured_at,
    lives.capture,
    periods.counts_from,
    periods.counts_until
FROM periods
JOIN lives ON periods.event_id = lives.event_id
LEFT JOIN log.texts AS texts ON lives.text_sha256 = texts.text_sha256
ORDER BY periods.counts_from, lives.article_id
