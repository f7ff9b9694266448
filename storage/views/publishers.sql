-- publishers: one row per publisher
SELECT
    publisher,                                                   -- registrable domain, or as a table states it
    mode(site_name) AS site_name,                                -- name the site gives itself most often
    count(*) AS articles,                                        -- articles with a text
    count(DISTINCT story_id) AS stories,                         -- stories, copies counted once
    min(published_on) AS first_published_on,                     -- day of the earliest article
    max(published_on) AS last_published_on,                      -- day of the latest article
    sum(word_count)::BIGINT AS words,                            -- words of all articles
    list(DISTINCT language ORDER BY language) AS languages       -- ISO 639-1 codes of its articles
FROM articles_as_of(commit_position)
GROUP BY publisher
