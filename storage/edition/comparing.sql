-- what two versions of an extractor say about the same texts: those that the variable `asked` names, null being what
-- counts now. The view `every_finding` holds the findings of the log, each with a digest of its fields
-- and its place in the text.

-- of one text by one version, the later reading
CREATE TEMP TABLE readings AS
SELECT
    side,
    completed.article_id,
    completed.text_sha256,
    completed.extraction_id,
    completed.published_on,
    completed.position
FROM log.extraction_completed AS completed
CROSS JOIN (
    VALUES ('before', getvariable('asked').before::INTEGER), ('after', getvariable('asked').after::INTEGER)
) AS sides(side, wanted)
LEFT JOIN current_extractions AS current ON completed.extraction_id = current.extraction_id
WHERE completed.producer = getvariable('asked').extractor
    AND completed.published_on >= coalesce(getvariable('asked').since::DATE, completed.published_on)
    AND completed.published_on <= coalesce(getvariable('asked').until::DATE, completed.published_on)
    AND CASE WHEN wanted IS NULL THEN current.extraction_id IS NOT NULL ELSE completed.version = wanted END
QUALIFY row_number() OVER (
    PARTITION BY side, completed.article_id, completed.text_sha256 ORDER BY completed.position DESC
) = 1;

CREATE TEMP TABLE compared AS
SELECT
    before.article_id,
    before.published_on,
    before.extraction_id AS before,
    after.extraction_id AS after
FROM readings AS before
JOIN readings AS after
    ON before.article_id = after.article_id AND before.text_sha256 = after.text_sha256
LEFT JOIN current_texts AS current
    ON before.article_id = current.article_id AND before.text_sha256 = current.text_sha256
WHERE before.side = 'before' AND after.side = 'after'
QUALIFY row_number() OVER (
    PARTITION BY before.article_id
    ORDER BY current.event_id IS NOT NULL DESC, greatest(before.position, after.position) DESC
) = 1;

CREATE TEMP VIEW read_by AS
SELECT
    count(compared.article_id) AS both,
    count(*) FILTER (NOT by_after) AS before_only,
    count(*) FILTER (NOT by_before) AS after_only,
    count(*) FILTER (compared.article_id IS NULL AND by_before AND by_after) AS different_texts
FROM (
    SELECT article_id, bool_or(side = 'before') AS by_before, bool_or(side = 'after') AS by_after
    FROM readings
    GROUP BY article_id
) AS articles_read
LEFT JOIN compared USING (article_id);

CREATE TEMP TABLE findings AS
SELECT
    side,
    read_in.article_id,
    found.*
FROM (
    SELECT 'before' AS side, article_id, before AS extraction_id FROM compared
    UNION ALL
    SELECT 'after', article_id, after FROM compared
) AS read_in
JOIN every_finding AS found USING (extraction_id);

CREATE TEMP TABLE unchanged AS
SELECT before.record_type, before.event_key, before.digest
FROM findings AS before
JOIN findings AS after ON before.event_key = after.event_key AND before.digest = after.digest
WHERE before.side = 'before' AND after.side = 'after';

-- several findings may share a key: the first is compared with the first
CREATE TEMP TABLE others AS
SELECT *, row_number() OVER (PARTITION BY side, event_key ORDER BY position) AS turn
FROM findings
ANTI JOIN unchanged USING (event_key, digest);

CREATE TEMP TABLE differences AS
WITH paired AS (
    SELECT
        CASE WHEN before.event_id IS NULL THEN 'appeared' WHEN after.event_id IS NULL THEN 'vanished' ELSE 'changed' END AS change,
        coalesce(after.record_type, before.record_type) AS record_type,
        coalesce(after.event_key, before.event_key) AS event_key,
        coalesce(after.article_id, before.article_id) AS article_id,
        coalesce(after.published_on, before.published_on) AS published_on,
        coalesce(after.place, before.place) AS place,
        coalesce(after.position, before.position) AS position,
        before.event_id AS before,
        after.event_id AS after
    FROM (FROM others WHERE side = 'before') AS before
    FULL JOIN (FROM others WHERE side = 'after') AS after
        ON before.event_key = after.event_key AND before.turn = after.turn
)
SELECT
    row_number() OVER (ORDER BY paired.published_on, article_id, place, position, event_key, before) AS number,
    change,
    record_type,
    event_key,
    article_id,
    paired.published_on,
    articles.headline,
    articles.url,
    before,
    after
FROM paired
LEFT JOIN articles USING (article_id);

CREATE TEMP VIEW difference_counts AS
SELECT
    record_type,
    count(*) FILTER (change = 'appeared') AS appeared,
    count(*) FILTER (change = 'vanished') AS vanished,
    count(*) FILTER (change = 'changed') AS changed,
    count(*) FILTER (change = 'unchanged') AS unchanged
FROM (
    SELECT record_type, change FROM differences
    UNION ALL
    SELECT record_type, 'unchanged' FROM unchanged
)
GROUP BY record_type;
