-- article_revisions: every text an article has had, in the order of its captures
WITH captured AS (
    SELECT cleaned.*, fetched.captured_at
    FROM log.article_cleaned AS cleaned
    JOIN log.article_fetched AS fetched ON cleaned.caused_by = fetched.event_id
    WHERE cleaned.position <= commit_position
    QUALIFY row_number() OVER (
        PARTITION BY cleaned.article_id, fetched.event_id
        ORDER BY cleaned.producer_version DESC, cleaned.position DESC
    ) = 1
),
changed AS (
    SELECT
        *,
        lag(text_sha256) OVER history AS previous_text_sha256,
        lag(headline) OVER history AS previous_headline
    FROM captured
    WINDOW history AS (PARTITION BY article_id ORDER BY captured_at, position)
)
SELECT
    changed.article_id,                             -- the article
    row_number() OVER (
        PARTITION BY changed.article_id ORDER BY changed.captured_at, changed.position
    ) AS revision,                                  -- 1 for the first text that was captured
    changed.captured_at,                            -- when this text was received, UTC
    changed.published_on,                           -- the publisher's calendar day
    changed.publisher,                              -- registrable domain
    changed.headline,                               -- headline of this revision
    changed.previous_headline,                      -- headline of the revision before
    changed.modified_at,                            -- time of the change, as stated, UTC
    changed.word_count,                             -- words of this revision
    revised.inserted_chars,                         -- characters that the revision before lacks
    revised.deleted_chars,                          -- characters of the revision before that this one lacks
    texts.text,                                     -- the text of this revision
    before.text AS previous_text,                   -- the text of the revision before
    changed.text_sha256,                            -- key of the text
    changed.previous_text_sha256,                   -- key of the text before
    changed.url                                     -- address it was discovered at
FROM changed
LEFT JOIN log.article_revised AS revised
    ON revised.caused_by = changed.caused_by AND revised.text_sha256 = changed.text_sha256
LEFT JOIN log.texts AS texts ON texts.text_sha256 = changed.text_sha256
LEFT JOIN log.texts AS before ON before.text_sha256 = changed.previous_text_sha256
WHERE changed.previous_text_sha256 IS DISTINCT FROM changed.text_sha256
