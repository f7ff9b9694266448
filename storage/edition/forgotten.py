"""What leaves the edition when an article is forgotten: every record about it but the one that says so.

Headlines and names stand in payloads, so no payload of a forgotten article is taken into the edition, not even into
`log.events`; pairs of copies go with either of their articles. DuckDB leaves the bytes of deleted rows in its file:
the edition is made anew when an article has been forgotten since.
"""

from __future__ import annotations

from storage.log import Log
from storage.state.articles import forgotten_articles

# over rows of the log, with the streams of forgotten articles as $forgotten
REMAINS = """(
    record_type = 'ArticleForgotten'
    OR stream NOT IN (SELECT unnest($forgotten::VARCHAR[]))
    AND (
        record_type <> 'ArticleDuplicated'
        OR 'article:' || (payload->>'other_article') NOT IN (SELECT unnest($forgotten::VARCHAR[]))
    )
)"""


def forgotten_streams(log: Log) -> dict[str, int]:
    """The streams of forgotten articles, each with the position of the record that asked for it."""
    return {f"article:{each.article_id}": each.position for each in forgotten_articles(log).values()}
