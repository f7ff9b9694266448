"""A disk that refuses is played by a limit to how large a file may become, in processes that end with the test."""

from __future__ import annotations

import multiprocessing
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from multiprocessing.connection import Connection
from pathlib import Path
from uuid import UUID

import pytest

from flows.vocabulary import vocabulary
from storage.captures import CaptureWriter, read_capture
from storage.edition.ask import ask
from storage.edition.publish import publish
from storage.events import CapturePlace
from storage.home import Home
from storage.log import Log
from storage.maintenance import compact
from storage.texts import TextStore
from tests.storage.homes import exchange, look
from tests.storage.records_of import discovered

TOO_LARGE = "File too large"
MANY = 4_000
Refusal = tuple[str, str, str]


def _attempt(work: Callable[..., object], arguments: tuple[object, ...], most_bytes: int, told: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    try:
        work(*arguments)
    except BaseException as error:  # noqa: BLE001 - the test says which one it has to be
        told.send((type(error).__name__, str(getattr(error, "strerror", error)), str(getattr(error, "filename", ""))))
    else:
        told.send(None)


def refused(most_bytes: int, work: Callable[..., object], *arguments: object) -> Refusal | None:
    """How *work* fails where no file may become larger; None when it does not."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    ours, theirs = context.Pipe()
    process = context.Process(target=_attempt, args=(work, arguments, most_bytes, theirs))
    process.start()
    theirs.close()
    refusal: Refusal | None = ours.recv()
    process.join()
    return refusal


def files(home: Home) -> set[Path]:
    """Every file of the home but locks, which are empty."""
    return {path for path in home.root.rglob("*") if path.is_file() and path.suffix != ".lock"}


def append(home: Home, *names: str) -> int:
    return Log(home).append([discovered(name) for name in names]).head.position


def put(home: Home, text: str) -> None:
    TextStore(home).put([text])


def publish_all(home: Home) -> None:
    publish(home, vocabulary())


def test_an_append_that_does_not_fit_changes_nothing_and_works_later(kept: Home) -> None:
    before = files(kept)
    name, why, where = refused(2_000, append, kept, "later") or ("", "", "")
    assert (name, why, Path(where).parent) == ("OSError", TOO_LARGE, kept.log)
    assert files(kept) == before
    assert Log(kept).head().position == 14
    assert append(kept, "later") == 16
    assert look(kept).is_sound


def test_the_first_append_to_a_full_disk_fails_in_words_and_works_later(home: Home) -> None:
    home.root.mkdir()
    name, why, _ = refused(100, append, home, "first") or ("", "", "")
    assert (name, why) == ("OSError", TOO_LARGE)
    assert look(home).is_sound
    assert append(home, "first") == 2
    assert look(home).is_sound


def test_texts_that_do_not_fit_are_not_there(kept: Home) -> None:
    before = files(kept)
    name, why, where = refused(500, put, kept, "Words. " * 99) or ("", "", "")
    assert (name, why, Path(where).parent) == ("OSError", TOO_LARGE, kept.texts)
    assert files(kept) == before
    put(kept, "Words. " * 99)
    assert len(TextStore(kept).files()) == 4


def _capture_three(home: Home) -> None:
    """One that fits, one that does not, and after space was made another one, by the same writer."""
    with CaptureWriter(home, UUID(int=5)) as writer:
        first = writer.exchange(exchange("https://example.org/1", b"one"))
        try:
            writer.exchange(exchange("https://example.org/2", os.urandom(9_000)))
        except OSError as error:
            assert error.filename == str(home.captures / first.warc)  # noqa: PT017 - in a process of its own
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        third = writer.exchange(exchange("https://example.org/3", b"three"))
        writer.sync()
    (home.root / "places").write_text(f"{first.warc} {first.offset} {third.offset}")


def test_a_capture_that_does_not_fit_leaves_its_file_whole(home: Home) -> None:
    assert refused(5_000, _capture_three, home) is None
    warc, first, third = (home.root / "places").read_text().split()
    assert read_capture(home, CapturePlace(warc, int(first))).body == b"one"
    assert read_capture(home, CapturePlace(warc, int(third))).body == b"three"
    found = look(home)
    assert (found.is_sound, found.notes) == (True, ())


def _capture(home: Home) -> None:
    with CaptureWriter(home, UUID(int=5)) as writer:
        writer.exchange(exchange("https://example.org/1", b"one"))


def test_a_capture_file_that_cannot_even_begin_is_not_there(home: Home) -> None:
    name, why, where = refused(100, _capture, home) or ("", "", "")
    assert (name, why, Path(where).parent) == ("OSError", TOO_LARGE, home.captures)
    assert files(home) == set()


def digest_of(words: bytes) -> str:
    return sha256(words).hexdigest()


def digest(file: Path) -> str:
    return digest_of(file.read_bytes())


@pytest.mark.parametrize("share", [0.1, 1.0])
def test_an_edition_that_does_not_fit_leaves_the_one_before(kept: Home, share: float) -> None:
    # so many that they do not fit into blocks that a database of any size has free
    append(kept, *(digest_of(str(number).encode()) for number in range(MANY)))
    before, limit = digest(kept.edition), int(kept.base.stat().st_size * share)
    name, why, where = refused(limit, publish_all, kept) or ("", "", "")
    assert (name, why, Path(where)) == ("OSError", TOO_LARGE, kept.base)
    assert digest(kept.edition) == before
    assert not [*kept.root.glob(".dateline.duckdb.*")]
    assert look(kept).is_sound
    publish_all(kept)
    assert ask(kept, "SELECT count(*), max(position) FROM log.events").rows == [(15 + MANY, 15 + MANY)]


def test_a_copy_that_does_not_fit_leaves_no_draft(kept: Home) -> None:
    kept.edition.unlink()
    name, why, where = refused(1_000_000, publish_all, kept) or ("", "", "")
    assert (name, why) == ("OSError", TOO_LARGE)
    assert str(kept.root) in where
    assert not [*kept.root.glob("*dateline.duckdb*")]
    publish_all(kept)
    assert ask(kept, "SELECT count(*) FROM log.events").rows == [(14,)]


def test_a_compaction_that_does_not_fit_leaves_the_log_as_it_was(kept: Home) -> None:
    before = files(kept)
    name, why, where = refused(5_000, compact, kept) or ("", "", "")
    assert (name, why, Path(where).parent) == ("OSError", TOO_LARGE, kept.log)
    assert files(kept) == before
    assert compact(kept)[0].files_after == 1


def test_a_command_says_it_in_words_and_ends_with_1(kept: Home) -> None:
    append(kept, "later")
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))"
    program = f"{limit}; from flows.cli import main; main()"
    command = [sys.executable, "-c", program, "--home", str(kept.root), "publish"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stderr) == (1, f"error: {kept.base}: {TOO_LARGE}\n")
