"""The demo as a newcomer runs it: a process of its own, the real flow, an embedded Prefect server."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows.demo.nights import NotADemoHomeError, start_over
from storage.edition.ask import ask
from storage.home import Home


@pytest.mark.prefect
def test_the_demo_ends_well_and_shows_what_was_found(tmp_path: Path) -> None:
    home = Home(tmp_path / "demo")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environment |= {"DATELINE_DEMO_HOME": str(home.root)}
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", "demo"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    for heading in ("What a text says", "A correction caught", "One story, counted once", "What to do next"):
        assert heading in done.stdout
    assert f"--home {home.root}" in done.stdout
    assert "Traceback" not in done.stderr
    assert ask(home, "SELECT count(*) FROM runs WHERE outcome = 'done'").rows == [(2,)]


def test_a_folder_that_the_demo_did_not_make_is_left_alone(tmp_path: Path) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("mine")
    with pytest.raises(NotADemoHomeError, match="DATELINE_DEMO_HOME"):
        start_over(Home(tmp_path))
    assert mine.read_text() == "mine"


def test_the_demos_own_folder_is_emptied_but_for_prefects_database(tmp_path: Path) -> None:
    home = Home(tmp_path / "demo")
    start_over(home)
    (home.root / "log").mkdir()
    (home.root / "feeds.opml").write_text("old")
    home.prefect.mkdir()
    start_over(home)
    assert {each.name for each in home.root.iterdir()} == {"DEMO.txt", "prefect"}
