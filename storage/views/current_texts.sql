-- current_texts: the text of each article that counts now
-- from the capture with the latest captured_at, under the highest version of the cleaner
SELECT
    cleaned.article_id,   -- the article
    cleaned.text_sha256,  -- key of the text
    cleaned.event_id,     -- the ArticleCleaned record
    fetched.captured_at,  -- when the page was received, UTC
    fetched.capture       -- WARC file and offset of the page
FROM log.article_cleaned AS cleaned
JOIN log.article_fetched AS fetched ON cleaned.caused_by = fetched.event_id
WHERE cleaned.position <= commit_position
QUALIFY row_number() OVER (
    PARTITION BY cleaned.article_id
    ORDER BY fetched.captured_at DESC, cleaned.producer_version DESC, cleaned.position DESC
) = 1
