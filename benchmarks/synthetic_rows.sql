-- one batch of the synthetic log: the life of $articles articles, corrections and re-readings of earlier ones
-- every choice is a hash of the seed and what it is about, so that a batch is the same whenever it is made
WITH
lives AS (
    SELECT number, 0 AS correction, 1 AS version, true AS is_new FROM range($first, $first + $articles) AS all_of(number)
    UNION ALL  -- corrected by the publisher: captured, cleaned and read again
    SELECT number, 1, 1, false FROM range(greatest($first - $articles, 0), $first) AS all_of(number)
    WHERE hash($seed, number, 'corrected') % 100 < 3
    UNION ALL  -- read again by a newer version of one extractor
    SELECT number, 0, 2, false FROM range(greatest($first - 2 * $articles, 0), greatest($first - $articles, 0)) AS all_of(number)
    WHERE hash($seed, number, 'reread') % 100 < 2
),
sites AS (SELECT *, hash($seed, number, 'site') % 200 AS site FROM lives),
articles AS (
    SELECT
        *,
        md5(concat($seed, 'article', number)) AS article,
        md5(concat($seed, 'fetched', number, correction)) AS fetched,
        sha256(concat($seed, 'text', number, correction)) AS text_sha256,
        concat('news-', site, '.example.org') AS publisher,
        concat('https://news-', site, '.example.org/2026/', number // 50, '/', left(md5(number::VARCHAR), 24)) AS url,
        concat('Headline number ', number, ' about the water and the roads') AS headline,
        $day - (hash($seed, number, 'late') % 3 // 2)::INTEGER AS published_on,
        strftime($day::TIMESTAMP + to_seconds((hash($seed, number, 'second') % 86400)::BIGINT), '%Y-%m-%dT%H:%M:%SZ') AS published_at,
        $day::TIMESTAMP + to_seconds(86400 + number % 3600) AS captured_at
    FROM sites
),
statements AS (
    SELECT *, (hash($seed, number, part, 'dice') >> 1)::BIGINT AS dice, 20 + hash($seed, number, part, 'at') % 1900 AS begins
    FROM articles, range(36) AS parts(part)
    WHERE part < 12 + hash($seed, number, 'statements') % 25
),
copied AS (
    SELECT *, md5(concat($seed, 'article', number - 1 - hash($seed, number, 'other') % 40)) AS other
    FROM articles
    WHERE is_new AND number > 50 AND hash($seed, number, 'copied') % 100 < 30
),
records AS (
    SELECT *, 0 AS step, 'ArticleDiscovered' AS record_type, 'feeds' AS producer, md5(concat($seed, 'discovered', number)) AS event,
        json_object('claimed_modified_at', NULL, 'claimed_published_at', published_at, 'guid', url, 'headline', headline,
            'source', concat('https://', publisher, '/feed.xml'), 'url', url, 'via', 'feed') AS payload
    FROM articles WHERE is_new
    UNION ALL BY NAME
    SELECT *, 1 AS step, 'ArticleFetchFailed' AS record_type, 'fetcher' AS producer,
        json_object('attempts', 1, 'detail', 'answered 503', 'is_final', false, 'reason', 'server_error', 'retry_at', NULL,
            'status', 503, 'url', url) AS payload
    FROM articles WHERE is_new AND hash($seed, number, 'failed') % 100 < 3
    UNION ALL BY NAME
    SELECT *, 2 AS step, 'ArticleFetched' AS record_type, 'fetcher' AS producer, fetched AS event,
        md5(concat($seed, 'discovered', number)) AS caused_by,
        json_object('body_bytes', 20000 + hash(number) % 60000, 'body_sha256', sha256(concat(number, correction)),
            'capture', json_object('offset', number % 30000 * 30000, 'warc', concat('01890000-0000-7000-8000-4711-', $first // 30000, '.warc.gz')),
            'captured_at', strftime(captured_at, '%Y-%m-%dT%H:%M:%S.%fZ'), 'content_type', 'text/html; charset=utf-8',
            'final_url', url, 'status', 200, 'url', url) AS payload
    FROM articles WHERE version = 1
    UNION ALL BY NAME
    SELECT *, 3 AS step, 'ArticleCleaned' AS record_type, 'cleaning' AS producer, fetched AS caused_by,
        json_object('authors', ['Nadia Petrosyan'], 'canonical_url', url, 'configuration_sha256', sha256('cleaner'), 'headline', headline,
            'keywords', ['water', 'roads'], 'language', 'en',
            'minhash', list_reduce([sha256(concat(number, each)) FOR each IN range(8)], lambda all_of, each: all_of || each),
            'modified_at', NULL, 'published_at', published_at, 'published_at_source', 'json_ld', 'publisher', publisher, 'section', 'World',
            'site_name', concat('The News of ', site), 'text_sha256', text_sha256, 'url', url, 'word_count', 420 + hash(number) % 60) AS payload
    FROM articles WHERE version = 1
    UNION ALL BY NAME
    SELECT *, 4 AS step, 'ArticleRevised' AS record_type, 'cleaning' AS producer, fetched AS caused_by,
        json_object('deleted_chars', 12, 'headline_changed', false, 'inserted_chars', 140,
            'previous_text_sha256', sha256(concat($seed, 'text', number, 0)), 'text_sha256', text_sha256) AS payload
    FROM articles WHERE correction = 1
    UNION ALL BY NAME
    SELECT *, 5 AS step, 'DatelineRead' AS record_type, 'dateline' AS producer, md5(concat($seed, 'dateline', number, correction)) AS extraction,
        json_object('agency', NULL, 'place', 'AREQUIPA, Peru', 'span', json_object('end', 20, 'start', 0), 'written_on', published_on) AS payload
    FROM articles WHERE version = 1
    UNION ALL BY NAME
    SELECT *, 6 AS step, 'ExtractionCompleted' AS record_type, 'dateline' AS producer, md5(concat($seed, 'dateline', number, correction)) AS extraction,
        json_object('article', article::UUID, 'configuration_sha256', sha256('reader'), 'events', 1, 'producer', 'dateline',
            'supersedes', NULL, 'text_sha256', text_sha256, 'version', 1) AS payload
    FROM articles WHERE version = 1
    UNION ALL BY NAME
    SELECT * EXCLUDE (dice, begins), 7 AS step, 'StatementReported' AS record_type, 'statements' AS producer,
        md5(concat($seed, 'statements', number, correction, version)) AS extraction,
        concat('{"addressee":"reporters who had gathered before the regional water authority in the capital of the ', [
                'northern', 'southern', 'eastern', 'western', 'coastal'][1 + dice % 5], ' province, some of them for days and nights in the rain","anonymous":', dice % 7 = 0,
            ',"content":[{"end":', begins + 60, ',"start":', begins, '},{"end":', begins + 130, ',"start":', begins + 90,
            '}],"cue":{"end":', begins + 65, ',"start":', begins + 61, '},"cue_lemma":"', ['say', 'tell', 'add', 'warn', 'announce'][1 + dice % 5],
            '","kind":"direct","nested_in":null,"quoted":[{"end":', begins + 59, ',"start":', begins + 1,
            '},{"end":', begins + 129, ',"start":', begins + 91, '}],"said_on":"', published_on,
            '","speaker":"', ['Amina', 'Tomas', 'Ruth', 'Karim', 'Ines', 'Daniel', 'Leila', 'Pavel'][1 + dice % 8], ' ',
            ['Okello', 'Reyes', 'Lindqvist', 'Haddad', 'Moreau', 'Tanaka', 'Ferreira'][1 + dice // 8 % 7], '-', sqrt(dice % 1000000)::INTEGER,
            '","speaker_code":"', ['KEN', 'PER', 'SWE', 'LBN', 'FRA', 'JPN'][1 + dice % 6], '","speaker_id":"wikidata:Q', dice % 5000000,
            '","speaker_sectors":["GOV","LEG"],"speaker_span":{"end":', begins + 88, ',"start":', begins + 66, '}}') AS payload
    FROM statements
    UNION ALL BY NAME
    SELECT *, 8 AS step, 'ExtractionCompleted' AS record_type, 'statements' AS producer,
        md5(concat($seed, 'statements', number, correction, version)) AS extraction,
        json_object('article', article::UUID, 'configuration_sha256', sha256('reader'),
            'events', 12 + hash($seed, number, 'statements') % 25, 'producer', 'statements', 'supersedes', NULL,
            'text_sha256', text_sha256, 'version', version) AS payload
    FROM articles
    UNION ALL BY NAME
    SELECT * REPLACE (least(article, other) AS article), 9 AS step, 'ArticleDuplicated' AS record_type, 'copies' AS producer,
        json_object('other_article', greatest(article, other)::UUID, 'relation', 'copy', 'similarity_percent', 80 + hash(number) % 21) AS payload
    FROM copied
    UNION ALL BY NAME
    SELECT -1 AS number, feed AS part, 'FeedPolled' AS record_type, 'feeds' AS producer, md5(concat($seed, 'feed', feed)) AS feed,
        json_object('body_sha256', sha256(concat($first, feed)), 'capture', NULL, 'entries', 30, 'error', NULL,
            'etag', left(md5(concat($first, feed)), 20), 'feed_url', concat('https://news-', feed, '.example.org/feed.xml'), 'last_modified', NULL,
            'moved_to', NULL, 'new_entries', 8, 'next_due_at', NULL, 'next_due_reason', NULL, 'outcome', 'new',
            'polled_at', strftime($day::TIMESTAMP, '%Y-%m-%dT%H:%M:%SZ'), 'status', 200) AS payload
    FROM range(200) AS feeds(feed)
    UNION ALL BY NAME
    SELECT 1::BIGINT << 60 AS number, 'BatchCommitted' AS record_type, 'log' AS producer,
        json_object('digest', sha256(concat($seed, $first)), 'events', 0, 'first_position', $position,
            'previous_digest', sha256(concat($seed, $first - $articles))) AS payload
)
SELECT
    $position - 1 + row_number() OVER (ORDER BY number, correction, version, step, part) AS position,
    coalesce(event, md5(concat($seed, $first, number, correction, version, step, part)))::UUID::VARCHAR AS event_id,
    md5(concat(record_type, number, part, step))::UUID::VARCHAR AS event_key,
    record_type,
    1 AS schema_version,
    CASE WHEN article IS NOT NULL THEN concat('article:', article::UUID) WHEN feed IS NOT NULL THEN concat('feed:', feed::UUID) ELSE 'log' END AS stream,
    extraction::UUID::VARCHAR AS extraction_id,
    CASE WHEN extraction IS NULL THEN coalesce(captured_at, $day::TIMESTAMP)::TIMESTAMPTZ END AS occurred_at,
    coalesce(published_on, $day) AS published_on,
    ($day::TIMESTAMP + to_hours(26))::TIMESTAMPTZ AS recorded_at,
    producer,
    coalesce(version, 1) AS producer_version,
    concat('01890000-0000-7000-8000-', lpad(($first // $articles)::VARCHAR, 12, '0')) AS run_id,
    caused_by::UUID::VARCHAR AS caused_by,
    payload::VARCHAR AS payload
FROM records
ORDER BY position
