"""The pages of the sample press as HTML: articles amid the furniture of a newspaper, front pages, a consent wall.

Pure: the same story, night and port give the same bytes. Every newspaper has a template of its own, named after it.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from flows.press.feeds import feed_address, home
from flows.press.printed import publishers, stories_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from jinja2 import Environment

    from flows.press.printed import Comment, Publisher, Story

RELATED_LINKS = 4
COMMENTS = 3
# strftime would answer in the locale of the process
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def article_page(publisher: Publisher, story: Story, port: int) -> bytes:
    """The page of a story: its article, or the consent wall that stands before it."""
    template = "consent-wall.html" if story.kind == "consent-wall" else f"{publisher.slug}.html"
    return _render(
        template,
        publisher=publisher,
        port=port,
        story=story,
        related=_related(publisher, story),
        comments=_comments(publisher, story),
    )


def front_page(publisher: Publisher, printed: Sequence[Story], port: int) -> bytes:
    """The front page of a newspaper with the stories *printed* so far, newest first."""
    return _render(f"{publisher.slug}.html", publisher=publisher, port=port, story=None, printed=printed)


def directory_page(port: int) -> bytes:
    """The page at ``http://localhost:<port>/``, which says what all this is and leads to the newspapers."""
    return _render("directory.html", publishers=publishers(), port=port)


def missing_page() -> bytes:
    """What comes with a 404."""
    return _render("missing.html")


def _related(publisher: Publisher, story: Story) -> tuple[Story, ...]:
    # of the night on which the story first appeared: a page must not change because others came after it
    others = [other for other in stories_of(publisher, story.night) if other.path != story.path]
    return tuple(others[:RELATED_LINKS])


def _comments(publisher: Publisher, story: Story) -> tuple[Comment, ...]:
    first = story.published.day % len(publisher.comments)
    return (publisher.comments[first:] + publisher.comments[:first])[:COMMENTS]


def _render(template: str, **values: object) -> bytes:
    return _environment().get_template(template).render(home=home, feed_address=feed_address, **values).encode()


@cache
def _environment() -> Environment:
    # here and not above: importing jinja2 takes longer than starting the press
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        autoescape=True,
        loader=FunctionLoader(_template),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["long_date"] = _long_date
    return environment


def _template(name: str) -> str:
    return (files("flows.press") / "templates" / name).read_text(encoding="utf-8")


def _long_date(at: datetime) -> str:
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}"
