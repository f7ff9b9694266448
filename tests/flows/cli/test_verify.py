from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from storage.home import Home
from tests.storage.homes import fill, published

Run = Callable[..., Any]


@pytest.fixture
def kept(home: Home) -> Home:
    fill(home)
    published(home)
    return home


def test_a_home_as_it_was_written_has_no_fault(run: Run, kept: Home) -> None:
    answer = run(kept, "verify")
    assert answer.exit_code == 0
    looked_at = "10 records in 4 batches up to position 14, 4 captures and 3 texts"
    assert answer.stdout == f"No fault in {kept.root}: {looked_at}.\n"


def test_json_tells_the_digest_up_to_which_it_was_verified(run: Run, kept: Home) -> None:
    told = json.loads(run(kept, "verify", "--json").stdout)
    assert (told["faults"], told["unlisted_faults"]) == ([], 0)
    assert told["digest"] == json.loads(kept.head.read_bytes())["digest"]


def test_faults_are_named_and_end_with_1(run: Run, kept: Home) -> None:
    archive = min(kept.captures.iterdir())
    archive.unlink()
    answer = run(kept, "verify")
    assert answer.exit_code == 1
    assert f"✗ captures/{archive.name} at byte " in answer.stdout
    assert ", position 4, event " in answer.stdout
    assert f"4 faults in {kept.root}: " in answer.stdout
    told = run(kept, "verify", "--json", "--quick")
    assert told.exit_code == 1
    assert {"where", "what", "position", "event_id"} == set(json.loads(told.stdout)["faults"][0])


def test_a_quick_look_says_what_it_left_out(run: Run, kept: Home) -> None:
    answer = run(kept, "verify", "--quick")
    assert answer.exit_code == 0
    assert "(contents not read)" in answer.stdout


def test_a_home_without_a_log_is_said(run: Run, empty: Home) -> None:
    empty.root.mkdir()
    answer = run(empty, "verify")
    assert (answer.exit_code, answer.stdout) == (0, f"{empty.root} holds no log yet: there is nothing to verify.\n")


@pytest.mark.parametrize("command", ["verify", "compact", "publish"])
def test_a_home_that_is_not_there_is_no_sound_one(run: Run, empty: Home, command: str) -> None:
    answer = run(empty, command)
    assert (answer.exit_code, f"there is no home at {empty.root}" in answer.stderr) == (1, True)
    assert not empty.root.exists()


def test_what_a_command_took_in_has_no_fault(run: Run, home: Home, tmp_path: Path) -> None:
    story = tmp_path / "beira.txt"
    story.write_text("date 2026-03-02\n\n" + "The rain stopped in Beira on Monday, officials of the port said. " * 8)
    assert run(home, "ingest", str(story)).exit_code == 0
    answer = run(home, "verify")
    assert (answer.exit_code, "1 captures and 1 texts" in answer.stdout) == (0, True)
