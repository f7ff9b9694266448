"""Names and bytes that outlast a power cut."""

from __future__ import annotations

import os
from pathlib import Path


def fsync_file(file: Path) -> None:
    """Make a file's bytes durable; whoever wrote them."""
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def fsync_folder(folder: Path) -> None:
    """Make names in a folder durable."""
    fsync_file(folder)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, and their names durable."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    fsync_folder(folder.parent)
