"""Verifying a home: that the log is the one that was written, and that what its records name is there.

The chain of digests is recomputed from the rows alone, batch by batch, so it holds however files were compacted. What
stands outside the log is read first, then the log, then texts and captures: others may append meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

from storage.home import Home
from storage.log import CONFIGURATION
from storage.verification.archives import check_archive
from storage.verification.captures import Captures
from storage.verification.chain import Chain
from storage.verification.editions import check_edition
from storage.verification.findings import Fault, Findings
from storage.verification.forgotten import Gone
from storage.verification.ids import check_ids
from storage.verification.outside import Outside, outside
from storage.verification.rows import Row, UnreadableSegmentError, check_statistics, rows_in
from storage.verification.segments import Listed, Segment, is_whole, listed, note_strays
from storage.verification.suspects import SuspectRows
from storage.verification.texts import Texts
from storage.vocabulary import Event
from storage.watching import Nobody, Watcher

__all__ = ["Fault", "Verification", "verify"]


@dataclass(frozen=True)
class Verification:
    """What was looked at, up to which position, and what was found."""

    position: int
    digest: str
    records: int
    batches: int
    captures: int
    texts: int
    forgotten: int  # captures and texts that are gone because an article was forgotten
    faults: tuple[Fault, ...]
    unlisted_faults: int
    notes: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def verify(
    home: Home, classes: Mapping[str, type[Event]], *, quick: bool = False, watcher: Watcher | None = None
) -> Verification:
    """Look at everything in a home; *quick* leaves the contents of captures and texts unread.

    *classes* are the event classes by record type: they tell which records point to captures, and what makes an id.
    """
    return _Walk(home, classes, watcher or Nobody(), quick=quick).verification()


class _Walk:
    """One verification."""

    def __init__(self, home: Home, classes: Mapping[str, type[Event]], watcher: Watcher, *, quick: bool) -> None:
        self._home, self._watcher, self._quick = home, watcher, quick
        self._findings, self._gone = Findings(), Gone()
        self._chain = Chain(self._findings, SuspectRows(home, classes))
        self._captures = Captures(home, classes, self._findings, self._gone)

    def verification(self) -> Verification:
        """Walk, and say what was found."""
        marks = outside(self._home, self._findings)
        log = listed(self._home.log, self._findings, CONFIGURATION)
        with Texts(self._findings, self._gone) as texts:
            self._hold(texts)
            self._records(log, marks, texts)
        if not self._quick:
            self._archives()
            self._watcher.stage("ids")
            check_ids(log.segments, self._findings)
            check_edition(self._home, self._findings)
        note_strays(self._home.log, log, self._findings)
        self._notice_late()
        forgotten = self._gone.settle(self._findings)
        return Verification(
            position=self._chain.position,
            digest=self._chain.digest or "",
            records=self._chain.records,
            batches=self._chain.batches,
            captures=self._captures.read,
            texts=texts.named,
            forgotten=forgotten,
            faults=tuple(self._findings.faults),
            unlisted_faults=self._findings.unlisted,
            notes=tuple(self._findings.notes),
        )

    def _hold(self, texts: Texts) -> None:
        stored = listed(self._home.texts, self._findings)
        texts.is_known = stored.is_readable
        held: set[Segment] = set()
        while fresh := [each for each in stored.segments if each not in held]:
            # a forgetting or a compaction may have put other files in the place of one
            there = [each for each in fresh if each.path.exists()]
            again = stored if len(there) == len(fresh) else listed(self._home.texts, self._findings)
            lost = [each for each in fresh if each not in there and each in again.segments]
            whole = [each for each in (*there, *lost) if is_whole(each, self._findings)]
            texts.hold(whole, self._watcher, quick=self._quick)
            held.update(fresh)
            stored = again
        note_strays(self._home.texts, stored, self._findings)

    def _records(self, log: Listed, marks: Outside, texts: Texts) -> None:
        self._watcher.stage("records", sum(segment.rows for segment in log.segments))
        for segment in log.segments:
            if is_whole(segment, self._findings):
                self._segment(segment, marks, texts)
            else:
                self._chain.lose(segment.last)
        self._chain.end()
        if log.is_readable:
            marks.ended(self._chain.position, self._findings)

    def _segment(self, segment: Segment, marks: Outside, texts: Texts) -> None:
        first = last = rows = 0
        try:
            for chunk in rows_in(segment):
                self._chunk(chunk, marks, texts)
                first, last, rows = first or chunk[0].position, chunk[-1].position, rows + len(chunk)
        except UnreadableSegmentError as error:
            self._findings.fault(
                Fault(segment.where, f"cannot be read after position {last or segment.first - 1}: {error.why}")
            )
            self._chain.lose(segment.last)
        else:
            check_statistics(segment, first, last, rows, self._findings)

    def _chunk(self, rows: Sequence[Row], marks: Outside, texts: Texts) -> None:
        for row in rows:
            self._gone.notice(row)
            if digest := self._chain.add(row):
                marks.passed(row.position, digest, self._findings)
        self._captures.check(rows, quick=self._quick)
        texts.check(rows)
        self._watcher.advance(len(rows))

    def _notice_late(self) -> None:
        """Articles that were forgotten while we looked."""
        if self._gone.is_anything:
            for segment in listed(self._home.log, Findings()).segments:
                if segment.last > self._chain.position:
                    with suppress(UnreadableSegmentError):
                        for row in (row for chunk in rows_in(segment) for row in chunk):
                            self._gone.notice(row)

    def _archives(self) -> None:
        archives = sorted(self._home.captures.glob("*.warc.gz"))
        self._watcher.stage("captures", len(archives))
        for archive in archives:
            check_archive(archive, self._findings)
            self._watcher.advance()
