from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from storage.home import Home
from storage.log import Log
from tests.storage.homes import fill, published

Run = Callable[..., Any]


@pytest.fixture
def kept(home: Home) -> Home:
    fill(home)
    published(home)
    return home


def test_files_are_merged_and_everything_else_stays(run: Run, kept: Home) -> None:
    verified = run(kept, "verify").stdout
    answer = run(kept, "compact")
    assert answer.exit_code == 0
    assert answer.stdout == "log: 4 files became 1.\ntexts: 3 files became 1.\n"
    assert len(Log(kept).files()) == 1
    assert run(kept, "verify").stdout == verified
    assert run(kept, "publish").stdout.startswith("Nothing new: ")
    assert run(kept, "compact").stdout.startswith("log: 1 file, nothing to merge.\n")


def test_a_home_without_a_log_is_said(run: Run, empty: Home) -> None:
    empty.root.mkdir()
    answer = run(empty, "compact")
    assert (answer.exit_code, answer.stdout) == (0, f"{empty.root} holds no log yet.\n")


def test_a_retention_of_nothing_is_wrong_usage(run: Run, kept: Home) -> None:
    assert run(kept, "compact", "--retain-hours", "0").exit_code == 2


def test_a_damaged_segment_is_named_and_ends_with_1(run: Run, kept: Home) -> None:
    file = Path(Log(kept).files()[0])
    file.write_bytes(file.read_bytes()[:-9])
    answer = run(kept, "compact")
    assert answer.exit_code == 1
    assert file.name in answer.stderr
    assert "dateline verify" in answer.stderr
