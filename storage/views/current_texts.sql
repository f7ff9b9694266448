-- current_texts: the text of each article that counts now:
-- from the capture with the latest captured_at, under the highest version of the cleaner; a version that sees no article
-- in a capture withdraws the text that an older one took from it
SELECT
    article_id,   -- the article
    text_sha256,  -- key of the text
    event_id,     -- the ArticleCleaned record
    captured_at,  -- when the page was received, UTC
    capture       -- WARC file and offset of the page
FROM log.text_periods
WHERE counts_from <= commit_position AND commit_position < counts_until
