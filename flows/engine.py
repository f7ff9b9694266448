"""Prefect made ready before it is imported: offline, quiet, patient, with its files in the home.

Without `PREFECT_API_URL` flows run on Prefect's embedded server; with it, on the user's.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from uuid import UUID

# the default 20 s start limit leaves a half-migrated database; both opt-outs are needed to be offline
_ALWAYS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLI_PROMPT": "false",
}
_EMBEDDED = {
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_SERVER_LEVEL": "ERROR",
    "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
}


def prepare(prefect_home: Path) -> None:
    """Set what Prefect reads when it is imported; what the user has set stays."""
    for name, value in _ALWAYS.items():
        os.environ.setdefault(name, value)
    if "PREFECT_API_URL" in os.environ:
        return
    prefect_home.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("PREFECT_HOME", str(prefect_home))
    for name, value in _EMBEDDED.items():
        os.environ.setdefault(name, value)


def wanted_state() -> str | None:
    """What somebody wants of the flow run that is under way, or of its root: "cancelling", "paused", or nothing.

    Nothing ends an in-process flow from outside: it must look for itself between batches.
    """
    from prefect.client.orchestration import get_client
    from prefect.runtime import flow_run

    ids = {each for each in (flow_run.id, flow_run.root_flow_run_id) if each}
    with get_client(sync_client=True) as client:
        states = [client.read_flow_run(UUID(str(each))).state for each in ids]
    names = {str(state.type.value) for state in states if state is not None}
    if names & {"CANCELLING", "CANCELLED"}:
        return "cancelling"
    return "paused" if names & {"PAUSED"} else None


def settle(flow_run_id: UUID, patience_seconds: float = 15.0) -> None:
    """Wait until the server has recorded the run's tasks: at exit the embedded one drops what is still on its way."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId
    from prefect.events.worker import EventsWorker

    EventsWorker.drain_all(timeout=patience_seconds)
    this_run = FlowRunFilter(id=FlowRunFilterId(any_=[flow_run_id]))
    until, counted = time.monotonic() + patience_seconds, -1
    with get_client(sync_client=True) as client:
        while time.monotonic() < until:
            runs = client.read_task_runs(flow_run_filter=this_run)
            if len(runs) == counted and all(run.state is not None and run.state.is_final() for run in runs):
                return
            counted = len(runs)
            time.sleep(0.1)
