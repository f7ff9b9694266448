-- copies: pairs of articles that carry the same story, the earlier one first
WITH pairs AS (
    SELECT one.*, other.article_id AS other_id, other.publisher AS other_publisher, other.headline AS other_headline,
        other.published_at AS other_published_at, other.captured_at AS other_captured_at,
        linked.relation, linked.similarity_percent
    FROM log.article_duplicated AS linked
    JOIN articles_as_of(commit_position) AS one ON one.article_id = linked.article_id
    JOIN articles_as_of(commit_position) AS other ON other.article_id = linked.other_article::UUID
    WHERE linked.position <= commit_position
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
    abs(date_diff('minute', published_at, other_published_at)) AS lag_minutes,           -- minutes between the two
    relation,                                                                            -- copy, or excerpt when one is much shorter
    similarity_percent,                                                                  -- estimated Jaccard similarity of 5-word shingles
    story_id                                                                             -- the story both belong to
FROM told
