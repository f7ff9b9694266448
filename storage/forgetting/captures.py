"""Searching WARC files for what is forgotten, and overwriting it where it lies."""

from __future__ import annotations

import fcntl
import os
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path
from typing import NamedTuple

from storage.events import CapturePlace
from storage.forgetting.blanking import BLANKED, blank, note_at, shortened
from storage.forgetting.members import Member, members
from storage.forgetting.searched import Overwriting, Searched
from storage.forgetting.traces import Traces
from storage.home import Home
from storage.watching import Watcher

_GZIP = 31  # what zlib's wbits means

CutFeed = Callable[[bytes, str | None, str, frozenset[str]], bytes | None]
"""From a feed's body, its media type, its address and the addresses of articles to the body without the entries that
name one of them; the same body when none does, None when it cannot be cut."""


class Change(NamedTuple):
    """A member, and what is to replace it."""

    member: Member
    replacement: bytes


@dataclass
class CaptureSearch:
    """A search through the captures of one home."""

    home: Home
    traces: Traces
    searched: Searched
    cut: CutFeed
    watcher: Watcher
    blanked: int = 0
    shortened: int = 0
    _gone: set[str] = field(default_factory=set)  # ids of responses whose requests go too
    _kept: set[str] = field(default_factory=set)

    def run(self, *, anew: bool) -> None:
        """Search what was added since the last search, or everything."""
        self._mend()
        starts = self._starts(anew=anew)
        self.watcher.stage("captures", len(starts))
        for path, start in starts.items():
            self._search(path, start)
            self.watcher.advance()
        self.searched.save(self.home)

    def _starts(self, *, anew: bool) -> dict[Path, int]:
        """The byte of each file to begin at: records may name late what was written before."""
        late = self.traces.since(self.searched.position)
        starts: dict[Path, int] = {}
        for path in sorted(self.home.captures.glob("*.warc.gz")):
            reached = 0 if anew else self.searched.captures.get(path.name, 0)
            starts[path] = min([reached, *(place.offset for place in late if place.warc == path.name)])
        return starts

    def _search(self, path: Path, start: int) -> None:
        with FileIO(path, "r+") as file:
            changes = [*self._changes(file, path, start)]
            if changes:
                self._overwrite(file, path.name, changes)

    def _changes(self, file: FileIO, path: Path, start: int) -> Iterator[Change]:
        is_being_written = not _is_free(file)
        for member in members(path, start):
            if is_being_written and not member.is_whole:
                return
            replacement = self._replacement(file, path.name, member)
            if replacement is not None:
                yield Change(member, replacement)
            self.searched.captures[path.name] = member.end

    def _replacement(self, file: FileIO, name: str, member: Member) -> bytes | None:
        place, record_id = CapturePlace(name, member.offset), member.head.get("warc-record-id", "")
        if note_at(file, member.offset) == BLANKED:
            self._gone.add(record_id)
            return None
        if self._is_feed(place, member):
            return self._without_entries(file, member)
        is_forgotten = self._is_forgotten(place, member)
        (self._gone if is_forgotten else self._kept).add(record_id)
        return self._blank(member) if is_forgotten else None

    def _is_forgotten(self, place: CapturePlace, member: Member) -> bool:
        if place in self.traces.captures or place in self.traces.others:
            return place in self.traces.captures
        answer = member.head.get("warc-concurrent-to", "")
        if answer in self._gone or answer in self._kept:
            return answer in self._gone
        return member.uri in self.traces.uris

    def _is_feed(self, place: CapturePlace, member: Member) -> bool:
        return place in self.traces.answers or (member.kind == "response" and member.uri in self.traces.feeds)

    def _without_entries(self, file: FileIO, member: Member) -> bytes | None:
        if not member.is_whole:
            return self._blank(member)
        file.seek(member.offset)
        record = zlib.decompress(file.read(member.length), _GZIP)
        addresses = self.traces.addresses
        done = shortened(record, member.length, lambda body, kind: self.cut(body, kind, member.uri, addresses))
        if done is None:
            return self._blank(member)
        self.shortened += bool(done)
        return done or None

    def _blank(self, member: Member) -> bytes | None:
        replacement = blank(member)
        self.blanked += replacement is not None and member.kind != "request"
        return replacement

    def _overwrite(self, file: FileIO, name: str, changes: list[Change]) -> None:
        self.searched.overwriting = [
            Overwriting(CapturePlace(name, member.offset), member.length) for member, _ in changes
        ]
        self.searched.save(self.home)
        for member, replacement in changes:
            _write_at(file, member.offset, replacement)
        os.fsync(file.fileno())
        self.searched.overwriting = []

    def _mend(self) -> None:
        """Blank what a crash left half-overwritten, and search again from there."""
        for each in self.searched.overwriting:
            name, offset = each.place.warc, each.place.offset
            self.searched.captures[name] = min(offset, self.searched.captures.get(name, 0))
            if (self.home.captures / name).exists():
                _blank_unless_whole(self.home.captures / name, offset, each.length)
        self.searched.overwriting = []


def _blank_unless_whole(path: Path, offset: int, length: int) -> None:
    found, replacement = next(members(path, offset), None), blank(Member(offset, length, b""))
    if found is not None and replacement and not (found.is_whole and found.length == length):
        with FileIO(path, "r+") as file:
            _write_at(file, offset, replacement)
            os.fsync(file.fileno())


def _write_at(file: FileIO, offset: int, data: bytes) -> None:
    file.seek(offset)
    left = memoryview(data)
    while left:
        left = left[file.write(left) :]


def _is_free(file: FileIO) -> bool:
    """Whether no run is writing the file: writers hold a lock on it, which ends with them."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
