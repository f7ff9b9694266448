"""Common Crawl's news archives, or local WARC files: each file is read once, and gives articles of several days.

A file holds what was captured on a day, not what was published on it: articles are taken by their own date, which only
their page tells. A day of the range is noted once every file that may hold articles of it was read to its end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from threading import Lock

from extractors.cleaning import configuration as cleaner_configuration
from flows.backfill.errors import SurveyError
from flows.backfill.found import survey_record
from flows.backfill.news_files import NewsFiles, Source
from flows.backfill.news_notes import FileNotes
from flows.backfill.request import Request
from flows.backfill.visitor import Visitor
from flows.backfill.work import Unit
from flows.reading.batch import Desk
from flows.settings import Settings
from flows.sources.ccnews import ADDRESS, captured_on, paths_address, read_paths
from flows.sources.named import NamedArticle
from flows.web.errors import FetchError, NotFoundError
from storage.canonical import sha256_hex
from storage.events import DaySurveyed, Via

_MARKED_BYTES = 65_536
LATEST = 3  # days after its own within which an article is looked for


@dataclass
class NewsArchives:
    """The files of an archive that may hold articles of some days."""

    request: Request
    settings: Settings
    visitor: Visitor | None
    via: Via = "ccnews"
    counts: dict[date, int] = field(default_factory=dict)  # articles taken or known, by their own day
    _months: dict[date, list[str] | SurveyError] = field(default_factory=dict)
    _waiting: dict[date, set[str]] = field(default_factory=dict)  # labels of the units that a day waits for
    _has_failed: bool = False
    _lock: Lock = field(default_factory=Lock)

    @property
    def archive(self) -> str:
        """The archive's address, or the names of the files, each with a digest of how it begins and ends."""
        return self._marked_files or self.request.archive or ADDRESS

    @cached_property
    def _marked_files(self) -> str:
        return ", ".join(f"{each.name} ({_mark(each)})" for each in map(Path, self.request.files))

    @property
    def sites(self) -> Sequence[str]:
        """All sites that are asked for, as one: a file is read once for them."""
        return (" ".join(self.request.sites),)

    def candidates(self, site: str, day: date) -> list[NamedArticle]:
        """See `Asked`: what a file holds is not known before it is read."""
        raise SurveyError(self.archive, f"{site or 'what it has'} of {day} is not listed anywhere")

    def lacks(self, site: str) -> str | None:
        """See `Asked`."""
        del site
        return None

    @cached_property
    def notes(self) -> FileNotes:
        """Which files were read already, by a run that asked for the same sites and did not come to its end."""
        asked = " ".join([self.archive, *self.sites, cleaner_configuration()])
        return FileNotes(self.settings.place.downloads / f"read-{sha256_hex(asked.encode())[:16]}.json")

    def units(self, days: Sequence[date], desk: Desk) -> list[Unit]:
        """A unit for each file that was given, or for each day of capture, in the order of the days."""
        wanted = frozenset(days)
        if self.request.files:
            given = _labelled([Path(each) for each in self.request.files])
            units = [NewsFiles(self, name, min(days), wanted, [Source(name, path)], desk) for name, path in given]
            self._waiting = {day: {each.label for each in units} for day in days}
            return list[Unit](units)
        for left in self.settings.place.downloads.glob("*.warc.gz"):
            left.unlink()  # of a run that was killed; only one at a time goes on in a home
        captured = sorted({day + timedelta(days=lag) for day in days for lag in range(LATEST + 1)})
        units = [NewsFiles(self, f"captured-{each}", each, wanted, None, desk) for each in captured]
        self._waiting = {day: {each.label for each in units if 0 <= (each.day - day).days <= LATEST} for day in days}
        return list[Unit](units[::-1] if self.request.order == "newest" else units)

    def files_of(self, day: date) -> list[Source]:
        """The files that were captured on a day.

        Raises:
            SurveyError: the list could not be had or read.
        """
        assert self.visitor, "only its name was asked for"
        root = (self.request.archive or ADDRESS).rstrip("/")
        with self._lock:
            month = day.replace(day=1)
            if month not in self._months:
                try:
                    self._months[month] = self._list(paths_address(root, month))
                except SurveyError as error:  # not to be asked again for each other day
                    self._months[month] = error
            known = self._months[month]
        if isinstance(known, SurveyError):
            raise SurveyError(known.archive, known.why) from known
        paths = [each for each in known if captured_on(each) == day]
        return [Source(each.rpartition("/")[2], None, f"{root}/{each}") for each in paths]

    def _list(self, address: str) -> list[str]:
        assert self.visitor, "only its name was asked for"
        try:
            return read_paths(self.visitor.index(address).body)
        except NotFoundError:
            return []  # a month before there were any, or one that has not begun
        except FetchError as error:
            raise SurveyError(address, error.detail) from error
        except ValueError as broken:
            raise SurveyError(address, f"is no list of files: {broken}") from broken

    def count(self, day: date, number: int = 1) -> None:
        """Articles of a day were found."""
        with self._lock:
            self.counts[day] = self.counts.get(day, 0) + number

    def finished(self, unit: NewsFiles) -> None:
        """A unit was read to its end: note the days that waited for it alone."""
        with self._lock:
            for waiting in self._waiting.values():
                waiting.discard(unit.label)
            done = [day for day, waiting in self._waiting.items() if not waiting]
            for day in done:
                del self._waiting[day]
            records = [survey_record(self._note(day, unit.note), unit.desk) for day in done]
            is_over = not self._waiting and not self._has_failed
        with unit.desk.turn:
            unit.desk.log.append(records)
        if is_over:
            self.notes.forget()

    def failed(self, unit: NewsFiles, why: str) -> None:
        """A unit ended by an error: the days that waited for it have failed, whatever the others have of them."""
        with self._lock:
            self._has_failed = True
            lost = [day for day, waiting in self._waiting.items() if unit.label in waiting]
            for day in lost:
                del self._waiting[day]
            records = [survey_record(self._note(day, why, has_failed=True), unit.desk) for day in lost]
        with unit.desk.turn:
            unit.desk.log.append(records)

    def _note(self, day: date, why: str | None, *, has_failed: bool = False) -> DaySurveyed:
        found = self.counts.get(day, 0)
        return DaySurveyed(
            day=day,
            source=self.via,
            archive=self.archive,
            site=self.sites[0] or None,
            outcome="failed" if has_failed else "found" if found else "unavailable",
            candidates=found,
            reason=why or (None if found else f"{self.archive} has no page of the day"),
        )


def _labelled(files: Sequence[Path]) -> list[tuple[str, Path]]:
    """Files by their names; those that share one by their paths."""
    names = [each.name for each in files]
    return [(each.name if names.count(each.name) == 1 else str(each), each) for each in dict.fromkeys(files)]


def _mark(path: Path) -> str:
    """Tells files of one name apart without reading all of a gigabyte."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(_MARKED_BYTES)
        file.seek(max(0, size - _MARKED_BYTES))
        return sha256_hex(head + file.read() + str(size).encode())[:16]
