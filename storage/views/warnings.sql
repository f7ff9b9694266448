-- warnings: one row per host or feed that somebody should look at, and why
WITH seen AS (
    SELECT
        'host' AS about, host AS subject, warning,
        CASE warning
            WHEN 'consent walls' THEN consent_walls || ' of ' || texts + rejected || ' pages'
            WHEN 'dates in conflict' THEN date_conflict_percent || ' % of the pages that are dated twice'
            WHEN 'no page can be had' THEN pages || ' pages asked for'
            ELSE rejected || ' of ' || texts + rejected || ' pages'
        END AS detail,
        last_asked_at AS seen_at
    FROM hosts_as_of(commit_position)
    WHERE warning IS NOT NULL
    UNION ALL
    SELECT
        'feed', feed_url,
        CASE
            WHEN outcome = 'gone' THEN 'has ended'
            WHEN failing_polls >= 3 THEN 'fails'
            WHEN has_fallen_silent THEN 'has fallen silent'
            ELSE 'has moved'
        END,
        CASE
            WHEN outcome = 'gone' THEN 'answered 410'
            WHEN failing_polls >= 3 THEN failing_polls || ' polls in a row: ' || coalesce(error, 'no good answer')
            WHEN has_fallen_silent
                THEN 'nothing new since ' || strftime(last_new_at, '%Y-%m-%d') || ', expected ' || expected_per_day || ' a day'
            ELSE 'to ' || moved_to
        END,
        last_polled_at
    FROM feeds_as_of(commit_position)
    WHERE outcome = 'gone' OR failing_polls >= 3 OR has_fallen_silent OR moved_to IS NOT NULL
)
SELECT
    about,    -- host or feed
    subject,  -- host name, or the feed's address as listed
    warning,  -- what is wrong, in a few words
    detail,   -- the figures behind it
    seen_at   -- last page or poll that it rests on, UTC
FROM seen
