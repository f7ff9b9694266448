"""A release: a range of days as a folder that can be published, cited and made again.

Everything in it comes from the log: the same commit, the same days and the same version of dateline give the same
bytes, unless an article was forgotten in between. No file knows when or where it was made; its dates are those at which
the log took the commit. What a release holds, and why no words of articles are in it, `storage.released.wordless` and
`storage.released.tables` say.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from storage.drafts import drafted_folder
from storage.edition.parquet import write_parquet
from storage.edition.selecting import BackwardRangeError, commit_of
from storage.edition.snapshot import Snapshot
from storage.edition.vocabulary import Vocabulary
from storage.edition.written import write_csv
from storage.home import Home
from storage.released.citation import citation
from storage.released.codebook import codebook_csv, codebook_markdown
from storage.released.licences import spdx_identifier
from storage.released.packaged import Description, ReleasedFile, data_package
from storage.released.tables import ReleasedTable, released_tables
from storage.released.wordless import wordless

NOBODY = "Keepers of a dateline log"
_COMMIT = "SELECT digest, recorded_at FROM log.batch_committed WHERE position = $commit"


@dataclass(frozen=True)
class Order:
    """What to release: days with both ends included, as of a commit, and how it is to be cited."""

    since: date
    until: date
    as_of: int | datetime | None = None
    title: str | None = None
    authors: Sequence[str] = ()
    licence: str | None = None  # SPDX

    def __post_init__(self) -> None:
        if self.since > self.until:
            raise BackwardRangeError(self.since, self.until)
        if self.licence is not None:
            spdx_identifier(self.licence)

    @property
    def named(self) -> str:
        """The release's title."""
        return self.title or f"Facts from the news, {self.since} to {self.until}"


@dataclass(frozen=True)
class Origin:
    """The state of the log that is released, and what read it."""

    since: date
    until: date
    position: int
    digest: str
    recorded_at: datetime
    schema_sha256: str
    dateline: str  # version

    @property
    def version(self) -> str:
        """What tells two releases apart."""
        return f"{self.since}..{self.until}@{self.position}"


@dataclass(frozen=True)
class Released:
    """What was made: the folder, its tables by name with their rows, and the commit."""

    path: Path
    rows: dict[str, int]
    position: int


def release(home: Home, vocabulary: Vocabulary, order: Order, folder: Path, *, dateline: str) -> Released:
    """Make a release in a folder that is new or empty; *dateline* is the version that makes it.

    Raises:
        NoEditionError: nothing was published yet.
        OtherEditionError: the edition was made by another version of dateline.
        NoSuchCommitError: the edition does not hold the commit asked for.
        AlreadyThereError: the folder is taken.
    """
    with drafted_folder(folder) as draft, wordless(home, vocabulary) as edition:
        commit = commit_of(edition, order.as_of)
        [(digest, recorded_at)] = edition.ask(_COMMIT, {"commit": commit}).rows
        origin = Origin(order.since, order.until, commit, digest, recorded_at, vocabulary.schema_sha256, dateline)
        tables = list(released_tables(edition, vocabulary, commit, order.since, order.until))
        rows = {table.name: _write_table(edition, table, draft, origin) for table in tables}
        _write_about(order, origin, tables, rows, draft)
    return Released(folder, rows, commit)


def _write_table(edition: Snapshot, table: ReleasedTable, folder: Path, origin: Origin) -> int:
    meanings = {column.name: column.meaning for column in table.columns}
    about = {"relation": table.name, "position": origin.position, "digest": origin.digest, "columns": meanings}
    write_parquet([edition.arrow(table.query)], folder / f"{table.name}.parquet", about)
    with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as to:
        return write_csv([edition.read(table.query)], to)


def _write_about(
    order: Order, origin: Origin, tables: Sequence[ReleasedTable], rows: dict[str, int], folder: Path
) -> None:
    authors = list(order.authors) or [NOBODY]
    licence = spdx_identifier(order.licence) if order.licence else None
    files = {file.path: file for file in _files(folder, rows)}
    about = Description(
        name=f"dateline-{origin.since}-{origin.until}",
        title=order.named,
        description="Facts read out of news articles, without the articles' words; the codebook explains every column.",
        version=origin.version,
        created=origin.recorded_at,
        authors=authors,
        licence=licence,
        origin=_plain(origin),
    )
    opening = {"title": order.named, "since": origin.since, "until": origin.until, "position": origin.position}
    cited = citation(
        title=order.named,
        authors=authors,
        version=origin.version,
        released_on=origin.recorded_at.date(),
        digest=origin.digest,
        licence=licence,
    )
    (folder / "codebook.md").write_text(codebook_markdown(tables, opening), "utf-8")
    (folder / "codebook.csv").write_bytes(codebook_csv(tables).encode())
    (folder / "CITATION.cff").write_text(cited, "utf-8")
    (folder / "datapackage.json").write_bytes(data_package(about, tables, files))
    (folder / "RELEASE.json").write_bytes(_release_file(origin, _files(folder, rows)))


def _files(folder: Path, rows: dict[str, int]) -> Iterator[ReleasedFile]:
    for path in sorted(folder.iterdir()):
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        is_table = path.suffix == ".parquet" or (path.suffix == ".csv" and path.stem in rows)
        yield ReleasedFile(path.name, path.stat().st_size, sha256, rows[path.stem] if is_table else None)


def _release_file(origin: Origin, files: Iterator[ReleasedFile]) -> bytes:
    listed = [{name: value for name, value in asdict(file).items() if value is not None} for file in files]
    content = {**_plain(origin), "files": listed}
    return msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"


def _plain(origin: Origin) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(origin)
    return plain
