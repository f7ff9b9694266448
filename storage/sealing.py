"""Segment files that carry their own SHA-256 in their names.

Parquet readers trust a file's statistics and footer, which no checksum covers: a flipped bit there can hide rows from a
query without changing one. A name that is the digest of the whole file lets anything be seen, whoever wrote the rows.
"""

from __future__ import annotations

import hashlib
import os
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

_SEALED = re.compile(r"-([0-9a-f]{64})\.parquet\Z")


def sealed(draft: Path) -> Path:
    """Make a segment that nobody knows yet durable, under a name that ends in its digest; the new path.

    The name itself is durable only after its folder was synced.
    """
    with draft.open("rb") as file, ThreadPoolExecutor(1) as beside:
        syncing = beside.submit(os.fsync, file.fileno())  # waits for the disk, while the digest waits for nothing
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        syncing.result()
    return draft.rename(draft.with_name(f"{draft.stem}-{digest}.parquet"))


def is_broken(path: Path) -> bool:
    """Whether a file's bytes are others than its name says; never for a name that says nothing.

    Raises:
        OSError: it cannot be read.
    """
    stated = _SEALED.search(path.name)
    with path.open("rb") as file:
        return stated is not None and stated.group(1) != hashlib.file_digest(file, "sha256").hexdigest()
