"""Texts that people keep in files: a date, then the words.

The date stands first, as `date 2024-03-22`, `Date: 2024-03-22` or bare, on a line of its own or before the first words.
"""

from __future__ import annotations

import codecs
import re
from datetime import date

from extractors.cleaning.cleaned import CleanedText
from extractors.cleaning.measures import minhash_of, safe_text, word_count
from extractors.cleaning.moments import Moment
from extractors.language.recognition import language_of

_OPENING = re.compile(r"\s*(?:date\b[ \t]*:?[ \t]*)?(\d{4}-\d{1,2}-\d{1,2})(?![\w-])[ \t]*", re.IGNORECASE)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class NotDatedTextError(ValueError):
    """A file is not a dated text; the message says what is missing and what to write."""


def clean_dated_text(body: bytes, stated_on: date | None = None) -> CleanedText:
    """The text after its date, stripped, NFC, paragraphs as they are.

    *stated_on* dates a text that states no date itself. Raises NotDatedTextError.
    """
    whole = _decoded(body)
    opening = _OPENING.match(whole)
    day = _day(opening[1]) if opening else stated_on
    if day is None:
        message = "it does not begin with a date; write a first line such as 'date 2024-03-22', then the text"
        raise NotDatedTextError(message)
    text = safe_text(whole[opening.end() if opening else 0 :])
    if not text:
        message = "it has no text after its date; write the text below the date"
        raise NotDatedTextError(message)
    moment = Moment.of_day(day)
    return CleanedText(
        text=text,
        published_at=moment.at,
        published_on=moment.on,
        published_at_source="file",
        language=language_of(text),
        word_count=word_count(text),
        minhash=minhash_of(text),
    )


def _decoded(body: bytes) -> str:
    """UTF-8, or UTF-16 with its byte order mark; no guess, since a wrong one would put wrong words into the record."""
    try:
        return body.decode("utf-16" if body.startswith(_UTF16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"it is not UTF-8 (byte {error.start:,} does not fit); save it as UTF-8"
        raise NotDatedTextError(message) from error


def _day(stated: str) -> date:
    try:
        return date(*map(int, stated.split("-")))
    except ValueError as error:
        message = f"it is dated {stated}, which is no day of the calendar; write the day as YYYY-MM-DD"
        raise NotDatedTextError(message) from error
