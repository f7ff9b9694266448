"""A month of news on loopback: publishers whose articles are corrected, withdrawn, moved, syndicated and listed twice.

Everything is planned from a seed before the month begins; the site shows what stands in the plan for the time that its
clock tells. People and events are invented.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cached_property
from html import escape

from flows.press.answers import HTML, Resource
from flows.press.server import SamplePress

BEGIN = datetime(2026, 6, 1, tzinfo=UTC)
LISTED = 30  # entries of a feed
AGENCY = "Meridian Wire"
PLACES = (
    *("Osh", "Gulu", "Tema", "Suva", "Beira", "Kitwe"),
    *("Davao", "Amman", "Colombo", "Arequipa", "Windhoek", "Pokhara"),
)
NAMES = ("Amal Haddad", "Kofi Tandoh", "Tomé Vilanculo", "Rina Setiawan", "Jonas Weber", "Ana Quispe", "Leila Omar")
ROLES = ("mayor", "harbour master", "engineer", "teacher", "farmer", "nurse", "judge", "driver", "trader", "councillor")
THINGS = (
    "bridge",
    "market",
    "ferry",
    "school",
    "clinic",
    "well",
    "road",
    "pier",
    "archive",
    "mill",
    "canal",
    "library",
)
VERBS = ("open", "close", "cost", "save", "carry", "repair", "replace", "count", "train", "house", "inspect", "lend")
GOODS = ("grain", "timber", "books", "nets", "bricks", "maize", "cable", "seed", "cloth", "salt", "cement", "coffee")
GROUPS = ("residents", "traders", "parents", "reporters", "pilots", "guards", "students", "clerks", "miners", "growers")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
TELLING = ("told", "assured", "warned", "reminded", "informed")
FORMS = (
    "{name}, a {role} from {place}, {told} {group} on {day} that {number} {thing}s {verb} {goods} by {other_day}.",
    "By {day} {number} {group} had asked whether the {thing} near {place} could {verb} {other} tonnes of {goods}.",
    "A {role} named {name} put the {goods} at {number} crates, {other} fewer than {group} in {place} had feared.",
    "Nobody in {place} expected {group} to {verb} the {thing} before {day}, when {number} sacks of {goods} are due.",
    "“We {verb} {number} {goods} a week,” said {name}, whose {thing} in {place} employs {other}.",
)


@dataclass(frozen=True)
class Piece:
    """An article as it is planned: when it appears, and what becomes of it."""

    host: str
    number: int
    published_at: datetime
    headline: str
    paragraphs: tuple[str, ...]
    agency: str | None = None
    corrected_at: datetime | None = None
    retitled: bool = False  # the correction shows in the feed, too
    gone_at: datetime | None = None
    moved_at: datetime | None = None
    has_amp: bool = False

    @property
    def guid(self) -> str:
        """Its own id in the feed, which stays when it moves."""
        return f"tag:{self.host},2026:{self.number}"

    def path(self, now: datetime) -> str:
        """Where it stands."""
        folder = "archive" if self.moved_at and now >= self.moved_at else "news"
        return f"/{folder}/{self.published_at:%Y/%m/%d}/{self.number}.html"

    def is_out(self, now: datetime) -> bool:
        """Whether it has appeared and is not gone."""
        return self.published_at <= now and not (self.gone_at and now >= self.gone_at)

    def shown(self, now: datetime) -> Piece:
        """The piece as it reads then."""
        if not self.corrected_at or now < self.corrected_at:
            return self
        first = f"{self.paragraphs[0]} An earlier version gave another number for {self.number}."
        headline = f"{self.headline}, corrected" if self.retitled else self.headline
        return replace(self, headline=headline, paragraphs=(first, *self.paragraphs[1:]))


def planned(days: int, hosts: int, a_day: int, seed: int = 1) -> list[Piece]:
    """The pieces of a month: of ten one is corrected silently and one openly, one moves, one goes, one has AMP."""
    chance = random.Random(seed)  # noqa: S311 - a plan, no secret
    pieces: list[Piece] = []
    for day in range(days):
        wire = _told(chance)
        for host in range(hosts):
            for _ in range(a_day):
                pieces.append(_piece(chance, f"paper{host}.localhost", len(pieces), day))
            if host < 3 and day % 2 == 0:  # noqa: PLR2004 - three of them print what the agency sends
                piece = _piece(chance, f"paper{host}.localhost", len(pieces), day)
                pieces.append(replace(_plain(piece), headline=wire[0], paragraphs=wire[1], agency=AGENCY))
    return pieces


def _plain(piece: Piece) -> Piece:
    return replace(piece, corrected_at=None, gone_at=None, moved_at=None, has_amp=False)


def _piece(chance: random.Random, host: str, number: int, day: int) -> Piece:
    at = BEGIN + timedelta(days=day, minutes=chance.randrange(24 * 60))
    later = at + timedelta(hours=chance.randrange(26, 90))
    headline, paragraphs = _told(chance)
    fate = number % 10
    return Piece(
        host=host,
        number=number,
        published_at=at,
        headline=headline,
        paragraphs=paragraphs,
        corrected_at=later if fate in (1, 2) else None,
        retitled=fate == 2,  # noqa: PLR2004
        moved_at=later if fate == 4 else None,  # noqa: PLR2004
        gone_at=later if fate == 6 else None,  # noqa: PLR2004
        has_amp=fate == 8,  # noqa: PLR2004
    )


def _told(chance: random.Random) -> tuple[str, tuple[str, ...]]:
    paragraphs = tuple(" ".join(_sentence(chance) for _ in range(2)) for _ in range(6))
    thing, place, goods = chance.choice(THINGS), chance.choice(PLACES), chance.choice(GOODS)
    return f"New {thing} for {place} after {chance.randrange(10, 9999)} crates of {goods}", paragraphs


def _sentence(chance: random.Random) -> str:
    return chance.choice(FORMS).format(
        name=chance.choice(NAMES),
        role=chance.choice(ROLES),
        place=chance.choice(PLACES),
        told=chance.choice(TELLING),
        group=chance.choice(GROUPS),
        day=chance.choice(DAYS),
        other_day=chance.choice(DAYS),
        number=chance.randrange(10, 9999),
        other=chance.randrange(10, 9999),
        thing=chance.choice(THINGS),
        verb=chance.choice(VERBS),
        goods=chance.choice(GOODS),
    )


class MonthSite(SamplePress):
    """The publishers of a plan on the air; `now` is what their clocks show. Use as a context manager."""

    def __init__(self, pieces: list[Piece], now: datetime = BEGIN) -> None:
        super().__init__(port=0)
        self.pieces, self.now = pieces, now

    @cached_property
    def hosts(self) -> list[str]:
        """The publishers' host names."""
        return sorted({piece.host for piece in self.pieces})

    @property
    def feeds(self) -> tuple[str, ...]:
        """A feed for each publisher, and one more of the first, which lists AMP pages."""
        named = [f"http://{host}:{self.port}/feed.xml" for host in self.hosts]
        return (*named, f"http://{self.hosts[0]}:{self.port}/amp.xml")

    def answer(self, host: str, path: str) -> Resource:
        """What an address answers at the time of the site's clock."""
        if path == "/robots.txt":
            return Resource(b"User-agent: *\nAllow: /\n", HTML)
        own = [piece for piece in self.pieces if piece.host == host and piece.published_at <= self.now]
        if path in ("/feed.xml", "/amp.xml"):
            return Resource(self._feed(own, is_amp=path == "/amp.xml"), "application/rss+xml; charset=utf-8")
        for piece in own:
            if path in (piece.path(BEGIN), piece.path(self.now), f"/amp/{piece.number}"):
                return self._page(piece, path)
        return Resource(b"", HTML, status=404)

    def _feed(self, own: list[Piece], *, is_amp: bool) -> bytes:
        newest = sorted((each for each in own if each.is_out(self.now)), key=lambda each: each.published_at)[-LISTED:]
        items = [self._item(each, is_amp=is_amp) for each in reversed(newest) if each.has_amp or not is_amp]
        return f"<rss version='2.0'><channel><title>News</title>{''.join(items)}</channel></rss>".encode()

    def _item(self, piece: Piece, *, is_amp: bool) -> str:
        path = f"/amp/{piece.number}" if is_amp else piece.path(self.now)
        guid = f"{piece.guid}:amp" if is_amp else piece.guid
        return (
            f"<item><title>{escape(piece.shown(self.now).headline)}</title><link>http://{piece.host}:{self.port}{path}</link>"
            f"<guid isPermaLink='false'>{guid}</guid><pubDate>{format_datetime(piece.published_at)}</pubDate></item>"
        )

    def _page(self, piece: Piece, path: str) -> Resource:
        if not piece.is_out(self.now):
            return Resource(b"<h1>Withdrawn</h1>", HTML, status=410)
        home, here = f"http://{piece.host}:{self.port}", piece.path(self.now)
        if path not in (here, f"/amp/{piece.number}"):
            return Resource(b"", HTML, status=301, location=home + here)
        shown = piece.shown(self.now)
        opening = f"{PLACES[piece.number % len(PLACES)].upper()} ({shown.agency}) — " if shown.agency else ""
        text = "".join(f"<p>{escape(each)}</p>" for each in (opening + shown.paragraphs[0], *shown.paragraphs[1:]))
        # even publishers have a new advertisement every day, so that no body of theirs is ever the same
        advert = f"<aside class='ad'>Shop number {self.now:%j}</aside>" if piece.host in self.hosts[::2] else ""
        return Resource(
            f"<!doctype html><html lang='en'><head><title>{escape(shown.headline)}</title>"
            f"<link rel='canonical' href='{home}{here}'>"
            f"<meta property='article:published_time' content='{piece.published_at.isoformat()}'></head><body>"
            f"<nav><a href='/'>Home</a></nav><article><h1>{escape(shown.headline)}</h1>{text}</article>{advert}"
            f"<footer>Imprint</footer></body></html>".encode(),
            HTML,
        )
