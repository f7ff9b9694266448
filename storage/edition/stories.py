"""Which articles are one story: links between copies, taken one by one in the order of the log.

Pure: memberships that stand now and new links in, memberships with their periods out. A story is named by its smallest
article id, so it takes a new name when a smaller one joins it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from uuid import UUID

FOREVER = (1 << 63) - 1


class Link(NamedTuple):
    """Two articles that carry the same story, and where the log says so."""

    position: int
    one: UUID
    other: UUID


class Membership(NamedTuple):
    """An article belongs to a story from one position of the log until another, the latter not included."""

    article_id: UUID
    story_id: UUID
    counts_from: int
    counts_until: int = FOREVER


def relabelled(standing: Iterable[Membership], links: Iterable[Link]) -> Iterator[Membership]:
    """The memberships after the links: those that stand, whole or ended, and those that the links bring.

    *standing* must hold every member of every story that a link touches; *links* are ordered by position.
    """
    stories: dict[UUID, dict[UUID, Membership]] = {}
    for each in standing:
        stories.setdefault(each.story_id, {})[each.article_id] = each
    story_of = {article: story for story, members in stories.items() for article in members}
    for link in links:
        first, second = sorted(story_of.get(end, end) for end in (link.one, link.other))
        if first == second:
            continue
        joined = stories.setdefault(first, {})
        moving = {**stories.pop(second, {}), **{end: None for end in (link.one, link.other) if end not in story_of}}
        for article, before in moving.items():
            if before is not None and before.counts_from < link.position:
                yield before._replace(counts_until=link.position)
            joined[article] = Membership(article, first, link.position)
            story_of[article] = first
    for members in stories.values():
        yield from members.values()
