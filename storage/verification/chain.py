"""The chain of batches, walked row by row: gapless positions, counts, times, digests recomputed from the rows alone.

After a fault the walk goes on from what the log itself states, so that one cause is one fault.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec

from storage.events import BatchCommitted
from storage.rows import NO_DIGEST, batch_digest
from storage.verification.findings import Fault, Findings
from storage.verification.rows import Row

Suspects = Callable[[Sequence[Row]], Sequence[Fault]]
CLOSING = BatchCommitted.record_type()
_LONGEST_BATCH = 1_000_000  # rows; more without a closing row are no batch


class Chain:
    """What has been walked so far. Feed it rows in the order of the log, then `end` it."""

    def __init__(self, findings: Findings, suspects: Suspects) -> None:
        self._findings, self._suspects = findings, suspects
        self.position = self.records = self.batches = 0
        self.digest: str | None = NO_DIGEST  # None: lost with a segment, so the next batch is believed
        self.recorded_at: datetime | None = None
        self._batch: list[Row] = []
        self._is_broken = False  # the open batch has a fault that its digest would only repeat
        self._misplaced_until = -1  # position of the row before, where that stood again or out of order

    def add(self, row: Row) -> str | None:
        """The next row; a digest when it closes a batch."""
        if row.position == self.position + 1:
            self._misplaced_until = -1
        else:
            self._misplaced(row)
        self.position = max(self.position, row.position)
        self._batch.append(row)
        if row.record.record_type == CLOSING:
            return self._close(row)
        if len(self._batch) >= _LONGEST_BATCH:
            self._fault(row.fault(f"{_LONGEST_BATCH} records without a row that closes their batch"))
            self._batch.clear()
        return None

    def lose(self, until: int) -> None:
        """Rows up to a position cannot be read, which is a fault already."""
        self.position, self.digest = max(self.position, until), None
        self._batch.clear()
        self._is_broken = False

    def end(self) -> None:
        """Nothing follows."""
        if self._batch:
            last = self._batch[-1]
            self._fault(last.fault(f"the log ends without the row that closes its last {len(self._batch)} records"))

    def _misplaced(self, row: Row) -> None:
        expected = self.position + 1
        if row.position > expected:
            missing = f"position {expected} is" if row.position == expected + 1 else _range(expected, row.position - 1)
            self._fault(row.fault(f"{missing} missing before it"))
            return
        if row.position != self._misplaced_until + 1:  # else it follows such a row, as it should
            self._fault(row.fault(f"stands again or out of order, after position {self.position}"))
        self._misplaced_until, self._is_broken = row.position, True

    def _fault(self, fault: Fault) -> None:
        self._findings.fault(fault)
        self._is_broken = True

    def _close(self, row: Row) -> str | None:
        batch, self._batch = self._batch, []
        closing = _closing(row)
        if closing is None:
            self._fault(row.fault("is no BatchCommitted that can be read"))
        else:
            self._check(batch, row, closing)
        self._is_broken = False
        self.batches += 1
        self.records += len(batch) - 1
        self.recorded_at, self.digest = row.recorded_at, None if closing is None else closing.digest
        return self.digest

    def _check(self, batch: Sequence[Row], row: Row, closing: BatchCommitted) -> None:
        self._check_times(batch, row)
        if self.digest is not None and closing.previous_digest != self.digest:
            self._fault(row.fault(f"follows a batch of digest {closing.previous_digest}; before it is {self.digest}"))
        if self._is_broken:
            return
        stated = (closing.first_position, closing.events)
        if stated != (batch[0].position, len(batch) - 1):
            there = f"{len(batch) - 1} records from position {batch[0].position} on"
            self._fault(row.fault(f"closes {stated[1]} records from position {stated[0]} on; there are {there}"))
        elif _digest(batch, closing) != closing.digest:
            self._altered(batch, row)

    def _check_times(self, batch: Sequence[Row], row: Row) -> None:
        for each in batch:
            if each.recorded_at != row.recorded_at:
                self._fault(each.fault(f"was recorded at {each.recorded_at}, its batch at {row.recorded_at}"))
                return
        if self.recorded_at is not None and row.recorded_at < self.recorded_at:
            self._fault(row.fault(f"was recorded at {row.recorded_at}, before its predecessor at {self.recorded_at}"))

    def _altered(self, batch: Sequence[Row], row: Row) -> None:
        """Name the rows that differ from what is known of them elsewhere; the batch where nothing is."""
        found = self._suspects(batch)
        for fault in found:
            self._fault(fault)
        if not found:
            rows = _range(batch[0].position, row.position)
            self._fault(
                Fault(row.where, f"the digest of the batch differs: of {rows} altered at least one", row.position)
            )


def _closing(row: Row) -> BatchCommitted | None:
    try:
        return msgspec.json.decode(row.record.payload, type=BatchCommitted)
    except msgspec.MsgspecError:
        return None


def _digest(batch: Sequence[Row], closing: BatchCommitted) -> str:
    """The digest as it was computed: over the one before and the rows, of which the closing one has it left empty."""
    *records, last = (each.record for each in batch)
    # only the digest's own characters go: any other change to the payload stays and tells
    payload = last.payload.replace(f'"digest":"{closing.digest}"', '"digest":""', 1)
    undigested = msgspec.structs.replace(last, payload=payload)
    try:
        return batch_digest(closing.previous_digest, [*records, undigested], batch[0].position, batch[0].recorded_at)
    except ValueError:  # a digest before that is no hexadecimal number
        return ""


def _range(first: int, last: int) -> str:
    return f"positions {first} to {last} are"
