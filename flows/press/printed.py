"""What the sample press has printed: its publishers and stories, read from the files of this package.

A publisher is a folder in ``stories/`` with a ``publisher.toml``; a story is one Markdown file in it, named
``<day>-<slug>.md``, and its later correction is ``<day>-<slug>.corrected.md``. Adding a story is adding one file.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal, cast

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

FeedFormat = Literal["rss", "atom", "json"]
Kind = Literal["article", "consent-wall", "gone"]

NIGHTS = (1, 2)


class PressError(Exception):
    """Something the sample press cannot do.

    PressError
    └── NoSuchNightError
    """


class NoSuchNightError(PressError):
    """The press was asked for a night other than the two it knows."""

    def __init__(self, night: int) -> None:
        super().__init__(f"there is no night {night}: the sample press prints on nights 1 and 2")
        self.night = night


@dataclass(frozen=True, slots=True)
class Comment:
    """What a reader wrote under an article."""

    reader: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """A newspaper: its name, its host and the one feed it offers."""

    slug: str
    name: str
    strapline: str
    language: str  # BCP 47
    feed_format: FeedFormat
    feed_path: str
    sections: tuple[str, ...]
    comments: tuple[Comment, ...]

    @property
    def host_name(self) -> str:
        """The virtual host that serves this newspaper, without the port."""
        return f"{self.slug}.localhost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An article as it stood on one night."""

    publisher: str  # the publisher's slug
    path: str
    headline: str
    byline: str
    published: datetime
    updated: datetime  # the same as published unless the article was corrected
    section: str
    summary: str
    language: str  # BCP 47
    paragraphs: tuple[str, ...]  # empty when the page shows no article
    kind: Kind
    agency: str | None
    night: int  # from which night on the address is in the feed


@cache
def publishers() -> tuple[Publisher, ...]:
    """All newspapers, in the order of their slugs."""
    return tuple(_publisher(folder) for folder in sorted(_stories_folder().iterdir(), key=_name) if folder.is_dir())


@cache
def stories(night: int) -> tuple[Story, ...]:
    """Every story that is to be found on *night*, in the order of publication.

    A correction stands in the place of what it corrects.
    Raises NoSuchNightError for a night other than 1 and 2.
    """
    if night not in NIGHTS:
        raise NoSuchNightError(night)
    found = (story for publisher in publishers() for story in _stories_on(publisher, night))
    return tuple(sorted(found, key=lambda story: (story.published, story.publisher, story.path)))


def stories_of(publisher: Publisher, night: int) -> tuple[Story, ...]:
    """The stories of one newspaper that are to be found on *night*, newest first."""
    return tuple(story for story in reversed(stories(night)) if story.publisher == publisher.slug)


def _stories_on(publisher: Publisher, night: int) -> Iterator[Story]:
    versions: dict[str, list[Story]] = {}
    for story in _all_versions(publisher):
        if story.night <= night:
            versions.setdefault(story.path, []).append(story)
    for same in versions.values():
        newest = max(same, key=lambda story: story.updated)
        yield replace(newest, night=min(story.night for story in same))


@cache
def _all_versions(publisher: Publisher) -> tuple[Story, ...]:
    folder = _stories_folder() / publisher.slug
    return tuple(_story(file, publisher) for file in sorted(folder.iterdir(), key=_name) if file.name.endswith(".md"))


def _story(file: Traversable, publisher: Publisher) -> Story:
    header, paragraphs = _parts(file.read_text(encoding="utf-8"))
    published = datetime.fromisoformat(header["published"])
    return Story(
        publisher=publisher.slug,
        path=_path(file.name),
        headline=header["headline"],
        byline=header["byline"],
        published=published,
        updated=datetime.fromisoformat(header.get("updated", header["published"])),
        section=header["section"],
        summary=header.get("summary") or paragraphs[0],
        language=header.get("lang", publisher.language),
        paragraphs=paragraphs,
        kind=cast("Kind", header.get("kind", "article")),
        agency=header.get("agency"),
        night=int(header.get("night", "1")),
    )


def _parts(text: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """The header between the two ``---`` lines, and the paragraphs after it."""
    _, header, body = text.split("---\n", 2)
    pairs = (line.partition(": ") for line in header.splitlines())
    paragraphs = (" ".join(block.split()) for block in body.split("\n\n"))
    return {key: value for key, _, value in pairs}, tuple(paragraph for paragraph in paragraphs if paragraph)


def _path(file_name: str) -> str:
    """``2026-03-02-a-slug.corrected.md`` is printed at ``/2026/03/02/a-slug.html``."""
    year, month, day, slug = file_name.removesuffix(".md").removesuffix(".corrected").split("-", 3)
    return f"/{year}/{month}/{day}/{slug}.html"


def _publisher(folder: Traversable) -> Publisher:
    values: dict[str, Any] = tomllib.loads((folder / "publisher.toml").read_text(encoding="utf-8"))
    values["sections"] = tuple(values["sections"])
    values["comments"] = tuple(Comment(**comment) for comment in values["comments"])
    return Publisher(slug=folder.name, **values)


def _stories_folder() -> Traversable:
    return files("flows.press") / "stories"


def _name(file: Traversable) -> str:
    return file.name
