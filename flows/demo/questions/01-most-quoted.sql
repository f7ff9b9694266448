-- Who was quoted at most length, each story counted once?
WITH told AS (SELECT DISTINCT story_id, speaker, words FROM statements JOIN articles USING (article_id))
SELECT speaker, count(*) AS statements, sum(len(string_split(words, ' '))) AS words_quoted
FROM told
WHERE speaker IS NOT NULL
GROUP BY speaker
ORDER BY words_quoted DESC, speaker
LIMIT 4;
