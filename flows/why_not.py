"""What stopped the frames of political events in a sentence of an article; read anew, nothing is stored."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import msgspec

from extractors.events.tracing import Tried, why_not
from extractors.extractor import discover
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


class NotReadError(ValueError):
    """Political events are not looked for in this article."""

    def __init__(self, named: str, why: str) -> None:
        super().__init__(f"{named}: political_events {why}")
        self.named, self.why = named, why


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
        NotReadError: it is written in another language.
        NoSuchWordsError: it does not hold these words.
        NoEditionError: it is no file, and nothing was published yet.
    """
    reading = _reading(named, settings)
    refusal = discover()["political_events"].refusal(reading)
    if refusal is not None:
        raise NotReadError(named, refusal)
    asked = _place(reading.text, words)
    if asked is None:
        raise NoSuchWordsError(named, words)
    return Unexplained(reading.text, tuple(why_not(reading, asked)))


def _reading(named: str, settings: Settings) -> Reading:
    if not Path(named).is_file():
        found = article_named(named, settings)
        return Reading(found.text, found.published_on, found.language, model=chosen_model())
    records, text = extract(given(named, None, None, settings), settings)
    [language] = [
        msgspec.json.decode(each.payload)["language"] for each in records if each.record_type == "ArticleCleaned"
    ]
    return Reading(text, records[0].published_on, language, model=chosen_model())


def _place(text: str, words: str) -> Span | None:
    """Where words stand in a text, whatever the blanks between them."""
    parts = words.split()
    found = re.search(r"\s+".join(map(re.escape, parts)), text) if parts else None
    return Span(*found.span()) if found else None
