"""Captures: each that a record points to can be read, and decodes to the body whose digest the record states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from storage.canonical import sha256_hex
from storage.captures import CaptureMissingError, read_capture
from storage.events import CapturePlace
from storage.forgetting.blanking import note_at
from storage.home import Home
from storage.verification.findings import Fault, Findings
from storage.verification.forgotten import Gone
from storage.verification.rows import Row
from storage.vocabulary import Event


class _Pointing(msgspec.Struct, frozen=True):
    """The fields of a record that point to a capture; the body's digest as the record states it."""

    capture: CapturePlace | None = None
    body_sha256: str | None = None


class Captures:
    """Checks the captures of one home."""

    def __init__(self, home: Home, classes: Mapping[str, type[Event]], findings: Findings, gone: Gone) -> None:
        self._home, self._findings, self._gone = home, findings, gone
        self._pointing = {
            name for name, cls in classes.items() if {"capture", "body_sha256"} <= {*cls.__struct_fields__}
        }
        self.read = 0

    def check(self, rows: Sequence[Row], *, quick: bool) -> None:
        """Look at the captures that rows point to, in the order in which they lie."""
        for place, row, body_sha256 in sorted(self._pointed(rows), key=lambda each: (each[0].warc, each[0].offset)):
            why = self._lacks(place) if quick else self._differs(place, body_sha256)
            self.read += 1
            if why:
                where = f"captures/{place.warc} at byte {place.offset}"
                fault = Fault(where, why, row.position, row.record.event_id)
                self._gone.unless_forgotten(row, fault, is_marked=self._is_marked(place))

    def _pointed(self, rows: Sequence[Row]) -> Iterator[tuple[CapturePlace, Row, str | None]]:
        for row in rows:
            if row.record.record_type in self._pointing:
                try:
                    pointing = msgspec.json.decode(row.record.payload, type=_Pointing)
                except msgspec.MsgspecError:  # the digest of its batch tells
                    continue
                if pointing.capture is not None:
                    yield pointing.capture, row, pointing.body_sha256

    def _is_marked(self, place: CapturePlace) -> bool:
        """Whether the record there says itself that something of it was forgotten."""
        try:
            with (self._home.captures / place.warc).open("rb") as archive:
                return bool(note_at(archive, place.offset))
        except OSError:
            return False

    def _lacks(self, place: CapturePlace) -> str | None:
        try:
            size = (self._home.captures / place.warc).stat().st_size
        except OSError as error:
            return str(error.strerror)
        return None if place.offset < size else f"the file ends at byte {size}"

    def _differs(self, place: CapturePlace, body_sha256: str | None) -> str | None:
        try:
            kept = read_capture(self._home, place)
        except CaptureMissingError as error:
            return error.why
        body = sha256_hex(kept.body)
        return None if body_sha256 in (None, body) else f"holds a body of SHA-256 {body}; it was {body_sha256}"
