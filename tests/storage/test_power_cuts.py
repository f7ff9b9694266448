"""What is acknowledged survives: data is on the disk before the commit, the commit before the acknowledgement."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from storage import delta
from storage.home import Home
from storage.log import Log
from storage.texts import TextStore
from tests.storage.power import Disk, Tree, restore, watched
from tests.storage.records_of import discovered


def test_data_is_synced_before_the_commit_and_the_commit_before_the_acknowledgement(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    Log(home).append([discovered("a")])
    steps: list[str] = []
    fsync, transact, replace = os.fsync, delta._transact, os.replace

    def note_sync(descriptor: int) -> None:
        path = Path(f"/dev/fd/{descriptor}").resolve()
        steps.append(f"sync {path.suffix or path.name}")
        fsync(descriptor)

    def note_commit(*arguments: Any) -> None:
        steps.append("commit")
        transact(*arguments)

    def note_replace(source: Path, target: Path) -> None:
        steps.append(f"replace {Path(target).name}")
        replace(source, target)

    monkeypatch.setattr("os.fsync", note_sync)
    monkeypatch.setattr("os.replace", note_replace)
    monkeypatch.setattr(delta, "_transact", note_commit)
    Log(home).append([discovered("b")])
    assert steps == [
        "sync .parquet",  # the segment's bytes,
        "sync log",  # then its name,
        "commit",  # then it becomes visible;
        "sync .json",  # the commit's bytes,
        "sync _delta_log",  # then its name; from here on it may be acknowledged
        "sync .tmp",  # the head outside the log comes last: it may lag, never lead
        "replace head.json",
        "sync home",
    ]


@pytest.fixture
def disk(home: Home, monkeypatch: pytest.MonkeyPatch) -> Disk:
    """Two appends and a text, with a power cut possible at every sync."""
    monkeypatch.setattr(delta, "_COMMITS_PER_CHECKPOINT", 2)
    with watched(home.root, monkeypatch) as disk:
        disk.mark("nothing")
        for name in "abc":
            TextStore(home).put([f"text {name}"])
            Log(home).append([discovered(name), discovered(f"{name}-other")])
            disk.mark(name)
    return disk


@pytest.mark.parametrize("left", ["kept", "torn"])
def test_after_a_power_cut_at_any_moment_nothing_acknowledged_is_lost_and_work_goes_on(
    disk: Disk, left: str, tmp_path: Path
) -> None:
    seen: set[str] = set()
    for number, moment in enumerate(disk.moments):
        tree: Tree = getattr(moment, left)
        if (key := repr(sorted(tree.items()))) in seen:
            continue
        seen.add(key)
        home = Home(tmp_path / f"cut-{number}")
        home.root.mkdir()
        restore(tree, home.root)
        log, acknowledged = Log(home), moment.marks[1:]
        known = log.known(discovered(str(name)).event_id for name in acknowledged)
        assert len(known) == len(acknowledged), f"cut {number}: {sorted(tree)}"
        assert log.append([discovered("after")]).head.position == log.head().position
        positions = [(each.first, each.last) for each in log.segments()]
        assert [first for first, _ in positions] == [1, *(last + 1 for _, last in positions[:-1])]
        TextStore(home).put([f"text {name}" for name in acknowledged])
    assert len(seen) > 20
