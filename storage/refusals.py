"""A disk that refuses: each library says so in its own way; here it becomes one error with the file and the reason."""

from __future__ import annotations

import errno
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from deltalake.exceptions import DeltaError

_REASONS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO, errno.EACCES)


@contextmanager
def refusals_named(path: Path) -> Generator[None]:
    """Let what writes *path* raise an OSError with its name where the disk refuses; other errors pass.

    Raises:
        OSError: no space is left, the file may not grow, the file system is read-only and the like.
    """
    try:
        yield
    except (OSError, duckdb.Error, DeltaError) as refused:
        reason = None if getattr(refused, "filename", None) else _reason(refused)
        if reason is None:
            raise
        raise OSError(reason, os.strerror(reason), str(path)) from refused


def _reason(refused: Exception) -> int | None:
    """The system's number for why; Delta and DuckDB only quote its words."""
    number: int | None = getattr(refused, "errno", None)
    return number or next((reason for reason in _REASONS if os.strerror(reason) in str(refused)), None)
