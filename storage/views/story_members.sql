-- story_members: which story an article belongs to; copies of one text are one story
WITH RECURSIVE
pairs AS (
    SELECT article_id, other_article::UUID AS other_id FROM log.article_duplicated WHERE position <= commit_position
    UNION
    SELECT other_article::UUID, article_id FROM log.article_duplicated WHERE position <= commit_position
),
reached(article_id, other_id) AS (
    SELECT article_id, other_id FROM pairs
    UNION
    SELECT reached.article_id, pairs.other_id FROM reached JOIN pairs ON reached.other_id = pairs.article_id
),
named AS (SELECT article_id, min(other_id) AS other_id FROM reached GROUP BY article_id)
SELECT
    current.article_id,                                                        -- the article
    least(current.article_id, coalesce(named.other_id, current.article_id)) AS story_id  -- smallest article id of the story
FROM current_texts_as_of(commit_position) AS current
LEFT JOIN named ON current.article_id = named.article_id
