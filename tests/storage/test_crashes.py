from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from benchmarks.crash import ordeal
from flows.vocabulary import vocabulary as whole_vocabulary
from storage.edition.ask import ask
from storage.edition.publish import publish
from storage.edition.vocabulary import vocabulary
from storage.home import Home
from storage.log import Log
from tests.storage.records_of import discovered

KILLS = 30


def test_whoever_is_killed_whenever_nothing_acknowledged_is_lost_and_readers_notice_nothing(tmp_path: Path) -> None:
    outcome = ordeal(tmp_path / "home", KILLS, seed=20260302, longest_pause=0.8)
    assert outcome.is_good, outcome
    assert outcome.kills == KILLS
    assert outcome.reader_opens > 0


def test_an_edition_published_while_another_is_being_opened_is_not_mixed_with_it(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = vocabulary({}, [])
    log, connect, overtaken = Log(home), duckdb.connect, list[bool]()
    log.append([discovered("a")])
    publish(home, words)

    def overtake(*arguments: Any, **named: Any) -> duckdb.DuckDBPyConnection:
        opened = connect(*arguments, **named)
        if named.get("read_only") and not overtaken:
            overtaken.append(True)
            log.append([discovered("b")])
            publish(home, words)
        return opened

    monkeypatch.setattr("duckdb.connect", overtake)
    assert ask(home, "SELECT count(*) FROM log.events").rows == [(4,)]
    assert overtaken


def test_an_edition_follows_a_publisher_that_was_stopped_before_replacing_it(
    kept: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    Log(kept).append([discovered("later")])
    monkeypatch.setattr("storage.edition.publish._replace", stop)
    with pytest.raises(KeyboardInterrupt):
        publish(kept, whole_vocabulary())
    monkeypatch.undo()
    publish(kept, whole_vocabulary())
    assert ask(kept, "SELECT max(position) FROM log.events").rows == [(16,)]
