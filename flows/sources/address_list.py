"""Lists of addresses with their days, as GDELT's article lists, Media Cloud and people have them.

Columns are known by the names that these give them. What a list says of a time is either a claim of publication
(Media Cloud, people) or only when somebody came by (GDELT): the latter is no claim, but bounds the day of a page that
states none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from flows.sources.list_rows import Row, rows
from flows.sources.local import LocalSourceError
from flows.sources.named import NamedArticle, article_url, day_in

# Media Cloud, GDELT DOC 2.0, GKG, the event table and that of mentions; then what people write
_ADDRESS = ("url", "documentidentifier", "sourceurl", "mentionidentifier", "link", "address", "permalink")
_PUBLISHED = ("publish_date", "published_at", "published_on", "pubdate", "date", "day")
# SQLDATE is the day of an event, which may lie years before the article that tells of it: better than no day at all
_SEEN = ("seendate", "mentiontimedate", "dateadded", "sqldate")
_GDELTS = frozenset({"documentidentifier", "mobileurl"})  # columns of tables whose `date` is when GDELT came by
_HEADLINE = ("title", "headline")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)Z?)?")
_UNDECODABLE = "\ufffd"
_YEARS = range(1900, 2200)


def listed(path: Path) -> Iterator[tuple[date, NamedArticle]]:
    """The articles of a list with their days, in its order; rows without an address or a day are passed over.

    Raises:
        LocalSourceError: the file cannot be read, or no row of it has both.
    """
    found = 0
    for row in rows(path, _ADDRESS, lambda field: _moment(field) is not None):
        named = _named(row, path.name)
        if named is not None:
            found += 1
            yield named
    if not found:
        raise LocalSourceError(
            str(path),
            f"no row has an address and a day; name the columns {_ADDRESS[0]} and {_PUBLISHED[1]}, or see the README",
        )


def _named(row: Row, source: str) -> tuple[date, NamedArticle] | None:
    address = next((str(row[name]) for name in _ADDRESS if row.get(name)), None)
    url = None if address is None else article_url(address.strip())
    if url is None:
        return None
    claimed, seen = _times(row)
    stated = claimed or seen
    day = day_in(url) if stated is None else stated.date()
    if day is None:
        return None
    headline = next((str(row[name]) for name in _HEADLINE if row.get(name)), None)
    return day, NamedArticle(
        url,
        "list",
        source,
        ask=url,
        headline=None if headline is None or _UNDECODABLE in headline else headline,
        claimed_published_at=claimed,
        first_seen_at=None if claimed else seen,
    )


def _times(row: Row) -> tuple[datetime | None, datetime | None]:
    """When a row says that its article was published, and when it says that somebody saw it."""
    is_gdelts = not _GDELTS.isdisjoint(row)
    claims = [name for name in _PUBLISHED if not (is_gdelts and name == "date")]
    seen = [*_SEEN, "date"] if is_gdelts else _SEEN
    return _first(row, claims), _first(row, seen)


def _first(row: Row, names: list[str] | tuple[str, ...]) -> datetime | None:
    return next((moment for name in names if row.get(name) and (moment := _moment(row[name]))), None)


def _moment(value: object) -> datetime | None:
    """A time, the midnight of a day that stands alone; times without a zone are UTC, as these lists mean them."""
    text = str(value).strip()
    compact = _COMPACT.fullmatch(text)
    try:
        if compact:
            year, month, day, hour, minute, second = (int(part or 0) for part in compact.groups())
            at = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        else:
            at = datetime.fromisoformat(text)
            at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return at if at.year in _YEARS else None
