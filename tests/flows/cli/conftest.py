from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from flows.cli import app
from flows.settings import settings
from storage.home import Home

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def _away_from_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees or touches the settings, homes and history of whoever runs it."""
    for name in ("DATELINE_HOME", "DATELINE_DEBUG", "DATELINE_ALLOW_PRIVATE_ADDRESSES", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATELINE_DEMO_HOME", str(tmp_path / "demo"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    settings.cache_clear()


@pytest.fixture
def run() -> Run:
    """Run `dateline` in this process: the home, then the arguments."""

    def call(home: Home, *arguments: str, text: str | None = None) -> Result:
        return CliRunner().invoke(app, ["--home", str(home.root), *arguments], input=text)

    return call


@pytest.fixture
def program() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run `dateline` as a process of its own."""

    def call(*arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "flows.cli", *arguments]
        return subprocess.run(command, input=text, capture_output=True, text=True, check=False, timeout=60)

    return call
