-- records of political events of invented nights, put straight into the tables of an edition
-- some three records tell of one happening, on its day or the two after; a few countries, types and towns make most of
-- them; every choice is a hash of what it is about, so that the nights before are the same however many follow
CREATE TEMP MACRO chance(number, what) AS (hash(number, what) % 1000003) / 1000003.0;
CREATE TEMP MACRO picked(number, what, size, skew) AS floor(size * pow(chance(number, what), skew))::INTEGER;
CREATE TEMP MACRO letters(number) AS chr(97 + number // 676 % 26) || chr(97 + number // 26 % 26) || chr(97 + number % 26);
CREATE TEMP MACRO words(number, size) AS ['word' || letters(picked(number, each, 4000, 3)) FOR each IN range(size)];
CREATE TEMP MACRO spanned(begins, words) AS {'start': begins::BIGINT, 'end': begins + length(words), 'text': words};
-- a state, somebody of it, people who are only described, an organisation
CREATE TEMP MACRO party(number, what, shorter) AS {
    'code': CASE
        WHEN chance(number, what || 'kind') < 0.7 THEN upper(letters(picked(number, what, 80, 2)))
        WHEN chance(number, what || 'kind') >= 0.85 THEN 'IGO'
    END,
    'sectors': [['GOV', 'MIL', 'REB', 'CVL', 'OPP'][1 + picked(number, what || 'sector', 5, 2)]],
    'entity_id': CASE
        WHEN chance(number, what || 'kind') < 0.45 OR shorter AND chance(number, what || 'kind') < 0.7
            THEN 'iso3166:' || upper(letters(picked(number, what, 80, 2)))
        WHEN chance(number, what || 'kind') < 0.7
            THEN concat('office:', letters(picked(number, what, 80, 2)), picked(number, what || 'person', 40, 2))
        WHEN chance(number, what || 'kind') >= 0.85 THEN concat('organisation:', picked(number, what, 60, 2))
    END,
    'name': concat(what, ' ', picked(number, what, 80, 2)),
    'span': spanned(CASE WHEN what = 'actor' THEN 10 ELSE 60 END, concat(what, ' ', picked(number, what, 80, 2)))
};

CREATE TEMP TABLE told AS
WITH numbered AS (
    SELECT
        number,
        number // $records AS night,
        greatest(number // $records - picked(number, 'late', 3, 2), 0) AS happened,
        DATE '2026-01-01' + (number // $records)::INTEGER AS published_on,
        number // $records * ($records // 4) + picked(number, 'article', $records // 4, 1) AS article
    FROM range($nights * $records) AS all_of(number)
)
SELECT
    *,
    happened * $records + picked(number, 'happening', $records // 3, 1.3) AS happening,
    md5(concat('article', article))::UUID AS article_id,
    md5(concat('reading', article))::UUID AS extraction_id,
    CASE WHEN chance(number, 'precision') < 0.5 THEN 'day' WHEN chance(number, 'precision') < 0.9 THEN 'article' ELSE 'week' END AS date_precision
FROM numbered;

CREATE TEMP TABLE printed AS SELECT DISTINCT article, article_id, extraction_id, published_on, night FROM told;

INSERT INTO log.article_cleaned BY NAME
SELECT
    article * 10 AS "position",
    md5(concat('cleaned', article))::UUID AS event_id,
    article_id,
    published_on,
    published_on + INTERVAL 8 HOUR + to_seconds(hash(article) % 40000) AS published_at,
    concat('https://news-', hash(article, 'site') % 200, '.example.org/', article) AS url,
    concat('news-', hash(article, 'site') % 200, '.example.org') AS publisher,
    CASE WHEN chance(article, 'agency') < 0.2 THEN 'Meridian Wire' END AS agency,
    md5(concat('text', article)) AS text_sha256,
    'en' AS "language"
FROM printed
ORDER BY article;

INSERT INTO log.article_discovered BY NAME
SELECT "position" - 1 AS "position", md5(concat('discovered', url))::UUID AS event_id, article_id, published_on, url, 'feed' AS via
FROM log.article_cleaned;

INSERT INTO log.text_periods BY NAME
SELECT
    article_id,
    text_sha256,
    event_id,
    published_at + INTERVAL 1 HOUR AS captured_at,
    "position" AS counts_from,
    9223372036854775807 AS counts_until
FROM log.article_cleaned;

INSERT INTO log.reading_periods BY NAME
SELECT
    article_id,
    CASE WHEN producer = 'political_events' THEN extraction_id ELSE md5(concat(producer, article))::UUID END AS extraction_id,
    md5(concat('text', article)) AS text_sha256,
    producer,
    1 AS version,
    article * 10 AS counts_from,
    9223372036854775807 AS counts_until
FROM printed, unnest(['dateline', 'entities', 'figures', 'political_events', 'statements', 'time_expressions']) AS producers(producer)
ORDER BY article;

-- a fifth prints what another printed the same night or the one before
INSERT INTO log.story_periods BY NAME
SELECT
    md5(concat('article', member))::UUID AS article_id,
    min(least(md5(concat('article', article)), md5(concat('article', article - $records // 5))))::UUID AS story_id,
    0 AS counts_from,
    9223372036854775807 AS counts_until
FROM printed, unnest([article, article - $records // 5]) AS members(member)
WHERE article % 10 = 7 AND article >= $records // 5
GROUP BY member;

INSERT INTO log.political_event_coded BY NAME
SELECT
    article * 10 + 1 AS "position",
    md5(concat('record', number))::UUID AS event_id,
    article_id,
    extraction_id,
    published_on,
    ['ASSAULT', 'ACCUSE', 'CONSULT', 'SUPPORT', 'AGREE', 'COERCE', 'REQUEST', 'COOPERATE', 'PROTEST', 'THREATEN', 'REJECT', 'AID',
        'CONCEDE', 'MOBILIZE', 'SANCTION', 'RETREAT'][1 + picked(happening, 'type', 16, 2)] AS event_type,
    CASE WHEN chance(happening, 'mode') < 0.3 THEN [concat('mode', picked(happening, 'mode of', 4, 1))] ELSE [] END AS modes,
    [] AS contexts,
    1 + picked(happening, 'quad', 4, 1) AS quad_code,
    -2 AS intensity,
    lpad((10 * picked(happening, 'type', 16, 2) + 10 + picked(happening, 'cameo', 3, 2))::VARCHAR, 3, '0') AS cameo,
    CASE
        WHEN chance(number, 'more') < 0.15 THEN [party(happening, 'actor', false), party(number, 'other', false)]
        ELSE [party(happening, 'actor', chance(number, 'shorter') < 0.4)]
    END AS actors,
    CASE
        WHEN chance(happening, 'lonely') < 0.3 THEN []
        ELSE [party(happening, 'recipient', chance(number, 'shorter too') < 0.4)]
    END AS recipients,
    chance(happening, 'reciprocal') < 0.1 AS reciprocal,
    CASE WHEN date_precision = 'article' THEN published_on ELSE DATE '2026-01-01' + happened::INTEGER END AS starts_on,
    starts_on + CASE WHEN date_precision = 'week' THEN 6 ELSE 0 END AS ends_on,
    date_precision,
    CASE
        WHEN chance(happening, 'place') < 0.5 AND chance(number, 'untold') < 0.7 THEN {
            'name': concat('Town ', picked(happening, 'town', 3000, 2)),
            'span': spanned(90, 'Town'),
            'entity_id': concat('geonames:', picked(happening, 'town', 3000, 2)),
            'geonameid': picked(happening, 'town', 3000, 2),
            'latitude': 1,
            'longitude': 1,
            'admin1': NULL,
            'country': upper(letters(picked(happening, 'town', 3000, 2) // 38))
        }
    END AS place,
    CASE WHEN place IS NOT NULL THEN 4 END AS place_resolution,
    CASE WHEN chance(happening, 'denied') < 0.05 THEN ['negation'] ELSE [] END AS aux,
    CASE WHEN chance(happening, 'toll') < 0.1 THEN picked(number, 'killed', 20, 2) END AS killed,
    false AS is_claim,
    spanned(number % 1000, concat('words', hash(happening, chance(number, 'said') < 0.3) % 20)) AS "trigger",
    spanned(0, concat_ws(' ', words(happening, 6), words(number, 16))) AS evidence,
    'rule' AS "rule",
    ['sure', 'likely', 'possible'][1 + picked(number, 'tier', 3, 1)] AS tier
FROM told
ORDER BY "position";

INSERT INTO log.batch_committed BY NAME SELECT max(article) * 10 + 9 AS "position", any_value(published_on) AS published_on FROM printed GROUP BY night;
