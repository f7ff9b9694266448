"""What stopped the frames of political events in a sentence of an article; read anew, nothing is stored."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from extractors.events.tracing import Tried, why_not
from extractors.language.reading import Reading
from flows.explaining import article_named
from flows.extracting import extract, given
from flows.reading.model import chosen_model
from flows.settings import Settings
from storage.vocabulary import Span


@dataclass(frozen=True)
class Unexplained:
    """The sentences asked about, and what was tried in them."""

    text: str
    tried: tuple[Tried, ...]


class NoSuchWordsError(ValueError):
    """The article does not hold the words that were asked about."""

    exit_code = 2

    def __init__(self, named: str, words: str) -> None:
        super().__init__(f"{named} does not say {words!r}: give some words of the sentence as they stand in it")
        self.named, self.words = named, words


def why_not_coded(named: str, words: str, settings: Settings) -> Unexplained:
    """What was tried at each word of the sentences that some words stand in, of an article or a file.

    Raises:
        NoSuchArticleError: there is no such article.
        NoSuchWordsError: it does not hold these words.
        NoEditionError: it is no file, and nothing was published yet.
    """
    text, day = _read(named, settings)
    asked = _place(text, words)
    if asked is None:
        raise NoSuchWordsError(named, words)
    return Unexplained(text, tuple(why_not(Reading(text, day, "en", model=chosen_model()), asked)))


def _read(named: str, settings: Settings) -> tuple[str, date]:
    if Path(named).is_file():
        records, text = extract(given(named, None, None, settings), settings)
        return text, records[0].published_on
    found = article_named(named, settings)
    return found.text, found.published_on


def _place(text: str, words: str) -> Span | None:
    """Where words stand in a text, whatever the blanks between them."""
    parts = words.split()
    found = re.search(r"\s+".join(map(re.escape, parts)), text) if parts else None
    return Span(*found.span()) if found else None
