-- articles with a text that were discovered at one of these addresses, name it as theirs or answered there; a feed's own id
-- for its entry, behind the feed's address, counts as one, and so does publisher, day, text and headline together
, named AS (
    SELECT stream, position, unnest([payload->>'url', payload->>'final_url', payload->>'canonical_url']) AS address
    FROM records
    WHERE record_type IN ('ArticleFetched', 'ArticleUnchanged', 'ArticleCleaned')
    UNION ALL
    SELECT stream, position, (payload->>'source') || ' ' || (payload->>'guid') AS address
    FROM records
    WHERE record_type = 'ArticleDiscovered'
    UNION ALL
    SELECT
        stream,
        position,
        (payload->>'publisher') || ' ' || published_on || ' ' || (payload->>'text_sha256') || ' ' || (payload->>'headline')
    FROM records
    WHERE record_type = 'ArticleCleaned'
        AND payload->>'published_at_source' <> 'captured_at'
        AND payload->>'page_type' = 'article'
),
found AS (
    SELECT stream, list(DISTINCT address ORDER BY address) AS addresses, min(position) AS position
    FROM named
    SEMI JOIN addresses USING (address)
    GROUP BY stream
)
SELECT
    split_part(found.stream, ':', 2) AS article_id,
    found.addresses,
    cleaned.url,
    cleaned.text_sha256,
    cleaned.minhash
FROM found
ANTI JOIN (SELECT stream FROM records WHERE record_type = 'ArticleForgotten') AS forgotten ON found.stream = forgotten.stream
JOIN (
    SELECT stream, payload->>'url' AS url, payload->>'text_sha256' AS text_sha256, payload->>'minhash' AS minhash
    FROM records
    WHERE record_type = 'ArticleCleaned'
    QUALIFY row_number() OVER (PARTITION BY stream ORDER BY position DESC) = 1
) AS cleaned ON found.stream = cleaned.stream
ORDER BY found.position
