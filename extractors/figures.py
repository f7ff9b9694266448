"""How many, how much, how old, how long: the numbers a text gives for something, with what they count.

Numbers are read by rules over the text; the parts of speech only tell what is counted. Left out are dates, years, clock
times, telephone numbers, addresses, results of games, numbers in names, and "one" where it is a pronoun. Vague plurals
("dozens", "hundreds of") are given with the least they can mean and the comparator ~.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from msgspec.structs import replace
from typing_extensions import Doc

from extractors.extractor import extractor
from extractors.language.amounts import Amount, amounts
from extractors.language.casualties import Casualty, casualty_of, is_included
from extractors.language.comparators import Comparator
from extractors.language.compound_amounts import compounded
from extractors.language.counted import Counted, Nouns
from extractors.language.reading import Reading
from extractors.language.reporting.around import around
from storage.events import Finding, Span, event

FigureType = Literal[
    "count", "casualties", "percent", "fraction", "money", "duration", "measure", "age", "ordinal"
]  # fmt: skip
_MOST_WORDS = 6
_CASUALTY_NOUNS = frozenset({"casualty"})


@event
class FigureReported(Finding, frozen=True, kw_only=True):
    """The text gives a number for something: "more than a million people"."""

    span: Annotated[Span, Doc("the whole phrase: comparator, number and unit")]
    value: Annotated[
        Decimal,
        Doc("the number, the lower of a range; of dozens, hundreds and such the least they mean; null from 10^32 on"),
    ]
    value_max: Annotated[Decimal | None, Doc("the higher number of a range, else null; null from 10^32 on")] = None
    comparator: Annotated[Comparator, Doc("=, >, >=, <, <=, or ~ for about, nearly and vague plurals")] = "="
    figure_type: Annotated[FigureType, Doc("what kind of number it is")]
    currency: Annotated[str | None, Doc("ISO 4217 code; null for other figures and where several countries share it")]
    casualty: Annotated[Casualty | None, Doc("what befell those counted; null for other figures")]
    unit: Annotated[str | None, Doc("unit or noun counted, singular, lower case but for scales: degree Celsius")]
    of: Annotated[str | None, Doc("what is counted or measured, as it stands in the text")]
    reported_in: Annotated[Span | None, Doc("first piece of the statement that gives it; null: the article itself")]


@extractor(version=1, languages=["en"])
def figures(reading: Reading) -> Iterator[FigureReported]:
    """The figures of a text, in its order."""
    found = list(compounded(reading.readable, amounts(reading.readable)))
    if not found:
        return
    told = list(_figures(reading, found))
    statements = around(reading.speeches, (figure.span.start for figure in told))
    for figure, statement in zip(told, statements, strict=True):
        yield replace(figure, reported_in=statement)


def _figures(reading: Reading, found: list[Amount]) -> Iterator[FigureReported]:
    nouns = Nouns(reading)
    last: FigureReported | None = None
    for at, amount in enumerate(found):
        stop = found[at + 1].start if at + 1 < len(found) else len(reading.readable)
        figure = _figure(reading.written, amount, nouns, stop, last)
        if figure is not None:
            last = figure
            yield figure


def _figure(text: str, amount: Amount, nouns: Nouns, stop: int, last: FigureReported | None) -> FigureReported | None:
    counted = _counted(text, amount, nouns, stop)
    if amount.type == "ordinal" and counted is None and amount.is_adverb:
        return None
    if amount.type != "count":
        return _reported(amount, amount.type, amount.unit.name if amount.unit else None, counted, text)
    words = counted.span.of(text) if counted else ""
    end = counted.span.end if counted else amount.end
    casualty = casualty_of(text, amount.start, end, words)
    if casualty is None and last and last.casualty and is_included(text, last.span.end, amount.start, end):
        casualty = last.casualty
    if amount.is_bare_one and not (counted or casualty):
        return None
    unit = counted.head if counted else None
    kind: FigureType = "casualties" if casualty or unit in _CASUALTY_NOUNS else "count"
    return _reported(amount, kind, unit, counted, text, casualty)


def _counted(text: str, amount: Amount, nouns: Nouns, stop: int) -> Counted | None:
    """After a unit only what stands with "of" or hyphens: 5% of voters, a 45-minute call."""
    has_unit = amount.type not in {"count", "ordinal"}
    is_joined = text[amount.number_end : amount.number_end + 1] in {"-", "\u2011"}
    if has_unit and not (is_joined or text[amount.end : amount.end + 4] == " of "):
        return None
    return nouns.after(amount.end, stop)


def _reported(
    amount: Amount,
    kind: FigureType,
    unit: str | None,
    counted: Counted | None,
    text: str,
    casualty: Casualty | None = None,
) -> FigureReported:  # fmt: skip
    end = counted.span.end if counted and amount.type == "count" else amount.end
    return FigureReported(
        span=Span(amount.start, end),
        value=amount.value,
        value_max=amount.value_max,
        comparator=amount.comparator,
        figure_type=kind,
        currency=amount.unit.currency if amount.unit else None,
        casualty=casualty,
        unit=unit or _implied(kind, counted),
        of=" ".join(counted.span.of(text).split()[:_MOST_WORDS]) if counted else None,
        reported_in=None,
    )


def _implied(kind: FigureType, counted: Counted | None) -> str | None:
    """The unit nobody writes: years of an age, the noun of an ordinal."""
    return "year" if kind == "age" else counted.head if counted and kind == "ordinal" else None
