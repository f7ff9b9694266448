"""Two files take turns: one is the published edition, in the other the next one grows, from the edition before last.

So publishing costs what is new, not what is there: nothing is copied. The private file is worked on only as it was left
(a publisher that was killed, or a hand that wrote into it, leaves it otherwise) and only when nobody reads it any more;
else a copy of the published file takes its place. Where neither is as it was left, the log has everything.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from storage.drafts import drafted_file
from storage.durability import fsync_file, fsync_folder, make_folder
from storage.edition.files import copy_durably, is_unread
from storage.home import Home


class Holding(msgspec.Struct, frozen=True):
    """What an edition holds: made by which schema, up to where in the log, in how many additions."""

    schema_sha256: str
    position: int
    digest: str
    additions: int


class _Left(msgspec.Struct, frozen=True):
    """How a file was left, and what it holds."""

    size_bytes: int
    modified_ns: int
    holding: Holding


@dataclass(frozen=True)
class Turns:
    """The two files of one home; to be used under the publisher's lock."""

    home: Home

    def published(self) -> Holding | None:
        """What the published edition holds; None when there is none, or not as it was left."""
        return self._holding(self.home.edition)

    def take(self, schema_sha256: str) -> Holding | None:
        """Have a private file to work on, and say what it holds; None when the log must fill a new one."""
        self._clear()
        there = ((path, self._holding(path)) for path in (self.home.edition, self.home.base))
        fit = {path: holding for path, holding in there if holding and holding.schema_sha256 == schema_sha256}
        if self.home.base in fit and is_unread(self.home.base):
            self.home.base.chmod(0o644)
            return fit[self.home.base]
        for path, holding in fit.items():
            self._copy_to_base(path)
            return holding
        return None

    def _copy_to_base(self, source: Path) -> None:
        """A file of its own: whoever reads the one that has been there keeps it."""
        base = self.home.base
        if source == base:
            source = base.replace(self._draft)
        base.unlink(missing_ok=True)
        copy_durably(source, base)
        self._draft.unlink(missing_ok=True)

    def discard(self) -> None:
        """Let there be no private file, nor anything that is left of unfinished work."""
        make_folder(self.home.base.parent)
        self._clear()
        self.home.base.unlink(missing_ok=True)

    def _clear(self) -> None:
        """Remove what killed publishers left behind."""
        base, edition = self.home.base, self.home.edition
        for stale in (self._draft, base.with_name(base.name + ".wal"), *edition.parent.glob(f".{edition.name}.*")):
            stale.unlink(missing_ok=True)
        shutil.rmtree(base.with_name(base.name + ".tmp"), ignore_errors=True)  # where DuckDB spills to

    def put_in_place(self, holding: Holding, *, keep_old: bool) -> None:
        """Publish the private file; readers of the one before keep it, and the next edition may grow in that.

        Unless *keep_old*, or where it is not as it was left, the next edition grows in a copy of the new one.
        """
        base, edition = self.home.base, self.home.edition
        fsync_file(base)
        base.chmod(0o444)
        old = self.published() if keep_old else None
        if old is None or not _linked(edition, self._draft):
            copy_durably(base, self._draft)
            old = holding
        self._note(_left(base, holding), _left(self._draft, old))
        # left by a killed read-write session on the old file, it would make the new one unopenable
        edition.with_name(edition.name + ".wal").unlink(missing_ok=True)
        base.replace(edition)
        self._draft.replace(base)
        fsync_folder(base.parent)
        fsync_folder(edition.parent)

    @property
    def _draft(self) -> Path:
        return self.home.base.with_name("next.duckdb")

    @property
    def _ledger(self) -> Path:
        return self.home.base.with_name("files.json")

    def _note(self, *files: _Left) -> None:
        with drafted_file(self._ledger, force=True) as draft:
            draft.write_bytes(msgspec.json.encode(files))

    def _holding(self, path: Path) -> Holding | None:
        """What a file holds; None when it is not as it was left."""
        try:
            known = msgspec.json.decode(self._ledger.read_bytes(), type=list[_Left])
            found = path.stat()
        except (FileNotFoundError, msgspec.MsgspecError):
            return None
        looks = (found.st_size, found.st_mtime_ns)
        return next((each.holding for each in known if (each.size_bytes, each.modified_ns) == looks), None)


def _left(path: Path, holding: Holding) -> _Left:
    found = path.stat()
    return _Left(found.st_size, found.st_mtime_ns, holding)


def _linked(path: Path, other: Path) -> bool:
    """Give a file a second name, where the file system can."""
    with suppress(OSError):
        os.link(path, other)
        return True
    return False
