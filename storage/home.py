"""Where everything lies: one folder, `DATELINE_HOME`.

log/             the log: an append-only Delta table
texts/           cleaned texts by SHA-256: a Delta table
captures/        pages and feeds as received: WARC files
edition/         the private base file that editions are copied from
dateline.duckdb  the published edition: what analysts open
feeds.opml       the feed list
head.json        position and digest of the log's head, kept outside the log
forgotten.json   how far captures and texts were searched for what is forgotten
downloads/       archive files while a backfill reads them, and which were read
prefect/         the embedded Prefect server's files
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout


class NoHomeError(FileNotFoundError):
    """There is no such folder, so nothing can be said of what it holds."""

    def __init__(self, root: Path) -> None:
        super().__init__(f"there is no home at {root}; --home or DATELINE_HOME says where it lies")
        self.root = root


class BusyError(RuntimeError):
    """Another process is doing what only one may do at a time."""

    def __init__(self, what: str, root: Path) -> None:
        super().__init__(f"a {what} is already going on in {root}; wait for it to end")
        self.what, self.root = what, root


@dataclass(frozen=True)
class Home:
    """The paths of one home; folders are made by whoever first writes into them."""

    root: Path

    def there(self) -> Self:
        """This home, for those who only look after what it holds.

        Raises:
            NoHomeError: its folder is not there; the name may be mistyped.
        """
        if not self.root.is_dir():
            raise NoHomeError(self.root)
        return self

    @property
    def log(self) -> Path:
        """The log's Delta table."""
        return self.root / "log"

    @property
    def texts(self) -> Path:
        """The text store's Delta table."""
        return self.root / "texts"

    @property
    def captures(self) -> Path:
        """The folder of WARC files."""
        return self.root / "captures"

    @property
    def base(self) -> Path:
        """The private DuckDB file that grows by each commit."""
        return self.root / "edition" / "base.duckdb"

    @property
    def edition(self) -> Path:
        """The published DuckDB file."""
        return self.root / "dateline.duckdb"

    @property
    def feed_list(self) -> Path:
        """The OPML feed list."""
        return self.root / "feeds.opml"

    @property
    def head(self) -> Path:
        """The log's head, kept outside the log."""
        return self.root / "head.json"

    @property
    def forgotten(self) -> Path:
        """How far captures and texts were searched for what is forgotten."""
        return self.root / "forgotten.json"

    @property
    def downloads(self) -> Path:
        """Archive files while a backfill reads them."""
        return self.root / "downloads"

    @property
    def prefect(self) -> Path:
        """The embedded Prefect server's folder."""
        return self.root / "prefect"

    def lock(self, what: str, *, wait_seconds: float = -1) -> FileLock:
        """A lock between processes; it ends with the process that holds it. Negative: wait without limit."""
        self.root.mkdir(parents=True, exist_ok=True)
        return FileLock(self.root / f".{what}.lock", timeout=wait_seconds)

    def claim(self, what: str) -> FileLock:
        """Take a lock at once, to be released by its `release()`.

        Raises:
            BusyError: another process holds it.
        """
        lock = self.lock(what, wait_seconds=0)
        try:
            lock.acquire()
        except Timeout as taken:
            raise BusyError(what, self.root) from taken
        return lock
