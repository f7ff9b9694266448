"""What is known of the log outside the log: the head's digest in `head.json`, and the edition's checkpoint."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from storage.edition.ask import NoEditionError, QueryError, ask
from storage.home import Home
from storage.verification.findings import Fault, Findings


@dataclass(frozen=True)
class Mark:
    """A position and the digest that the log had there, as somebody outside the log has seen it."""

    where: str
    position: int
    digest: str


class _Kept(msgspec.Struct, frozen=True):
    position: int
    digest: str


@dataclass
class Outside:
    """Marks to compare the log with while it is walked. To be read before the log: they may lag, never lead."""

    marks: list[Mark] = field(default_factory=list)

    def passed(self, position: int, digest: str | None, findings: Findings) -> None:
        """The log has this digest at this position, where a batch ends."""
        for mark in self.marks:
            if mark.position == position and digest not in (None, mark.digest):
                what = f"has seen the digest {mark.digest} at position {position}; the log's is {digest}"
                findings.fault(Fault(mark.where, what, position))
        self.marks = [
            mark for mark in self.marks if mark.position > position or self._is_inside(mark, position, findings)
        ]

    def _is_inside(self, mark: Mark, position: int, findings: Findings) -> bool:
        if mark.position < position:
            findings.fault(Fault(mark.where, "has seen a batch end there; the log has none", mark.position))
        return False

    def ended(self, position: int, findings: Findings) -> None:
        """The log ends here."""
        for mark in self.marks:
            lost = mark.position - position
            if lost > 0:  # else it lies among rows that cannot be read, which is a fault already
                what = f"the log ended there; it ends at {position}: the last {lost} positions are missing"
                findings.fault(Fault(mark.where, what, mark.position))


def outside(home: Home, findings: Findings) -> Outside:
    """What stands outside the log now; what is not there yet is no fault."""
    found = [_head(home, findings), _edition(home, findings)]
    return Outside([mark for mark in found if mark is not None and mark.position])


def _head(home: Home, findings: Findings) -> Mark | None:
    try:
        kept = msgspec.json.decode(home.head.read_bytes(), type=_Kept)
    except FileNotFoundError:
        return None
    except (msgspec.MsgspecError, OSError) as error:
        findings.fault(Fault(home.head.name, f"cannot be read: {error}"))
        return None
    return Mark(home.head.name, kept.position, kept.digest)


def _edition(home: Home, findings: Findings) -> Mark | None:
    try:
        rows = ask(home, "SELECT position, digest FROM log.checkpoint").rows
    except NoEditionError:
        return None
    except QueryError as error:
        what = f"cannot be asked: {str(error).partition(chr(10))[0]}; `dateline publish --rebuild` makes it anew"
        findings.fault(Fault(home.edition.name, what))
        return None
    return Mark(home.edition.name, *rows[0]) if rows else None
