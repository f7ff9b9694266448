-- feeds: one row per feed that was ever polled, with its last answer
WITH polls AS (
    SELECT * FROM log.feed_polled WHERE position <= commit_position
),
found AS (
    SELECT source, count(DISTINCT article_id) AS articles FROM log.article_discovered WHERE position <= commit_position GROUP BY source
)
SELECT
    polls.feed_url,                                              -- address as listed
    arg_max(polls.outcome, polls.position) AS outcome,           -- of the last poll
    arg_max_null(polls.status, polls.position) AS status,        -- HTTP status of the last poll, null when no answer came
    max(polls.polled_at) AS last_polled_at,                      -- UTC
    max(polls.polled_at) FILTER (polls.outcome IN ('new', 'unchanged', 'moved')) AS last_answered_at,  -- last good answer, UTC
    count(*) AS polls,                                           -- how often it was asked
    count(*) FILTER (polls.outcome = 'unchanged') AS unchanged,  -- how often it had nothing new
    count(*) FILTER (polls.outcome IN ('unreachable', 'not_a_feed', 'gone')) AS failures,  -- how often it did not answer well
    max(polls.entries) AS entries,                               -- most entries in one document
    coalesce(any_value(found.articles), 0) AS articles,          -- articles it named
    arg_max_null(polls.error, polls.position) AS error,          -- what went wrong at the last poll, null when nothing did
    arg_max_null(polls.moved_to, polls.position) AS moved_to,    -- permanent redirect seen at the last poll
    arg_max_null(polls.next_due_at, polls.position) AS next_due_at  -- not to be asked before, UTC
FROM polls
LEFT JOIN found ON found.source = polls.feed_url
GROUP BY polls.feed_url
