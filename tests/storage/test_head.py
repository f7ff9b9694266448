from __future__ import annotations

import json
import multiprocessing
import os
from pathlib import Path
from typing import Any

import deltalake
import pytest

from storage import delta
from storage.head import KeptHead, UnclosedLogError, kept_head
from storage.home import Home
from storage.log import Log, LostTailError, write_head
from storage.rows import to_rows
from tests.storage.records_of import NOON, discovered


def test_the_head_is_kept_outside_the_log_too(home: Home) -> None:
    head = Log(home).append([discovered("a")]).head
    assert json.loads(home.head.read_bytes()) == {"position": 2, "digest": head.digest}


def die_before_the_head_is_kept(root: str) -> None:
    import storage.log

    storage.log.write_head = lambda *_: os._exit(9)  # type: ignore[assignment]
    Log(Home(Path(root))).append([discovered("b")])


def test_a_process_that_dies_before_it_keeps_the_head_leaves_a_whole_log(home: Home) -> None:
    Log(home).append([discovered("a")])
    writer = multiprocessing.get_context("spawn").Process(target=die_before_the_head_is_kept, args=(str(home.root),))
    writer.start()
    writer.join()
    assert writer.exitcode == 9
    kept = kept_head(home.head)
    assert (kept and kept.position, Log(home).head().position) == (2, 4)
    assert Log(home).append([discovered("b"), discovered("c")]).new_ids == {discovered("c").event_id}
    assert kept_head(home.head) == KeptHead(6, Log(home).head().digest)


def test_a_log_that_lost_its_end_takes_nothing_more(home: Home) -> None:
    log = Log(home)
    log.append([discovered("a")])
    log.append([discovered("b")])
    (home.log / "_delta_log" / f"{2:020}.json").unlink()
    with pytest.raises(LostTailError, match=r"ends at position 2, but head\.json has seen position 4"):
        log.append([discovered("c")])
    home.head.unlink()
    assert log.append([discovered("c")]).head.position == 4


def test_the_kept_head_never_goes_back(home: Home) -> None:
    log = Log(home)
    first = log.append([discovered("a")]).head
    second = log.append([discovered("b")]).head
    write_head(home.head, first)
    assert kept_head(home.head) == KeptHead(second.position, second.digest)


@pytest.mark.parametrize("content", [b"", b"{", b'{"position": "x"}', b"\0\0"])
def test_a_torn_head_file_stops_nobody(home: Home, content: bytes) -> None:
    log = Log(home)
    log.append([discovered("a")])
    home.head.write_bytes(content)
    head = log.append([discovered("b")]).head
    assert kept_head(home.head) == KeptHead(head.position, head.digest)


def test_a_head_file_that_cannot_be_written_takes_no_commit_back(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("storage.log.write_head", refuse)
    assert Log(home).append([discovered("a")]).head.position == 2


def test_a_log_whose_last_row_closes_nothing_is_not_chained_to(home: Home) -> None:
    Log(home).append([discovered("a")])
    stray = to_rows([discovered("b")], 3, NOON)
    delta.append_segment(home.log, deltalake.DeltaTable(home.log), stray, keys=("position",), retries=0)
    with pytest.raises(UnclosedLogError, match="position 3"):
        Log(home).append([discovered("c")])
