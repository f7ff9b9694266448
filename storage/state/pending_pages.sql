-- a page is asked for when it is new, and again when a source that had named it before changes its entry; where the page
-- is only another way to an article, the article is asked for instead; what archives name is theirs to give
, aliased AS (
    SELECT
        stream,
        'article:' || arg_max(payload->>'article', position) AS article,
        arg_max(payload->>'article_url', position) AS article_url,
        max(position) AS position
    FROM records
    WHERE record_type = 'ArticleAliased'
    GROUP BY stream
),
named AS (
    SELECT stream, position, event_id, payload->>'url' AS url, payload->>'headline' AS headline,
        (payload->>'claimed_published_at')::TIMESTAMPTZ AS claimed_published_at,
        (payload->>'claimed_modified_at')::TIMESTAMPTZ AS claimed_modified_at,
        (payload->>'first_seen_at')::TIMESTAMPTZ AS first_seen_at,
        (payload->>'source') || ' ' || (payload->>'guid') AS guid
    FROM records
    WHERE record_type = 'ArticleDiscovered'
        AND starts_with(payload->>'url', 'http')
        AND payload->>'via' NOT IN ('wayback', 'ccnews')
    QUALIFY row_number() OVER (PARTITION BY stream ORDER BY position) = 1
        OR row_number() OVER (PARTITION BY stream, payload->>'source' ORDER BY position) > 1
),
asked AS (
    SELECT
        coalesce(aliased.article, named.stream) AS stream,
        named.position,
        event_id,
        coalesce(aliased.article_url, named.url) AS url,
        headline,
        claimed_published_at,
        claimed_modified_at,
        first_seen_at,
        guid
    FROM named
    LEFT JOIN aliased ON named.stream = aliased.stream
    WHERE aliased.position IS NULL OR named.position > aliased.position
    QUALIFY row_number() OVER (PARTITION BY coalesce(aliased.article, named.stream) ORDER BY named.position DESC) = 1
),
fetched AS (
    SELECT stream, max(position) AS position
    FROM records
    WHERE record_type IN ('ArticleFetched', 'ArticleUnchanged', 'ArticleWithdrawn')
    GROUP BY stream
),
failed AS (
    SELECT
        records.stream,
        count(*) AS attempts,
        bool_or((payload->>'is_final')::BOOLEAN) AS is_final,
        max((payload->>'retry_at')::TIMESTAMPTZ) AS retry_at
    FROM records
    JOIN asked ON records.stream = asked.stream AND records.position > asked.position
    WHERE record_type = 'ArticleFetchFailed'
    GROUP BY records.stream
),
forgotten AS (
    SELECT stream FROM records WHERE record_type = 'ArticleForgotten'
)
SELECT
    split_part(asked.stream, ':', 2) AS article_id,
    asked.url,
    asked.event_id AS discovered,
    asked.headline,
    asked.claimed_published_at,
    asked.claimed_modified_at,
    asked.first_seen_at,
    coalesce(failed.attempts, 0) AS attempts,
    failed.retry_at,
    asked.guid
FROM asked
ANTI JOIN forgotten ON asked.stream = forgotten.stream
LEFT JOIN fetched ON asked.stream = fetched.stream
LEFT JOIN failed ON asked.stream = failed.stream
WHERE coalesce(fetched.position, 0) < asked.position
    AND NOT coalesce(failed.is_final, false)
    AND coalesce(failed.attempts, 0) < 5
ORDER BY asked.position
