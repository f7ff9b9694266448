"""WARC files read record by record: each is a gzip member of its own, with a checksum over all that it holds."""

from __future__ import annotations

import zlib
from pathlib import Path

from storage.forgetting.members import Member, members
from storage.verification.findings import Fault, Findings

_GZIP = 31  # what zlib's wbits means
_PIECE_BYTES = 1 << 16


def check_archive(path: Path, findings: Findings) -> None:
    """Find records whose bytes are damaged. A last one that is half-written is what a crash leaves, and no fault."""
    size = path.stat().st_size
    if not size:
        findings.note(f"captures/{path.name} is empty, which a crash leaves")
    for member in members(path):
        where = f"captures/{path.name} at byte {member.offset}"
        if member.is_whole:
            continue
        if member.end == size and _is_cut(path, member):
            findings.note(f"{where}: a half-written last record, which a crash leaves")
        else:
            findings.fault(Fault(where, "the bytes of the record there are damaged"))


def _is_cut(path: Path, last: Member) -> bool:
    """Whether a last record is right as far as it goes."""
    inflater = zlib.decompressobj(_GZIP)
    with path.open("rb") as file:
        file.seek(last.offset)
        try:
            while piece := inflater.unconsumed_tail or file.read(_PIECE_BYTES):
                inflater.decompress(piece, _PIECE_BYTES)
        except zlib.error:
            return False
    return True
