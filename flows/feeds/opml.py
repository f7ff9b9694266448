"""OPML as a list of feeds: reading it, finding the feeds in it, adding to it, writing it.

The tree is kept and changed in place, so that attributes, heads and outlines nobody here knows survive.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from flows.web.errors import BadUrlError
from flows.web.urls import requestable

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_OPML_BYTES = 20_000_000
_MAX_DEPTH = 50
_KNOWN = frozenset(("text", "title", "xmlurl", "htmlurl"))


@dataclass(frozen=True, slots=True)
class Feed:
    """One line of the list."""

    url: str
    title: str | None = None
    site_url: str | None = None
    folders: tuple[str, ...] = ()  # outermost first
    other: tuple[tuple[str, str], ...] = ()  # attributes of the line that mean nothing here, kept


class BadOpmlError(ValueError):
    """A document that is no OPML list; *where* names the file or says that it was imported."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(where, what)
        self.where, self.what = where, what

    def __str__(self) -> str:
        return f"{self.where} is not an OPML list: {self.what}"


def parse_opml(document: bytes, where: str) -> ET.Element:
    """The tree of an OPML document. expat reads no external entities and stops those that grow.

    Raises:
        BadOpmlError: it is none, too large, or nested too deeply.
    """
    if len(document) > MAX_OPML_BYTES:
        raise BadOpmlError(where, f"{len(document)} bytes; {MAX_OPML_BYTES} are read")
    try:
        parser = ET.XMLParser(target=ET.TreeBuilder(insert_comments=True))  # noqa: S314  (see the docstring)
        tree = ET.fromstring(document, parser)  # noqa: S314
    except (ET.ParseError, ValueError, LookupError) as error:  # the latter two: encodings nobody knows
        raise BadOpmlError(where, f"{error}") from error
    if tree.tag != "opml" or tree.find("body") is None:
        raise BadOpmlError(where, f"the root element is {tree.tag!r}" if tree.tag != "opml" else "it has no body")
    if _is_deeper_than(tree, _MAX_DEPTH):
        raise BadOpmlError(where, f"outlines nested more than {_MAX_DEPTH} deep")
    return tree


def _is_deeper_than(tree: ET.Element, depth: int) -> bool:
    level = [tree]
    for _ in range(depth):
        level = [child for each in level for child in each]
    return bool(level)


def _body(tree: ET.Element) -> ET.Element:
    body = tree.find("body")
    assert body is not None, "checked when it was read"
    return body


def feeds_of(tree: ET.Element) -> tuple[Feed, ...]:
    """Every feed once, in the order of the document."""
    once: dict[str, Feed] = {}
    for feed in _walk(_body(tree), ()):
        once.setdefault(key_of(feed.url), feed)
    return tuple(once.values())


def _walk(parent: ET.Element, folders: tuple[str, ...]) -> Iterator[Feed]:
    for outline in parent.iterfind("outline"):
        url, name = address_of(outline), _attribute(outline, "title") or _attribute(outline, "text")
        if url:
            yield Feed(url, name, _attribute(outline, "htmlUrl"), folders, _other(outline))
        yield from _walk(outline, (*folders, name) if name and not url else folders)


def _other(outline: ET.Element) -> tuple[tuple[str, str], ...]:
    return tuple((key, value) for key, value in outline.attrib.items() if key.lower() not in _KNOWN)


def _attribute(outline: ET.Element, name: str) -> str | None:
    """An attribute whatever the case of its name, which programs disagree about."""
    values = (value for key, value in outline.attrib.items() if key.lower() == name.lower())
    return next(values, "").strip() or None


def address_of(outline: ET.Element) -> str | None:
    """The feed that an outline stands for, None when it stands for something else."""
    return _attribute(outline, "xmlUrl")


def folder_of(tree: ET.Element, folders: tuple[str, ...]) -> ET.Element:
    """The outline that stands for a folder, made where it is missing."""
    parent = _body(tree)
    for name in folders:
        named = (
            each
            for each in parent.iterfind("outline")
            if not address_of(each) and name in (_attribute(each, "title"), _attribute(each, "text"))
        )
        found = next(named, None)
        parent = ET.SubElement(parent, "outline", text=name, title=name) if found is None else found
    return parent


def outline_of(feed: Feed) -> ET.Element:
    """A new line for a feed."""
    name = feed.title or feed.url
    site = {"htmlUrl": feed.site_url} if feed.site_url else {}
    return ET.Element(
        "outline", {"type": "rss", **dict(feed.other), "text": name, "title": name, "xmlUrl": feed.url, **site}
    )


def key_of(url: str) -> str:
    """What two ways to write one address share; the text itself where it is no address."""
    try:
        return requestable(url)
    except BadUrlError:
        return url


def is_address(url: str) -> bool:
    """Whether it can be asked for."""
    try:
        requestable(url)
    except BadUrlError:
        return False
    return True


def written(tree: ET.Element) -> bytes:
    """The document, UTF-8, indented."""
    ET.indent(tree)
    text: bytes = ET.tostring(tree, encoding="utf-8", xml_declaration=True)
    return text + b"\n"
