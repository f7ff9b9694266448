-- the article of this id or discovered address, be it another address of it; only where there is none, those that it is an alias of
, aliased AS (
    SELECT stream, 'article:' || arg_max(payload->>'article', position) AS article
    FROM records
    WHERE record_type = 'ArticleAliased'
    GROUP BY stream
),
named AS (
    SELECT
        coalesce(aliased.article, records.stream) AS stream,
        aliased.article IS NOT NULL AS is_elsewhere,
        position,
        published_on,
        record_type,
        payload->>'url' AS url,
        payload->>'headline' AS headline,
        payload->>'publisher' AS publisher,
        records.stream = $stream OR list_contains($addresses, payload->>'url') AS is_own,
        list_contains($addresses, payload->>'canonical_url') OR list_contains($addresses, payload->>'final_url') AS is_alias
    FROM records
    LEFT JOIN aliased ON records.stream = aliased.stream
    WHERE record_type IN ('ArticleDiscovered', 'ArticleFetched', 'ArticleCleaned')
)
SELECT
    split_part(stream, ':', 2) AS article_id,
    coalesce(any_value(url) FILTER (NOT is_elsewhere), any_value(url)) AS url,
    arg_max(headline, position) FILTER (headline IS NOT NULL) AS headline,
    arg_max(publisher, position) FILTER (publisher IS NOT NULL) AS publisher,
    coalesce(
        arg_max(published_on, position) FILTER (record_type = 'ArticleCleaned'), arg_max(published_on, position)
    ) AS published_on
FROM named
GROUP BY stream
HAVING bool_or(is_own) OR bool_or(coalesce(is_alias, false))
QUALIFY bool_or(is_own) = bool_or(bool_or(is_own)) OVER ()
ORDER BY url
