SELECT
    fetched.article_id,
    fetched.url,
    fetched.final_url,
    fetched.status,
    fetched.content_type,
    fetched.captured_at,
    fetched.capture,
    fetched.caused_by AS discovered,
    found.headline,
    found.claimed_published_at,
    found.first_seen_at
FROM log.article_fetched AS fetched
LEFT JOIN log.article_discovered AS found ON fetched.caused_by = found.event_id
WHERE fetched.article_id IN (SELECT unnest($articles::UUID[]))
ORDER BY fetched.article_id, fetched.captured_at, fetched.position
