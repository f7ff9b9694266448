-- Who said what in articles about a truce, each story counted once?
SELECT DISTINCT ON (content) statements.published_on, speaker, content
FROM statements JOIN articles USING (article_id)
WHERE text ILIKE '%truce%' AND speaker_id IS NOT NULL
ORDER BY content, published_on
LIMIT 4;
