"""One row of somebody's table of articles, its columns already mapped to dateline's field names."""

from __future__ import annotations

import re
from datetime import date, datetime

from extractors.cleaning.cleaned import CleanedText
from extractors.cleaning.measures import minhash_of, publisher_of, safe_line, safe_text, word_count
from extractors.cleaning.moments import Moment, read_moment
from extractors.language.recognition import language_of

Row = dict[str, object]

TEXT = "text"
PUBLISHED_AT = "published_at"
WHOLE_ROW = "row"

_NUMERIC_DAY = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_][A-Za-z]+)?")
_AUTHORS = re.compile(r"\s*[;|]\s*|\s*,\s+(?=\w+\s)")


class BadRowError(ValueError):
    """A row lacks something or states something that cannot be read."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field


def clean_table_row(row: Row) -> CleanedText:
    """The text of a row and what its columns state.

    Reads text, published_at, publisher, headline, url, authors, language and section. Raises BadRowError.
    """
    text = safe_text(_text(row))
    if not text:
        raise BadRowError(TEXT, "is empty")
    moment = _moment(row.get(PUBLISHED_AT))
    return CleanedText(
        text=text,
        published_at=moment.at,
        published_on=moment.on,
        published_at_source="file",
        headline=safe_line(row.get("headline")),
        authors=_authors(row.get("authors")),
        language=_stated_language(row.get("language")) or language_of(text),
        publisher=safe_line(row.get("publisher")) or publisher_of(safe_line(row.get("url")) or ""),
        section=safe_line(row.get("section")),
        word_count=word_count(text),
        minhash=minhash_of(text),
    )


def _text(row: Row) -> str:
    value = row.get(TEXT)
    if value is None:
        raise BadRowError(TEXT, "is missing")
    if not isinstance(value, str):
        raise BadRowError(TEXT, f"is {type(value).__name__}, not words")
    return value


def _moment(value: object) -> Moment:
    if isinstance(value, datetime):
        return Moment.of_time(value)
    if isinstance(value, date):
        return Moment.of_day(value)
    if value is None or not str(value).strip():
        raise BadRowError(PUBLISHED_AT, "is missing")
    moment = read_moment(str(value)) or _numeric_day(str(value).strip())
    if moment is None:
        raise BadRowError(PUBLISHED_AT, f"{str(value)[:40]!r} is not a date that can be read; write YYYY-MM-DD")
    return moment


def _numeric_day(text: str) -> Moment | None:
    """22.03.2024, 22/03/2024 or 03/22/2024; with slashes or hyphens only where one number cannot be the month."""
    match = _NUMERIC_DAY.fullmatch(text)
    if not match:
        return None
    first, mark, second, year = int(match[1]), match[2], int(match[3]), int(match[4])
    if mark != "." and first <= 12 and second <= 12 and first != second:  # noqa: PLR2004 — months
        raise BadRowError(PUBLISHED_AT, f"{text!r} may be day or month first; write YYYY-MM-DD")
    day, month = (second, first) if mark != "." and second > 12 else (first, second)  # noqa: PLR2004
    try:
        return Moment.of_day(date(year, month, day))
    except ValueError:
        return None


def _authors(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = _AUTHORS.split(value)
    if not isinstance(value, list | tuple):
        return ()
    return tuple(line for each in value if (line := safe_line(each)))


def _stated_language(value: object) -> str | None:
    match = _LANGUAGE.fullmatch(value.strip()) if isinstance(value, str) else None
    return match[1] if match else None
