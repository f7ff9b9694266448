"""A range of days of publication as commands take it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

Since = Annotated[
    datetime | None, typer.Option("--since", formats=["%Y-%m-%d"], metavar="DAY", help="First day of publication.")
]
Until = Annotated[
    datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], metavar="DAY", help="Last day of publication.")
]


def day_given(at: datetime | None) -> date | None:
    """The day that an option holds; Typer knows times alone."""
    return None if at is None else at.date()
