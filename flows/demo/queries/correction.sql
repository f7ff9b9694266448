-- the newest correction: an article's text, and the one before
SELECT
    revisions.headline,
    coalesce(articles.site_name, revisions.publisher) AS publisher,
    earlier.captured_at AS first_captured_at,
    revisions.captured_at,
    articles.published_at,
    revisions.modified_at,
    revisions.previous_text,
    revisions.text
FROM article_revisions AS revisions
JOIN articles USING (article_id)
JOIN article_revisions AS earlier
    ON earlier.article_id = revisions.article_id AND earlier.revision = revisions.revision - 1
WHERE revisions.previous_text IS NOT NULL
ORDER BY revisions.captured_at DESC, revisions.url
LIMIT 1
