-- hosts: how each host has answered lately: the pages of the last 30 days before the last one asked for
WITH
pages AS (
    FROM pages_as_of(commit_position)
    QUALIFY last_asked_at > max(last_asked_at) OVER () - INTERVAL 30 DAY
),
feeds AS (
    SELECT
        regexp_extract(feed_url, '^https?://(?:[^/@]*@)?(?:www\.)?([^/:?#]+)', 1) AS host, count(*) AS feeds,
        count(*) FILTER (outcome IN ('unreachable', 'not_a_feed', 'gone')) AS failing_feeds
    FROM feeds_as_of(commit_position)
    GROUP BY host
),
counted AS (
    SELECT
        host, count(*) AS pages,
        count(*) FILTER (outcome = 'text') AS texts,
        count(*) FILTER (outcome = 'rejected') AS rejected,
        count(*) FILTER (outcome = 'rejected' AND reason = 'consent_wall') AS consent_walls,
        count(*) FILTER (outcome = 'failed' AND reason IN ('not_found', 'gone')) AS missing,
        count(*) FILTER (outcome = 'failed' AND reason IN ('refused', 'robots', 'rate_limited')) AS refused,
        count(*) FILTER (outcome = 'failed' AND reason NOT IN ('not_found', 'gone', 'refused', 'robots', 'rate_limited')) AS broken,
        count(*) FILTER (is_date_conflict) AS date_conflicts, count(is_date_conflict) AS dated_twice,
        max(last_asked_at) AS last_asked_at,
        map_from_entries(list((status, pages) ORDER BY status) FILTER (is_first AND status IS NOT NULL)) AS statuses
    FROM (
        SELECT *, count(*) OVER each AS pages, row_number() OVER each = 1 AS is_first FROM pages WINDOW each AS (PARTITION BY host, status)
    )
    GROUP BY host
)
SELECT
    host,                                                          -- host name, without www
    coalesce(counted.pages, 0) AS pages,                           -- pages asked for
    coalesce(counted.texts, 0) AS texts,                           -- pages that gave a text
    coalesce(counted.rejected, 0) AS rejected,                     -- pages received that gave none
    coalesce(counted.missing, 0) AS missing,                       -- pages that are not there (404, 410)
    coalesce(counted.refused, 0) AS refused,                       -- pages refused: by status, robots.txt or rate
    coalesce(counted.broken, 0) AS broken,                         -- pages that failed otherwise: server errors, time, connection, size
    counted.statuses,                                              -- pages by HTTP status, those with an answer
    (100 * counted.rejected // nullif(counted.texts + counted.rejected, 0))::BIGINT AS empty_percent,  -- of the pages received, those without a text
    coalesce(counted.consent_walls, 0) AS consent_walls,           -- pages that showed a consent wall instead
    (100 * counted.date_conflicts // nullif(counted.dated_twice, 0))::BIGINT AS date_conflict_percent,  -- of the pages that feed and page date, those with times more than a day apart
    coalesce(feeds.feeds, 0) AS feeds,                             -- feeds on the host
    coalesce(feeds.failing_feeds, 0) AS failing_feeds,             -- those whose last poll was no good
    counted.last_asked_at,                                         -- last page asked for, UTC
    CASE
        WHEN counted.consent_walls >= 3 AND counted.consent_walls * 5 >= counted.texts + counted.rejected THEN 'consent walls'
        WHEN counted.pages >= 5 AND counted.texts + counted.rejected = 0 THEN 'no page can be had'
        WHEN counted.rejected >= 5 AND counted.rejected >= counted.texts THEN 'most pages give no text'
        WHEN counted.date_conflicts >= 5 AND counted.date_conflicts * 5 >= counted.dated_twice THEN 'dates in conflict'
    END AS warning                                                 -- what somebody should look at, null when nothing
FROM counted
FULL JOIN feeds USING (host)
WHERE host <> ''
