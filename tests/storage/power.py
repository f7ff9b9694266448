"""A power cut: what of a folder is left when only what was synced is, or when all else is left half written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

Tree = dict[str, bytes]


@dataclass
class Disk:
    """Watches a folder; `moments` holds what a power cut before each sync, and at each `mark`, would leave."""

    root: Path
    moments: list[Moment] = field(default_factory=list)
    marks: list[object] = field(default_factory=list)
    _bytes: dict[int, bytes] = field(default_factory=dict)  # synced, by inode
    _names: dict[int, list[tuple[str, int, bool]]] = field(default_factory=dict)  # synced, by the folder's inode

    def mark(self, what: object) -> None:
        """Something was acknowledged: from now on it must survive."""
        self.marks = [*self.marks, what]
        self._remember()

    def synced(self, descriptor: int) -> None:
        """A file or folder is on the disk."""
        self._remember()
        status = os.fstat(descriptor)
        if os.path.isdir(f"/dev/fd/{descriptor}"):  # noqa: PTH112 - a Path would follow it to its name
            with os.scandir(descriptor) as entries:
                self._names[status.st_ino] = [(each.name, each.inode(), each.is_dir()) for each in entries]
        else:
            self._bytes[status.st_ino] = Path(f"/dev/fd/{descriptor}").read_bytes()

    def _remember(self) -> None:
        self.moments.append(Moment(dict(self._kept(self.root.stat().st_ino, "")), dict(self._torn()), self.marks))

    def _kept(self, folder: int, path: str) -> Iterator[tuple[str, bytes]]:
        for name, inode, is_folder in self._names.get(folder, []):
            if is_folder:
                yield from self._kept(inode, f"{path}{name}/")
            else:
                yield f"{path}{name}", self._bytes.get(inode, b"")

    def _torn(self) -> Iterator[tuple[str, bytes]]:
        for file in self.root.rglob("*"):
            if file.is_file():
                there = file.read_bytes()
                is_synced = self._bytes.get(file.stat().st_ino) == there
                yield str(file.relative_to(self.root)), there if is_synced else there[: len(there) // 2]


@dataclass(frozen=True)
class Moment:
    """What is left: only what was synced, or everything, but torn where it was not synced; and what must be there."""

    kept: Tree
    torn: Tree
    marks: list[object]


def restore(tree: Tree, folder: Path) -> None:
    """Make a folder of what is left."""
    for path, content in tree.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


@contextmanager
def watched(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    """Record every sync of the process below *root*."""
    root.mkdir(parents=True, exist_ok=True)
    disk, fsync = Disk(root), os.fsync

    def record(descriptor: int) -> None:
        disk.synced(descriptor)
        fsync(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", record)
        yield disk
