"""The Internet Archive's Wayback Machine and archives like it: an index of captures (CDX), and copies byte for byte.

Two dialects of the index are spoken: the Wayback Machine's answers with a JSON table and a key to resume by, pywb's
with a JSON object on each line and other names. They are described at
https://github.com/internetarchive/wayback/tree/master/wayback-cdx-server and
https://pywb.readthedocs.io/en/latest/manual/cdxserver_api.html.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit

from flows.sources.named import NamedArticle, article_url

ARCHIVE = "https://web.archive.org"
LATEST = timedelta(days=30)  # a page that was captured later than this after its day is not looked for
_ROWS = 5_000  # captures in one answer of the index
_TIME = "%Y%m%d%H%M%S"
_ESCAPED = re.compile(r"(?:[\w.!*'~+-]|%[0-9A-Fa-f]{2})*", re.ASCII)
_NO_PAGES = frozenset({"", "/", "/index.html", "/robots.txt", "/sitemap.xml"})
_HTML = ("text/html", "application/xhtml+xml")


class IndexFormatError(ValueError):
    """The index answered something that is neither dialect."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(f"{url}: {why}")
        self.url, self.why = url, why


@dataclass(frozen=True)
class Capture:
    """A capture as the index names it."""

    timestamp: str  # 14 digits, UTC
    url: str
    digest: str

    @property
    def at(self) -> datetime:
        """When it was received."""
        return datetime.strptime(self.timestamp, _TIME).replace(tzinfo=UTC)


@dataclass(frozen=True)
class Archive:
    """An archive at an address: the Wayback Machine's, or that of one collection of a pywb (`http://host/news`)."""

    address: str = ARCHIVE

    @property
    def is_wayback(self) -> bool:
        """Whether it speaks the Wayback Machine's dialect: archives of pywb name a collection in their path."""
        return urlsplit(self.address).path.rstrip("/") in ("", "/web")

    @property
    def _root(self) -> str:
        return self.address.rstrip("/").removesuffix("/web") if self.is_wayback else self.address.rstrip("/")

    def index_url(self, site: str, since: date, until: date, resume_key: str | None = None) -> str:
        """The address that lists a site's or section's captures of a range of days, both ends included."""
        bounds = {"from": since.strftime("%Y%m%d"), "to": until.strftime("%Y%m%d"), "output": "json"}
        host, _, section = site.partition("/")
        # with a scheme, or a host with a port would be taken for one
        where = {"url": f"http://{host}/{section}", "matchType": "prefix" if section else "domain"}
        if not self.is_wayback:
            return f"{self._root}/cdx?{urlencode({**where, **bounds, 'filter': '=status:200'})}"
        given = {"filter": "statuscode:200", "fl": "timestamp,original,mimetype,digest", "collapse": "digest"}
        paging = {"limit": str(_ROWS), "showResumeKey": "true"}
        url = f"{self._root}/cdx/search/cdx?{urlencode({**where, **bounds, **given, **paging})}"
        return url if resume_key is None else f"{url}&resumeKey={_as_printed(resume_key)}"

    def copy_url(self, capture: Capture) -> str:
        """The address of the bytes as they were received."""
        collection = f"{self._root}/web" if self.is_wayback else self._root
        return f"{collection}/{capture.timestamp}id_/{capture.url}"

    def read_index(self, url: str, body: bytes) -> tuple[list[Capture], str | None]:
        """The captures of web pages that an answer names, and the key to go on by where there are more.

        Raises:
            IndexFormatError: the answer is neither dialect.
        """
        try:
            return _table(body) if self.is_wayback else (list(_lines(body)), None)
        except (ValueError, KeyError, TypeError, IndexError, AttributeError) as broken:
            raise IndexFormatError(url, f"not an index of captures: {broken}") from broken


def _as_printed(resume_key: str) -> str:
    """A key as it goes into an address: the Machine prints it escaped already, and takes it back as it is."""
    return resume_key if _ESCAPED.fullmatch(resume_key) else quote_plus(resume_key)


def _table(body: bytes) -> tuple[list[Capture], str | None]:
    """The Wayback Machine's dialect: the first row names the columns; an empty row precedes the key to resume by."""
    rows: list[list[str]] = json.loads(body or b"[]")
    if rows == []:
        return [], None
    key = None
    if len(rows) > 2 and not rows[-2]:  # noqa: PLR2004 - an empty row, then the key
        rows, key = rows[:-2], rows[-1][0]
    named = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    return [
        Capture(_timestamp(row["timestamp"]), row["original"], row["digest"])
        for row in named
        if row["mimetype"] in (*_HTML, "warc/revisit", "-")
    ], key


def _lines(body: bytes) -> Iterator[Capture]:
    """The dialect of pywb: a JSON object on each line."""
    for line in body.splitlines():
        if line.strip():
            row: dict[str, Any] = json.loads(line)
            if row.get("mime", "text/html") in (*_HTML, "warc/revisit", "-") and row.get("status", "200") in (
                "200",
                "-",
            ):
                yield Capture(_timestamp(row["timestamp"]), row["url"], row.get("digest", ""))


def _timestamp(stated: str) -> str:
    """Fourteen digits that are a time.

    Raises:
        ValueError: they are not.
    """
    datetime.strptime(stated, _TIME).replace(tzinfo=UTC)
    return stated


def candidates(archive: Archive, captures: Iterable[Capture], since: date, until: date) -> list[NamedArticle]:
    """One capture for each article that may be of a range of days.

    That is the last one within `LATEST`: as the article stood when it was no longer changed, and before the site made
    something else of the address. An address that names a day is of that day, any other of its first capture's day.
    Captures with the same digest are one page, and so are an address with http and the same with https.
    """
    first: dict[str, Capture] = {}
    last: dict[str, Capture] = {}
    urls: dict[str, str] = {}  # of pages that were asked for by both schemes, the address with https
    for each in sorted(captures, key=lambda each: (each.timestamp, each.url)):
        url = article_url(each.url)
        if url is None or urlsplit(url).path in _NO_PAGES:
            continue
        page = url.partition("://")[2]
        begun = first.setdefault(page, each)
        known = last.get(page)
        if (known is None or known.digest != each.digest or not each.digest) and each.at <= begun.at + LATEST:
            last[page] = each
        if page not in urls or url.startswith("https:"):
            urls[page] = url
    found = [_named_by(archive, urls[page], each, first[page].at) for page, each in last.items()]
    return [each for each in found if since <= likely_day(each) <= until]


def likely_day(named: NamedArticle) -> date:
    """The day in its address, else that of its first capture."""
    assert named.first_seen_at, "archives say when"
    return named.day_in_url or named.first_seen_at.date()


def _named_by(archive: Archive, url: str, capture: Capture, first_seen_at: datetime) -> NamedArticle:
    return NamedArticle(
        url=url,
        via="wayback",
        source=archive.address,
        ask=archive.copy_url(capture),
        first_seen_at=first_seen_at,
        captured_at=capture.at,
        digest=capture.digest or None,
    )
