"""Running the nightly flow from this process, on the embedded Prefect server or the user's."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from flows.engine import prepare, settle
from flows.settings import Settings


class NightFailedError(RuntimeError):
    """The flow ended otherwise than by itself."""


@dataclass(frozen=True)
class NightReport:
    """How a night ended."""

    outcome: str
    run_id: str = ""
    counts: dict[str, int] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def run_night(settings: Settings, day: date | None = None, *, between_nights: bool = False) -> NightReport:
    """Run one night to its end.

    Raises:
        NightFailedError: it broke; what it had committed stands.
    """
    os.environ["DATELINE_HOME"] = str(settings.place.root)
    prepare(settings.place.prefect)
    from flows.nightly import nightly

    state = nightly(day, between_nights=between_nights, return_state=True)
    if state.state_details.flow_run_id is not None:
        settle(state.state_details.flow_run_id)
    if state.is_completed():
        ended: Any = state.result()
        return NightReport(**ended)
    if state.is_cancelled():
        return NightReport("cancelled")
    error = state.result(raise_on_failure=False)
    if isinstance(error, Exception):
        raise error
    raise NightFailedError(state.message or f"the night ended {state.name}")
