"""What lists name of a day: files of addresses, and what sites list themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

from flows.backfill.errors import SurveyError
from flows.backfill.visitor import Visitor
from flows.sources.address_list import listed
from flows.sources.named import NamedArticle
from storage.canonical import sha256_hex
from storage.events import Via


@dataclass
class AddressList:
    """Files of addresses with their days."""

    files: Sequence[Path]
    via: Via = "list"

    @cached_property
    def _by_day(self) -> dict[date, list[NamedArticle]]:
        found: dict[date, list[NamedArticle]] = {}
        for path in self.files:
            for day, candidate in listed(path):
                found.setdefault(day, []).append(candidate)
        return found

    @cached_property
    def archive(self) -> str:
        """The files' names with a digest of what is in them: another list is another source."""
        digest = sha256_hex(b"".join(path.read_bytes() for path in self.files))
        return f"{', '.join(path.name for path in self.files)} ({digest[:16]})"

    @property
    def sites(self) -> Sequence[str]:
        """All that is listed."""
        return ("",)

    def candidates(self, site: str, day: date) -> list[NamedArticle]:
        """See `Asked`."""
        del site
        return self._by_day.get(day, [])


@dataclass
class ListedSites:
    """Sites by what they list themselves: dated sitemaps, or feeds that go on to older pages."""

    kind: Literal["sitemap", "feed"]
    sites: Sequence[str]
    visitor: Visitor | None

    @property
    def via(self) -> Via:
        """Kind of source."""
        return self.kind

    @property
    def archive(self) -> str:
        """The kind of list: each site is asked for its own."""
        return f"{self.kind}s"

    def candidates(self, site: str, day: date) -> list[NamedArticle]:
        """See `Asked`."""
        raise SurveyError(site, f"its {self.kind} of {day} is not read yet")
