-- current_extractions: the reading of each article by each extractor that counts now:
-- over the current text, of the highest version, then of the later commit; an empty reading withdraws what an older one found
SELECT
    article_id,            -- the article
    extraction_id,         -- the reading
    text_sha256,           -- the text it read
    producer,              -- the extractor
    version,               -- the extractor's version
    configuration_sha256,  -- code and options of the shared reader
    events                 -- how many findings it gave
FROM log.reading_periods
WHERE counts_from <= commit_position AND commit_position < counts_until
