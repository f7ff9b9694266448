-- article_revisions: every text an article has had, in the order of its captures;
-- a text that differs only because another version of the cleaner read the page is no revision
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
        lag(configuration_sha256) OVER history AS previous_configuration_sha256,
        lag(headline) OVER history AS previous_headline
    FROM captured
    WINDOW history AS (PARTITION BY article_id ORDER BY captured_at, position)
),
numbered AS (
    SELECT *, row_number() OVER (PARTITION BY article_id ORDER BY captured_at, position) AS revision
    FROM changed
    WHERE previous_text_sha256 IS NULL
        OR (previous_text_sha256 <> text_sha256 AND previous_configuration_sha256 = configuration_sha256)
),
revised AS (
    SELECT
        caused_by,
        text_sha256,
        previous_text_sha256,
        arg_max(inserted_chars, position) AS inserted_chars,
        arg_max(deleted_chars, position) AS deleted_chars,
        arg_max(passages, position) AS passages
    FROM log.article_revised
    WHERE position <= commit_position
    GROUP BY ALL
),
-- texts are joined by their positions, so that no others are read
places AS NOT MATERIALIZED (
    SELECT text_sha256, any_value(first_position) AS first_position FROM log.texts GROUP BY text_sha256
)
SELECT
    numbered.article_id,             -- the article
    numbered.revision,               -- 1 for the first text that was captured
    numbered.captured_at,            -- when this text was received, UTC
    numbered.published_on,           -- the publisher's calendar day
    numbered.publisher,              -- registrable domain
    numbered.headline,               -- headline of this revision
    numbered.previous_headline,      -- headline of the revision before
    numbered.modified_at,            -- time of the change, as stated, UTC
    numbered.word_count,             -- words of this revision
    revised.inserted_chars,          -- characters that the revision before lacks
    revised.deleted_chars,           -- characters of the revision before that this one lacks
    list_transform(revised.passages, lambda passage: {
        'deleted': substring(before.text, passage.deleted_from + 1, passage.deleted_until - passage.deleted_from),
        'inserted': substring(texts.text, passage.inserted_from + 1, passage.inserted_until - passage.inserted_from)
    }) AS changes,                   -- passages that changed, in order: the words deleted and the words inserted
    array_to_string(list_transform(revised.passages, lambda passage: concat(
        CASE WHEN passage.inserted_from > 60 THEN '… ' ELSE '' END,
        CASE
            WHEN passage.inserted_from > 60
                THEN regexp_replace(substring(texts.text, passage.inserted_from - 59, 60), '^\S*\s+', '')
            ELSE substring(texts.text, 1, passage.inserted_from)
        END,
        '[-' || nullif(substring(before.text, passage.deleted_from + 1, passage.deleted_until - passage.deleted_from), '') || '-]',
        '{+' || nullif(substring(texts.text, passage.inserted_from + 1, passage.inserted_until - passage.inserted_from), '') || '+}',
        CASE
            WHEN passage.inserted_until + 60 < length(texts.text)
                THEN regexp_replace(substring(texts.text, passage.inserted_until + 1, 60), '\s+\S*$', '') || ' …'
            ELSE substring(texts.text, passage.inserted_until + 1)
        END
    )), chr(10)) AS diff,            -- the same for people: a line for each passage, [-deleted-] and {+inserted+} amid the words around
    texts.text,                      -- the text of this revision
    before.text AS previous_text,    -- the text of the revision before
    numbered.text_sha256,            -- key of the text
    numbered.previous_text_sha256,   -- key of the text before
    numbered.url                     -- address it was discovered at
FROM numbered
LEFT JOIN revised 
    ON revised.caused_by = numbered.caused_by
    AND revised.text_sha256 = numbered.text_sha256
    AND revised.previous_text_sha256 = numbered.previous_text_sha256
LEFT JOIN places AS place ON place.text_sha256 = numbered.text_sha256
LEFT JOIN places AS place_before ON place_before.text_sha256 = numbered.previous_text_sha256
LEFT JOIN log.texts AS texts ON texts.first_position = place.first_position
LEFT JOIN log.texts AS before ON before.first_position = place_before.first_position
