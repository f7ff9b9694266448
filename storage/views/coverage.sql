-- coverage: what stands behind each day, publisher and language, the denominator of every trend;
-- pages without a text and feeds have no language and stand in their publisher's row whose language is null
WITH
articles AS MATERIALIZED (
    SELECT article_id, published_on, publisher, language, story_id, word_count,
        regexp_extract(url, '^https?://(?:[^/@]*@)?(?:www\.)?([^/:?#]+)', 1) AS host
    FROM articles_as_of(commit_position)
),
publisher_of_host AS (
    SELECT host, publisher FROM articles WHERE host <> '' GROUP BY host, publisher
    QUALIFY row_number() OVER (PARTITION BY host ORDER BY count(*) DESC, publisher) = 1
),
publisher_of_feed AS (
    SELECT source AS feed_url, publisher
    FROM log.article_discovered JOIN articles USING (article_id)
    WHERE position <= commit_position
    GROUP BY source, publisher
    QUALIFY row_number() OVER (PARTITION BY source ORDER BY count(DISTINCT article_id) DESC, publisher) = 1
),
rejected AS (
    SELECT article_id, url, max(published_on) AS published_on
    FROM log.article_rejected ANTI JOIN articles USING (article_id)
    WHERE position <= commit_position
    GROUP BY article_id, url
),
failed AS (
    SELECT article_id, url, max(published_on) AS published_on
    FROM log.article_fetch_failed
    ANTI JOIN (SELECT article_id FROM log.article_fetched WHERE position <= commit_position) USING (article_id)
    WHERE position <= commit_position
    GROUP BY article_id, url
),
asked AS (
    SELECT published_on, feed_url, NOT bool_or(outcome IN ('new', 'unchanged', 'moved')) AS is_silent
    FROM log.feed_polled
    WHERE position <= commit_position
    GROUP BY published_on, feed_url
),
without_text AS (
    SELECT published_on, url, NULL AS feed_url, 1 AS rejected, 0 AS failed, 0 AS feeds, 0 AS silent_feeds FROM rejected
    UNION ALL
    SELECT published_on, url, NULL, 0, 1, 0, 0 FROM failed
    UNION ALL
    SELECT published_on, feed_url, feed_url, 0, 0, 1, is_silent::INTEGER FROM asked
),
placed AS (
    SELECT *, regexp_extract(url, '^https?://(?:[^/@]*@)?(?:www\.)?([^/:?#]+)', 1) AS host FROM without_text
),
counted AS (
    SELECT published_on, publisher, language, count(*) AS articles, count(DISTINCT story_id) AS stories,
        sum(word_count) AS words, 0 AS rejected, 0 AS failed, 0 AS feeds, 0 AS silent_feeds
    FROM articles
    GROUP BY published_on, publisher, language
    UNION ALL
    SELECT published_on, coalesce(publisher_of_feed.publisher, publisher_of_host.publisher, nullif(host, '')), NULL,
        0, 0, 0, rejected, failed, feeds, silent_feeds
    FROM placed
    LEFT JOIN publisher_of_feed USING (feed_url)
    LEFT JOIN publisher_of_host USING (host)
)
SELECT
    published_on,                                -- the publisher's calendar day; for feeds the UTC day they were asked on
    publisher,                                   -- registrable domain; of pages without a text and feeds, their host's publisher
    language,                                    -- ISO 639-1 code; null where none was recognised, and for what has no text
    sum(articles)::BIGINT AS articles,           -- articles with a text
    sum(stories)::BIGINT AS stories,             -- stories among them, copies counted once; a story may stand in several rows
    sum(words)::BIGINT AS words,                 -- words of the articles
    sum(rejected)::BIGINT AS rejected,           -- pages received that have given no text so far
    sum(failed)::BIGINT AS failed,               -- pages that could never be had so far
    sum(feeds)::BIGINT AS feeds,                 -- feeds of the publisher that were asked that day
    sum(silent_feeds)::BIGINT AS silent_feeds    -- those of them that never answered well that day
FROM counted
GROUP BY published_on, publisher, language
