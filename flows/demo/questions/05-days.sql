-- How much stands behind each day?
SELECT published_on, articles, stories, words, findings, rejected, failed
FROM days
ORDER BY published_on DESC
LIMIT 4;
