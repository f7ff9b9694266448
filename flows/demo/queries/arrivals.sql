-- what arrived from each publisher, and through which feed
SELECT
    coalesce(publishers.site_name, publishers.publisher) AS publisher,
    publishers.articles,
    publishers.stories,
    publishers.words,
    count(found.event_id) AS findings,
    array_to_string(publishers.languages, ', ') AS languages
FROM publishers
LEFT JOIN articles USING (publisher)
LEFT JOIN current_events AS found USING (article_id)
GROUP BY ALL
ORDER BY articles DESC, publisher
