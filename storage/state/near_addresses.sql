SELECT url
FROM (SELECT DISTINCT payload->>'url' AS url FROM records WHERE record_type = 'ArticleDiscovered')
WHERE abs(length(url) - length($address)) < length($address) / 3
    AND levenshtein(url, $address) < length($address) / 3
ORDER BY levenshtein(url, $address), url
LIMIT 3
