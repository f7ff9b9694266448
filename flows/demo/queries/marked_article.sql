-- an article with several statements, printed once and never changed, and what was found in it
WITH telling AS (
    SELECT found.article_id, count(*) AS statements
    FROM current_events AS found
    WHERE record_type = 'StatementReported' AND payload->>'speaker' IS NOT NULL AND payload->>'cue_lemma' IS NOT NULL
    GROUP BY ALL
),
picked AS (
    SELECT articles.*
    FROM articles
    JOIN telling USING (article_id)
    JOIN stories USING (story_id)
    ANTI JOIN (FROM article_revisions WHERE revision > 1) AS revised USING (article_id)
    WHERE stories.articles = 1
    ORDER BY telling.statements DESC, articles.url
    LIMIT 1
)
SELECT
    picked.headline,
    coalesce(picked.site_name, picked.publisher) AS publisher,
    picked.published_on,
    picked.url,
    picked.text,
    found.record_type,
    found.producer,
    found.producer_version,
    found.payload
FROM picked
JOIN current_events AS found USING (article_id)
WHERE found.record_type IN ('DatelineRead', 'StatementReported')
ORDER BY found.position
