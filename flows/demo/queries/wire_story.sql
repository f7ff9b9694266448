-- the story that most publishers printed, one row for each printing, first printing first
WITH most AS (FROM stories WHERE publishers > 1 ORDER BY publishers DESC, articles DESC, story_id LIMIT 1)
SELECT
    articles.published_at,
    coalesce(articles.site_name, articles.publisher) AS publisher,
    articles.headline,
    copies.similarity_percent
FROM most
JOIN articles USING (story_id)
LEFT JOIN copies ON copies.copy_id = articles.article_id AND copies.original_id = most.article_ids[1]
ORDER BY articles.published_at, articles.captured_at, articles.article_id
