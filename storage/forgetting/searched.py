"""How far captures and texts were searched for what is forgotten: `forgotten.json`, beside the log.

Without it everything is searched again. It also names the members that are being overwritten, so that one which a crash
left half-written is blanked by the next search.
"""

from __future__ import annotations

from typing import Self

import msgspec

from storage.drafts import drafted_file
from storage.events import CapturePlace
from storage.home import Home


class Overwriting(msgspec.Struct, frozen=True):
    """A member that is being replaced."""

    place: CapturePlace
    length: int


class Searched(msgspec.Struct, kw_only=True):
    """The position of the log and the byte of each WARC file up to which nothing forgotten is left."""

    position: int = 0
    captures: dict[str, int] = {}
    overwriting: list[Overwriting] = []

    @classmethod
    def load(cls, home: Home) -> Self:
        """As it was left; nothing was searched when that cannot be read."""
        try:
            return msgspec.json.decode(home.forgotten.read_bytes(), type=cls)
        except (FileNotFoundError, msgspec.MsgspecError):
            return cls()

    def save(self, home: Home) -> None:
        """Keep it durably."""
        with drafted_file(home.forgotten, force=True) as draft:
            draft.write_bytes(msgspec.json.encode(self))
