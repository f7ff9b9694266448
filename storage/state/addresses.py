"""Which articles an address belongs to, by what their captures and their pages say."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

import msgspec
import pyarrow as pa

from storage.log import Log
from storage.state import ask_log


class Addressed(msgspec.Struct, frozen=True, kw_only=True):
    """An article with a text, and which of the addresses asked for are its own or others of it."""

    article_id: UUID
    addresses: tuple[str, ...]
    url: str
    text_sha256: str
    minhash: str


def addressed(log: Log, addresses: Iterable[str]) -> list[Addressed]:
    """The articles that have one of these addresses, the one known longest first; forgotten ones are left out."""
    wanted = pa.table({"address": pa.array(sorted(set(addresses)), pa.string())})
    return ask_log(log, "same_addresses", Addressed, addresses=wanted) if len(wanted) else []
