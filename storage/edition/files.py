"""What the system knows of a file: whether anybody has it open, and how to copy it at least cost."""

from __future__ import annotations

import fcntl
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

_CLONE = 0x40049409  # Linux's FICLONE: the copy shares the blocks, where the file system can do that
_AT_ONCE = 1 << 30
# every reader of these is a process of this machine, so its kernel knows them all
_LOCAL = frozenset({"ext2", "ext3", "ext4", "f2fs", "jfs", "tmpfs", "xfs"})
# whoever looked the file up under its public name a moment ago may only now be opening it
_SETTLED_SECONDS = 1.0


def is_unread(path: Path) -> bool:
    """Whether no process has the file open, nor is about to; False where that cannot be known.

    A lease for writing is granted only while nobody else has the file open.
    """
    if sys.platform != "linux" or time.time() - path.stat().st_ctime < _SETTLED_SECONDS:
        return False
    if _file_system(path) not in _LOCAL:
        return False
    descriptor = os.open(path, os.O_RDONLY)
    try:
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_WRLCK)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return True


def _file_system(path: Path) -> str:
    """The type of the file system a file lies in, as Linux names it; empty when it does not say."""
    device = path.stat().st_dev
    number = f"{os.major(device)}:{os.minor(device)}"
    for line in Path("/proc/self/mountinfo").read_text("utf-8").splitlines():
        mount, _, source = line.partition(" - ")
        if mount.split()[2] == number:
            return source.split()[0]
    return ""


def copy_durably(source: Path, target: Path) -> None:
    """A copy of a file under a name that was not there, or that nobody reads; synced.

    Raises:
        OSError: the disk refused; what there is of the copy is gone.
    """
    try:
        with source.open("rb") as reading, target.open("xb") as writing:
            _copy(reading.fileno(), writing.fileno())
            os.fsync(writing.fileno())
    except OSError as refused:
        target.unlink(missing_ok=True)
        raise OSError(refused.errno, refused.strerror, str(target)) from refused


def _copy(source: int, target: int) -> None:
    if sys.platform == "linux":
        with suppress(OSError):
            fcntl.ioctl(target, _CLONE, source)
            return
    size = os.fstat(source).st_size
    while (done := os.lseek(target, 0, os.SEEK_CUR)) < size:
        os.sendfile(target, source, done, min(size - done, _AT_ONCE))
