-- Who said what in articles about a truce, each story counted once?
SELECT DISTINCT ON (words) statements.published_on, speaker, words
FROM statements JOIN articles USING (article_id)
WHERE text ILIKE '%truce%' AND speaker IS NOT NULL
ORDER BY words, published_on
LIMIT 4;
