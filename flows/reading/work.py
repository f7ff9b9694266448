"""What worker processes do: clean a page, read a text. Importable without Prefect, storage engines or the network."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from extractors.cleaning import Claimed, CleanedText, Method, Rejection, clean
from extractors.extractor import Extractor, discover
from extractors.language.reading import Reading
from storage.payloads import storable
from storage.vocabulary import Finding
from storage.words import quotes

_R = TypeVar("_R")
_YOUNG_OBJECTS = 50_000  # before a collection; Python's 700 cost four parts in a hundred of what reading takes


@dataclass(frozen=True)
class Timed(Generic[_R]):
    """A result with the CPU time it took."""

    value: _R
    cpu_seconds: float


@dataclass(frozen=True)
class ReadBy:
    """What one extractor made of one text: findings, or why there are none."""

    producer: str
    version: int
    findings: tuple[Finding, ...] = ()
    error: str | None = None
    refusal: str | None = None
    read_until: int | None = None  # of a text that is too long


def keep_loaded() -> None:
    """Leave what is loaded by now out of garbage collections, and collect seldom: a text leaves few cycles behind."""
    gc.collect()
    gc.freeze()  # a collection in a forked process would copy every page it touches
    gc.set_threshold(_YOUNG_OBJECTS, 20, 20)


def timed(work: Callable[[], _R]) -> Timed[_R]:
    """Do the work and say what CPU time it took."""
    before = time.process_time()
    value = work()
    return Timed(value, time.process_time() - before)


def clean_page(
    body: bytes, content_type: str | None, claimed: Claimed, captured_at: datetime, method: Method = "balanced"
) -> Timed[CleanedText | Rejection]:
    """Recover the text of a page."""
    return timed(lambda: clean(body, content_type, claimed, captured_at, method))


def read_text(
    text: str, published_on: date, language: str | None, names: tuple[str, ...], model: str | None = None
) -> Timed[list[ReadBy]]:
    """Read a text with the extractors named; one that breaks does not stop the others. *model*: see chosen_model."""
    reading = Reading(text=text, published_on=published_on, language=language, model=model)
    chosen = [discover()[name] for name in names]
    return timed(lambda: [_read(each, reading) for each in chosen])


def _read(each: Extractor, reading: Reading) -> ReadBy:
    refusal = each.refusal(reading)
    if refusal is not None:
        return ReadBy(each.name, each.version, refusal=refusal)
    try:
        findings = tuple(map(storable, each.read(reading)))
        return ReadBy(each.name, each.version, findings=findings, read_until=reading.read_until)
    except Exception as broken:  # noqa: BLE001 - whatever an extractor raises becomes an ExtractionFailed
        return ReadBy(each.name, each.version, error=_told(broken, reading.text))


def _told(broken: Exception, text: str) -> str:
    """Type and message of an error; the message only where it does not repeat the article, which may be forgotten."""
    message = f"{type(broken).__name__}: {broken}"
    return type(broken).__name__ if quotes(text, message) else message
