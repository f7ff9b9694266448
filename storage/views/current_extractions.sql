-- current_extractions: the reading of each article by each extractor that counts now
-- over the current text, of the highest version, then of the later commit; an empty reading withdraws what an older one found
SELECT
    completed.article_id,            -- the article
    completed.extraction_id,         -- the reading
    completed.text_sha256,           -- the text it read
    completed.producer,              -- the extractor
    completed.version,               -- the extractor's version
    completed.configuration_sha256,  -- code and options of the shared reader
    completed.events                 -- how many findings it gave
FROM log.extraction_completed AS completed
SEMI JOIN current_texts_as_of(commit_position) USING (article_id, text_sha256)
WHERE completed.position <= commit_position
QUALIFY row_number() OVER (
    PARTITION BY completed.article_id, completed.producer
    ORDER BY completed.version DESC, completed.position DESC
) = 1
