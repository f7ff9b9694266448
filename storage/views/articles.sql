-- articles: one row per article, as its current text has it
WITH found AS (
    SELECT article_id, arg_max(headline, position) AS headline, arg_min(via, position) AS via, arg_min(source, position) AS source
    FROM log.article_discovered
    WHERE position <= commit_position
    GROUP BY article_id
),
aliases AS (
    SELECT article AS article_id, list(DISTINCT url ORDER BY url) AS other_urls
    FROM log.article_aliased
    WHERE position <= commit_position
    GROUP BY article
),
-- gone when last asked for: neither captured nor found unchanged after that
gone AS (
    SELECT withdrawn.article_id, max(withdrawn.asked_at) AS withdrawn_at
    FROM log.article_withdrawn AS withdrawn
    LEFT JOIN (
        SELECT article_id, max(asked_at) AS asked_at
        FROM log.article_unchanged
        SEMI JOIN log.article_withdrawn USING (article_id)
        WHERE position <= commit_position
        GROUP BY article_id
    ) AS unchanged ON withdrawn.article_id = unchanged.article_id
    WHERE withdrawn.position <= commit_position AND withdrawn.asked_at > coalesce(unchanged.asked_at, '-infinity'::TIMESTAMPTZ)
    GROUP BY withdrawn.article_id
)
SELECT
    cleaned.article_id,                             -- the article: named by the address it was discovered at
    cleaned.published_on,                           -- the publisher's calendar day
    cleaned.publisher,                              -- registrable domain, or the publisher that a table states
    CASE
        WHEN cleaned.headline IS NOT NULL THEN cleaned.headline
        WHEN found.headline IS NOT NULL THEN found.headline
        ELSE array_to_string(string_split_regex(trim(texts.opening.text), '\s+'), ' ') || ' …'
    END AS headline,                                -- title of the page, else of the feed, else the text's opening words
    CASE
        WHEN cleaned.headline IS NOT NULL THEN 'page'
        WHEN found.headline IS NOT NULL THEN 'feed'
        ELSE 'opening words'
    END AS headline_source,                         -- where the headline comes from: page, feed or opening words
    cleaned.authors,                                -- authors, as stated
    cleaned.agency AS news_agency,                  -- news agency that byline, opening or credit line name
    cleaned.page_type,                              -- article, live_blog, video, or paywall_stub: only the beginning of it
    cleaned.language,                               -- ISO 639-1 code recognised in the text
    cleaned.section,                                -- first section or category stated
    cleaned.word_count,                             -- words of the text
    cleaned.published_at,                           -- publication time, UTC
    cleaned.published_at_source,                    -- whose claim published_at is; captured_at: nobody's
    list_unique(list_transform(cleaned.date_claims, lambda claim: claim.on)) > 1 AS has_date_conflict,  -- whether the claims about the publication name several days
    cleaned.modified_at,                            -- time of the last change, as stated, UTC
    CASE
        WHEN gone.withdrawn_at > current.captured_at THEN gone.withdrawn_at
    END AS withdrawn_at,                            -- when the page was found gone, UTC; null while it stands
    cleaned.url,                                    -- address it was discovered at
    cleaned.canonical_url,                          -- address the page itself names
    aliases.other_urls,                             -- other addresses it was discovered at, null where there are none
    cleaned.site_name,                              -- name the site gives itself
    cleaned.keywords,                               -- keywords, as stated
    members.story_id,                               -- copies of one story share it
    found.via,                                      -- kind of source it was found by
    found.source,                                   -- the source it was first found by
    texts.text,                                     -- the cleaned text that all spans count in
    cleaned.text_sha256,                            -- its key
    current.captured_at,                            -- when the page was received, UTC
    current.capture,                                -- WARC file and offset of the page
    cleaned.producer_version AS cleaner_version,    -- version of the cleaner that read the page
    cleaned.configuration_sha256                    -- its code, options and library versions
FROM log.text_periods AS current
JOIN log.article_cleaned AS cleaned USING (event_id)
LEFT JOIN log.texts AS texts ON current.text_position = texts.first_position
LEFT JOIN story_members_as_of(commit_position) AS members ON cleaned.article_id = members.article_id
LEFT JOIN found ON cleaned.article_id = found.article_id
LEFT JOIN aliases ON cleaned.article_id = aliases.article_id
LEFT JOIN gone ON cleaned.article_id = gone.article_id
WHERE current.counts_from <= commit_position AND commit_position < current.counts_until
