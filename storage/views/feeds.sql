-- feeds: one row per feed that was ever polled, with its last answer, its rhythm and what its articles came to
WITH polls AS (
    SELECT *, outcome IN ('new', 'unchanged', 'moved') AS is_good, row_number() OVER (PARTITION BY feed_url ORDER BY position) = 1 AS is_first
    FROM log.feed_polled
    WHERE position <= commit_position
),
-- what a feed brings a day: over four weeks before it last brought anything, without its first poll, which brings the past
last_brought AS (
    SELECT feed_url, max(polled_at) AS last_new_at FROM polls WHERE new_entries > 0 GROUP BY feed_url
),
rates AS (
    SELECT
        feed_url,
        sum(new_entries) FILTER (NOT is_first) * 86400.0 / greatest(date_diff('second', min(polled_at), any_value(last_new_at)), 86400) AS per_day
    FROM polls JOIN last_brought USING (feed_url)
    WHERE polled_at BETWEEN last_new_at - INTERVAL 28 DAY AND last_new_at
    GROUP BY feed_url
),
found AS (
    SELECT source, count(DISTINCT article_id) AS articles FROM log.article_discovered WHERE position <= commit_position GROUP BY source
),
pages AS (
    SELECT
        source, count(*) FILTER (outcome = 'text') AS texts, count(*) FILTER (outcome = 'rejected') AS rejected,
        count(*) FILTER (is_date_conflict) AS date_conflicts, count(is_date_conflict) AS dated_twice
    FROM pages_as_of(commit_position)
    GROUP BY source
),
summed AS (
    SELECT
        feed_url,
        arg_max(outcome, position) AS outcome,
        arg_max_null(status, position) AS status,
        max(polled_at) AS last_polled_at,
        max(polled_at) FILTER (is_good) AS last_answered_at,
        count(*) AS polls,
        count(*) FILTER (outcome = 'unchanged') AS unchanged,
        count(*) FILTER (NOT is_good) AS failures,
        arg_max(failures, position) AS failing_polls,
        max(entries) AS entries,
        arg_max_null(error, position) AS error,
        arg_max_null(moved_to, position) AS moved_to,
        arg_max_null(next_due_at, position) AS next_due_at,
        arg_max_null(next_due_reason, position) AS next_due_reason,
        arg_max(interval_seconds, position) AS interval_seconds
    FROM polls
    GROUP BY feed_url
)
SELECT
    summed.feed_url,                                       -- address as listed
    summed.outcome,                                        -- of the last poll
    summed.status,                                         -- HTTP status of the last poll, null when no answer came
    summed.last_polled_at,                                 -- UTC
    summed.last_answered_at,                               -- last good answer, UTC
    last_brought.last_new_at,                              -- last poll that brought an entry not seen before, UTC
    summed.polls,                                          -- how often it was asked
    summed.unchanged,                                      -- how often it had nothing new
    summed.failures,                                       -- how often it did not answer well
    summed.failing_polls,                                  -- how often in a row by now
    summed.entries,                                        -- most entries in one document
    coalesce(found.articles, 0) AS articles,               -- articles it named
    round(rates.per_day, 1) AS expected_per_day,           -- new entries a day in the four weeks before last_new_at; null after one poll
    coalesce(
        rates.per_day > 0 AND date_diff('second', last_brought.last_new_at, summed.last_polled_at) > greatest(2, 7 / rates.per_day) * 86400,
        false
    ) AS has_fallen_silent,                                -- brings nothing for so long that chance explains it once in a thousand times, and two days at least
    pages.texts,                                           -- its articles with a text
    (100 * pages.rejected // nullif(pages.texts + pages.rejected, 0))::BIGINT AS empty_percent,  -- of its pages received, those without a text
    (100 * pages.date_conflicts // nullif(pages.dated_twice, 0))::BIGINT AS date_conflict_percent,  -- of its articles that page and feed date, those with times more than a day apart
    summed.error,                                          -- what went wrong at the last poll, null when nothing did
    summed.moved_to,                                       -- permanent redirect seen at the last poll, or followed since it was confirmed
    summed.next_due_at,                                    -- not to be asked before, UTC
    summed.next_due_reason,                                -- who asks for that, such as Cache-Control
    summed.interval_seconds                                -- rhythm learned, for polls between nights
FROM summed
LEFT JOIN last_brought USING (feed_url)
LEFT JOIN rates USING (feed_url)
LEFT JOIN found ON found.source = summed.feed_url
LEFT JOIN pages ON pages.source = summed.feed_url
