-- printings: who printed each article when, and which story it is; articles without what they say
SELECT
    current.article_id,        -- the article
    members.story_id,          -- copies of one story share it
    cleaned.published_on,      -- the publisher's calendar day
    cleaned.published_at,      -- publication time, UTC
    current.captured_at,       -- when the page was received, UTC
    cleaned.publisher,         -- registrable domain, or the publisher that a table states
    cleaned.agency AS news_agency  -- news agency that byline, opening or credit line name
FROM log.text_periods AS current
JOIN log.article_cleaned AS cleaned USING (event_id)
LEFT JOIN story_members_as_of(commit_position) AS members ON current.article_id = members.article_id
WHERE current.counts_from <= commit_position AND commit_position < current.counts_until
