"""The flow itself, on real Prefect servers: embedded for a run of one's own, a served one for the deployment."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from flows.feed_list import FeedList
from flows.press import SamplePress
from storage.home import Home
from tests.flows.nights import rows
from tests.flows.waiting import until

pytestmark = pytest.mark.prefect
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Server:
    """A real Prefect server on loopback, with its files in a folder of its own."""

    api: str
    environment: dict[str, str]

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        request = Request(
            f"{self.api}/{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urlopen(request, timeout=30) as answer:
            return json.loads(answer.read() or b"null")

    def prefect(self, *arguments: str, cwd: Path = ROOT) -> str:
        command = [sys.executable, "-m", "prefect", "--no-prompt", *arguments]
        done = subprocess.run(command, cwd=cwd, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as out, subprocess.Popen(command, env=environment, stdout=out, stderr=out, cwd=ROOT) as process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder, port = tmp_path_factory.mktemp("prefect"), free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "DATELINE_"))},
        "PREFECT_HOME": str(folder),
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    found = Server(environment["PREFECT_API_URL"], environment)
    with running(command, environment, folder / "server.log"):
        until(lambda: found.ask("health"), "the start of the server")
        yield found


@pytest.fixture(scope="module")
def deployment(server: Server) -> dict[str, Any]:
    """The deployment of `deployments/prefect.yaml`, deployed with the commands that stand in its head."""
    server.prefect("work-pool", "create", "--type", "process", "dateline")
    server.prefect("deploy", "--all", "--prefect-file", "deployments/prefect.yaml")
    found: dict[str, Any] = server.ask("deployments/name/nightly/nightly")
    return found


def ended_run(server: Server, run: str) -> dict[str, Any] | None:
    found: dict[str, Any] = server.ask(f"flow_runs/{run}")
    return found if found["state_type"] in {"COMPLETED", "FAILED", "CRASHED"} else None


def flow_runs(server: Server, deployment: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = server.ask(
        "flow_runs/filter", {"deployments": {"id": {"any_": [deployment["id"]]}}, "limit": 100}
    )
    return found


def test_the_cron_schedule_really_creates_runs(server: Server, deployment: dict[str, Any]) -> None:
    [schedule] = deployment["schedules"]
    assert (schedule["active"], schedule["schedule"]["timezone"]) == (True, "UTC")
    runs = until(lambda: flow_runs(server, deployment), "a scheduled run")
    assert {run["state_type"] for run in runs} == {"SCHEDULED"}
    assert all("T02:30" in run["expected_start_time"] for run in runs)


@contextmanager
def filled_home(path: Path) -> Iterator[tuple[Home, dict[str, str], SamplePress]]:
    home = Home(path)
    with SamplePress(night=1, port=0) as press:
        feeds = FeedList.load(home.feed_list)
        for address in press.feeds:
            feeds.add(address)
        yield home, {"DATELINE_HOME": str(path), "DATELINE_ALLOW_PRIVATE_ADDRESSES": "true"}, press


def test_a_worker_of_the_process_pool_runs_the_night(
    server: Server, deployment: dict[str, Any], tmp_path: Path
) -> None:
    with filled_home(tmp_path / "home") as (home, settings, _):
        run = server.ask(f"deployments/{deployment['id']}/create_flow_run", {"parameters": {"day": "2026-03-07"}})
        worker = [sys.executable, "-m", "prefect", "worker", "start", "--pool", "dateline", "--run-once"]
        with running(worker, {**server.environment, **settings}, tmp_path / "worker.log"):
            ended = until(lambda: ended_run(server, run["id"]), "the end of the run")
        said = (tmp_path / "worker.log").read_text()
        assert (ended["state_type"], ended["name"]) == ("COMPLETED", "nightly-2026-03-07"), said
        assert rows(home, "SELECT count(*) > 20 FROM articles") == [(True,)]
        assert rows(home, "SELECT day::VARCHAR, outcome FROM runs") == [("2026-03-07", "done")]
        artifacts = server.ask("artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [run["id"]]}}})
        tables = {artifact["key"]: json.loads(artifact["data"]) for artifact in artifacts}
        assert len(tables["nightly-feeds"]) == 5
        assert tables["nightly-warnings"] == []


def test_a_cancelled_night_ends_cancelled_and_keeps_its_commits(server: Server, tmp_path: Path) -> None:
    """Cancelled between polling and reading: the flow sees its own state and ends itself."""
    script = tmp_path / "cancelled.py"
    script.write_text(
        "from flows import nightly as module\n"
        "from flows.night.night import Night\n"
        "from prefect.client.orchestration import get_client\n"
        "from prefect.runtime import flow_run\n"
        "from prefect.states import Cancelling\n"
        "from uuid import UUID\n"
        "polled = Night.poll\n"
        "def poll(self, feeds):\n"
        "    counts = polled(self, feeds)\n"
        "    with get_client(sync_client=True) as client:\n"
        "        client.set_flow_run_state(UUID(flow_run.root_flow_run_id), Cancelling(), force=True)\n"
        "    return counts\n"
        "Night.poll = poll\n"
        "if __name__ == '__main__':\n"
        "    state = module.nightly(return_state=True)\n"
        "    print('STATE', state.type.value, state.state_details.flow_run_id)\n"
    )
    with filled_home(tmp_path / "home") as (home, settings, press):
        environment = {**server.environment, **settings, "DATELINE_FEEDS_PER_TASK": "2"}
        command = [sys.executable, str(script)]
        done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
        said = next(line for line in done.stdout.splitlines() if line.startswith("STATE")).split()
        assert said[1] == "CANCELLED", done.stderr
        assert server.ask(f"flow_runs/{said[2]}")["state_type"] == "CANCELLED"
        assert rows(home, "SELECT outcome FROM runs") == [("cancelled",)]
        assert rows(home, "SELECT count(*) FROM log.feed_polled") == [(2,)]
        assert sum(url.endswith(".html") for url, _ in press.requests) == 0


def test_the_embedded_server_runs_nights_from_the_command_line(tmp_path: Path) -> None:
    with filled_home(tmp_path / "home") as (home, settings, press):
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")},
            **settings,
        }
        command = [sys.executable, "-m", "flows.cli", "nightly", "--json"]
        first = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (first.returncode, first.stderr) == (0, "")
        assert json.loads(first.stdout)["counts"]["feeds"] == 5
        asked = sum(press.requests.values())
        again = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert json.loads(again.stdout)["counts"] == {"feeds": 5, "feeds_unchanged": 5}
        assert sum(press.requests.values()) - asked == 5
        assert rows(home, "SELECT count(DISTINCT run_id) FROM runs WHERE outcome = 'done'") == [(2,)]
        assert (home.prefect / "prefect.db").exists()
