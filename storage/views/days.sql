-- days: one row per publication day, and what is known of it
WITH
texts AS (
    SELECT published_on, count(*) AS articles, count(DISTINCT story_id) AS stories,
        count(DISTINCT publisher) AS publishers, sum(word_count)::BIGINT AS words
    FROM articles_as_of(commit_position) GROUP BY published_on
),
found AS (
    SELECT published_on, count(*) AS findings FROM current_events_as_of(commit_position) GROUP BY published_on
),
rejected AS (
    SELECT published_on, count(DISTINCT article_id) AS rejected
    FROM log.article_rejected WHERE position <= commit_position GROUP BY published_on
),
failed AS (
    SELECT published_on, count(DISTINCT article_id) AS failed
    FROM log.article_fetch_failed
    ANTI JOIN (SELECT article_id FROM log.article_fetched WHERE position <= commit_position) USING (article_id)
    WHERE position <= commit_position GROUP BY published_on
),
stages AS (
    SELECT published_on,
        max(articles) FILTER (stage = 'fetched') AS discovered,
        max(articles) FILTER (stage = 'cleaned') AS fetched,
        max(missing) FILTER (stage = 'fetched') AS unfetched,
        max(stale + failed + missing) FILTER (stage NOT IN ('fetched', 'cleaned')) AS unread,
        arg_max(state, CASE state
            WHEN 'failed' THEN 7 WHEN 'never fetched' THEN 6 WHEN 'stale' THEN 5 WHEN 'partial' THEN 4 WHEN 'missing' THEN 3
            WHEN 'unavailable' THEN 2 ELSE 1
        END) AS state
    FROM day_stages_as_of(commit_position)
    GROUP BY published_on
),
days AS (
    SELECT published_on FROM stages UNION SELECT published_on FROM rejected UNION SELECT published_on FROM failed
)
SELECT
    published_on,                              -- the publishers' calendar day
    coalesce(articles, 0) AS articles,         -- articles with a text
    coalesce(stories, 0) AS stories,           -- stories, copies counted once
    coalesce(publishers, 0) AS publishers,     -- publishers with an article
    coalesce(words, 0) AS words,               -- words of all articles
    coalesce(findings, 0) AS findings,         -- findings of all extractors that count now
    coalesce(rejected, 0) AS rejected,         -- pages received that held no article
    coalesce(failed, 0) AS failed,             -- pages that could never be had so far
    coalesce(discovered, 0) AS discovered,     -- articles that a source has named
    coalesce(fetched, 0) AS fetched,           -- those whose page was received
    coalesce(unfetched, 0) AS unfetched,       -- those whose page was not asked for yet
    coalesce(unread, 0) AS unread,             -- texts that the newest version of some extractor has not read
    CASE state WHEN 'missing' THEN 'partial' ELSE coalesce(state, 'complete') END AS state  -- complete, partial, stale, failed, never fetched, unavailable
FROM days
LEFT JOIN stages USING (published_on)
LEFT JOIN texts USING (published_on)
LEFT JOIN found USING (published_on)
LEFT JOIN rejected USING (published_on)
LEFT JOIN failed USING (published_on)
