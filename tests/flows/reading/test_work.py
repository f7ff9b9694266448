from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from extractors.extractor import Extractor
from extractors.language.reading import Reading
from flows.reading.work import _read
from storage.vocabulary import Span
from tests.storage.golden import RainMeasured


def measures(_: Reading) -> Iterator[RainMeasured]:
    yield RainMeasured(span=Span(0, 4), actor=None, amount=None, sources=[])
    yield RainMeasured(span=Span(0, 4), actor=None, amount=0.5, sources=[])  # type: ignore[arg-type]


def test_a_finding_that_cannot_be_stored_fails_its_extractor_alone() -> None:
    reading = Reading(text="Rain fell.", published_on=date(2026, 3, 2), language="en")
    read = _read(Extractor("rain", 1, measures), reading)
    assert read.findings == ()
    assert read.error is not None
    assert read.error.startswith("NotCanonicalError: RainMeasured.amount: 0.5 ")
