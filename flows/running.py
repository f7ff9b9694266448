"""Running flows from this process, on the embedded Prefect server or the user's."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from flows.engine import prepare, settle
from flows.settings import Settings

if TYPE_CHECKING:
    from flows.backfill.request import Request


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

    ended = _result(nightly(day, between_nights=between_nights, return_state=True))
    return NightReport("cancelled") if ended is None else NightReport(**ended)


@dataclass(frozen=True)
class BackfillReport:
    """How a backfill ended: outcome `done`, `retry`, `cancelled` or `nothing`; how each day did; what has changed."""

    outcome: str
    run_id: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    units: list[dict[str, Any]] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def run_backfill(request: Request, settings: Settings) -> BackfillReport:
    """Run one backfill to its end.

    Raises:
        NightFailedError: it broke; what it had committed stands.
    """
    os.environ["DATELINE_HOME"] = str(settings.place.root)
    os.environ["DATELINE_WORKERS"] = str(settings.workers)
    prepare(settings.place.prefect)
    import msgspec

    from flows.backfilling import backfill

    options = msgspec.json.decode(msgspec.json.encode(request))
    named = {name: options.pop(name) for name in ("since", "until", "source", "only")}
    ended = _result(backfill(**named, options=options, return_state=True))
    return BackfillReport("cancelled") if ended is None else BackfillReport(**ended)


def _result(state: Any) -> dict[str, Any] | None:  # noqa: ANN401 - Prefect's state
    """What a flow has returned, once the server has recorded it; None when it was cancelled."""
    if state.state_details.flow_run_id is not None:
        settle(state.state_details.flow_run_id)
    if state.is_completed():
        ended: dict[str, Any] = state.result()
        return ended
    if state.is_cancelled():
        return None
    error = state.result(raise_on_failure=False)
    if isinstance(error, Exception):
        raise error
    raise NightFailedError(state.message or f"the run ended {state.name}")
