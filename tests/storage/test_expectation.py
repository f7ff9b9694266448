from __future__ import annotations

from typing import Any

import pytest

from storage import delta
from storage.home import Home
from storage.log import Commit, ConflictError, Expected, Log
from tests.storage.records_of import discovered


def test_an_append_that_expects_the_head_it_has_read_goes_through(home: Home) -> None:
    log = Log(home)
    first = log.append([discovered("a")], Expected(0))
    assert log.append([discovered("b")], Expected(first.head.position)).head.position == 4


def test_an_append_on_an_outdated_head_is_refused_by_name(home: Home) -> None:
    log = Log(home)
    log.append([discovered("a")])
    with pytest.raises(
        ConflictError, match=r"the log was expected to end at position 0 and ends at 2; read"
    ) as refused:
        log.append([discovered("b")], Expected(0))
    assert (refused.value.expected, refused.value.found) == (Expected(0), 2)
    assert log.head().position == 2


def test_a_stream_is_guarded_alone(home: Home) -> None:
    log, stream = Log(home), discovered("a").stream
    assert log.version(stream) == 0
    log.append([discovered("b"), discovered("a")], Expected(0, stream))
    assert log.version(stream) == 2
    log.append([discovered("c")])
    log.append([discovered("a", headline="New")], Expected(2, stream))
    with pytest.raises(ConflictError, match=rf"stream {stream} was expected to end at position 2 and ends at 6"):
        log.append([discovered("a", headline="Newer")], Expected(2, stream))


def test_an_append_whose_acknowledgement_was_lost_can_be_repeated(home: Home) -> None:
    log, stream = Log(home), discovered("a").stream
    first = log.append([discovered("a")], Expected(0, stream))
    assert log.append([discovered("a")], Expected(0, stream)) == Commit(first.head, frozenset())


def test_what_another_writer_appends_meanwhile_is_a_conflict_too(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    log, overtaken = Log(home), list[bool]()
    log.append([discovered("a")])

    def overtake(*arguments: Any, **named: Any) -> None:
        if not overtaken:
            overtaken.append(True)
            Log(home).append([discovered("a", headline="Theirs")])
        delta.append_segment(*arguments, **named)

    monkeypatch.setattr("storage.log.append_segment", overtake)
    with pytest.raises(ConflictError):
        log.append([discovered("a", headline="Ours")], Expected(1, discovered("a").stream))
    assert log.head().position == 4
