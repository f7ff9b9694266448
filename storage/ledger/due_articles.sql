SELECT published_on, article_id, list(stage ORDER BY stage) AS stages
FROM article_stages
WHERE published_on BETWEEN $since AND $until
    AND list_contains($stages, stage)
    AND list_contains($only, outcome)
GROUP BY published_on, article_id
ORDER BY published_on, article_id
