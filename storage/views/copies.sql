-- copies: pairs of articles that carry the same story, the earlier one first;
-- of a pair that was told again after a text had changed, the latest telling counts
WITH linked AS (
    SELECT article_id, other_article, arg_max(relation, position) AS relation, arg_max(similarity_percent, position) AS similarity_percent
    FROM log.article_duplicated
    WHERE position <= commit_position
    GROUP BY ALL
),
pairs AS (
    SELECT one.*, other.article_id AS other_id, other.publisher AS other_publisher, other.headline AS other_headline,
        other.published_at AS other_published_at, other.captured_at AS other_captured_at, other.news_agency AS other_agency,
        linked.relation, linked.similarity_percent
    FROM linked
    JOIN articles_as_of(commit_position) AS one ON one.article_id = linked.article_id
    JOIN articles_as_of(commit_position) AS other ON other.article_id = linked.other_article::UUID
),
told AS (
    SELECT *, (published_at, captured_at, article_id) <= (other_published_at, other_captured_at, other_id) AS is_first FROM pairs
)
SELECT
    CASE WHEN is_first THEN article_id ELSE other_id END AS original_id,                 -- the earlier article
    CASE WHEN is_first THEN other_id ELSE article_id END AS copy_id,                     -- the later article
    CASE WHEN is_first THEN publisher ELSE other_publisher END AS original_publisher,    -- who printed it first
    CASE WHEN is_first THEN other_publisher ELSE publisher END AS copy_publisher,        -- who printed it later
    CASE WHEN is_first THEN headline ELSE other_headline END AS original_headline,       -- headline of the earlier one
    CASE WHEN is_first THEN other_headline ELSE headline END AS copy_headline,           -- headline of the later one
    CASE
        WHEN is_first THEN coalesce(news_agency, other_agency)
        ELSE coalesce(other_agency, news_agency)
    END AS agency,                                                                       -- agency that one of them credits, the earlier before the later
    abs(date_diff('minute', published_at, other_published_at)) AS lag_minutes,           -- minutes between the two
    relation,                                                                            -- copy; excerpt when one is much shorter; update when both are of one publisher
    similarity_percent,                                                                  -- estimated Jaccard similarity of 5-word shingles
    story_id                                                                             -- the story both belong to
FROM told
