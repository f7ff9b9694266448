-- stories: one row per story, however many publishers printed it
SELECT
    story_id,                                                         -- smallest article id of the story
    min(published_on) AS published_on,                                -- day of its first printing
    arg_min_null(headline, (published_at, captured_at, article_id)) AS headline,    -- headline of its first printing
    arg_min_null(publisher, (published_at, captured_at, article_id)) AS publisher,  -- who printed it first, null where unknown
    count(*) AS articles,                                             -- how often it was printed
    count(DISTINCT publisher) AS publishers,                          -- how many publishers printed it
    list(DISTINCT publisher ORDER BY publisher) AS printed_by,        -- who they are
    max(word_count) AS word_count,                                    -- words of its longest printing
    list(article_id ORDER BY published_at, captured_at, article_id) AS article_ids  -- its articles, first printing first
FROM articles_as_of(commit_position)
GROUP BY story_id
