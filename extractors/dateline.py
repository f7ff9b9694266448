"""The line a report opens with: where it was written, for which agency, on which day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from typing_extensions import Doc

from extractors.extractor import extractor
from extractors.language.opening_line import opening_line
from extractors.language.reading import Reading
from storage.events import Finding, Span, event


@event
class DatelineRead(Finding, frozen=True, kw_only=True):
    """The text opens with a line that says where, and often for whom and when, it was written."""

    span: Annotated[Span, Doc("the dateline, without the dash that ends it")]
    place: Annotated[str, Doc("the place as it stands, region included: KYIV, Ukraine")]
    agency: Annotated[str | None, Doc("the agency in brackets as it stands, null where none is named")]
    written_on: Annotated[
        date | None,
        Doc("the day stated there, in the year that puts it nearest to published_on; null where none is stated"),
    ]


@extractor(version=1)
def dateline(reading: Reading) -> Iterator[DatelineRead]:
    """The dateline of a text, at most one."""
    line = opening_line(reading)
    if line:
        yield DatelineRead(span=line.span, place=line.place, agency=line.agency, written_on=line.written_on)
