-- What did we know after the first night, and what do we know now?
SELECT 'first night' AS known, count(*) AS articles, count(DISTINCT story_id) AS stories
FROM articles_as_of((SELECT min(position) FROM events WHERE record_type = 'RunCompleted'))
UNION ALL
SELECT 'now', count(*), count(DISTINCT story_id)
FROM articles;
