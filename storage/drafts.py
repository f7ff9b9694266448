"""Files and folders that appear whole or not at all: written beside their place, synced, then renamed into it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from storage.delta import fsync_folder


class AlreadyThereError(FileExistsError):
    """Something stands where a result would go."""

    exit_code = 2

    def __init__(self, path: Path, advice: str) -> None:
        super().__init__(f"{path} is there already; {advice}")
        self.path = path


@contextmanager
def drafted_file(path: Path, *, force: bool = False) -> Generator[Path]:
    """A path to write to; the file takes its place when the block ends well, and leaves no trace otherwise.

    A link stays, and what it leads to is replaced.

    Raises:
        AlreadyThereError: the place is taken, and not *force*, or by what is no file.
    """
    path = path.resolve() if path.is_symlink() else path
    _refuse(path, force=force)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = _beside(path)
    with _named(draft, path):
        try:
            yield draft
            _fsync(draft)
            _refuse(path, force=force)
            draft.replace(path)
            fsync_folder(path.parent)
        finally:
            draft.unlink(missing_ok=True)


@contextmanager
def drafted_folder(path: Path) -> Generator[Path]:
    """A new folder to fill, which takes its place when the block ends well, and leaves no trace otherwise.

    Raises:
        AlreadyThereError: the place is taken by anything but an empty folder.
    """
    if path.exists() and not _is_empty_folder(path):
        raise AlreadyThereError(path, "name a folder that is new or empty")
    draft = _beside(path)
    with _thrown_away(draft), _named(draft, path):
        draft.mkdir(parents=True)
        yield draft
        _fsync_all(draft)
        draft.replace(path)
        fsync_folder(path.parent)


@contextmanager
def drafted_parts(folder: Path, taken: Sequence[Path], *, force: bool = False) -> Generator[Path]:
    """A folder to fill with folders, each of which takes its place in *folder* when the block ends well.

    *taken* are those there now that the new ones stand for: they go, even where no new one comes in their place. What
    else lies in *folder* stays.

    Raises:
        AlreadyThereError: one of them is there, and not *force*.
    """
    if taken and not force:
        raise AlreadyThereError(taken[0], "--force replaces it")
    draft = _beside(folder)
    with _thrown_away(draft), _named(draft, folder):
        new, old = draft / "new", draft / "old"
        new.mkdir(parents=True)
        old.mkdir()
        yield new
        _fsync_all(new)
        folder.mkdir(parents=True, exist_ok=True)
        for name in sorted({part.name for part in (*taken, *new.iterdir())}):
            for before, after in ((folder / name, old / name), (new / name, folder / name)):
                if before.exists():
                    before.replace(after)
        fsync_folder(folder)


def _refuse(path: Path, *, force: bool) -> None:
    if path.exists() and not path.is_file():
        raise AlreadyThereError(path, "and is no file; name another place")
    if path.exists() and not force:
        raise AlreadyThereError(path, "--force replaces it")


def _beside(path: Path) -> Path:
    """A hidden name in the same file system, so that a rename suffices."""
    whole = path.absolute()
    return whole.with_name(f".{whole.name}.{os.getpid()}")


@contextmanager
def _named(draft: Path, path: Path) -> Generator[None]:
    """Let what refuses the draft name the place it was meant for, which is what people asked for."""
    try:
        yield
    except OSError as refused:
        if not str(refused.filename).startswith(str(draft)):
            raise
        raise OSError(refused.errno, refused.strerror, str(path)) from refused


@contextmanager
def _thrown_away(draft: Path) -> Generator[None]:
    try:
        yield
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _is_empty_folder(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())


def _fsync_all(folder: Path) -> None:
    for each in folder.rglob("*"):
        _fsync(each)
    _fsync(folder)


def _fsync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
