-- pages that were asked for and hold no article, by reason
SELECT reason, count(DISTINCT article_id) AS pages
FROM (
    SELECT article_id, reason FROM log.article_rejected
    UNION ALL
    SELECT article_id, reason FROM log.article_fetch_failed
)
ANTI JOIN articles USING (article_id)
GROUP BY reason
ORDER BY pages DESC, reason
