-- story_members: which story an article belongs to; copies of one text are one story
SELECT
    current.article_id,                                           -- the article
    coalesce(stories.story_id, current.article_id) AS story_id    -- smallest article id of the story
FROM current_texts_as_of(commit_position) AS current
LEFT JOIN (
    SELECT article_id, any_value(story_id) AS story_id
    FROM log.story_periods
    WHERE counts_from <= commit_position AND commit_position < counts_until
    GROUP BY article_id
) AS stories ON current.article_id = stories.article_id
