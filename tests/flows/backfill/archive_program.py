"""A real archive program, pywb, in an environment of its own: it is under another licence, and only tests run it.

The environment is made once, in the user's cache folder or where PYWB_CACHE says, by pip or uv.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

from platformdirs import user_cache_path

WANTED = ("pywb==2.10.0", "setuptools<81")  # it needs pkg_resources, which later ones lack
PATIENCE_SECONDS = 120


class CannotInstallError(RuntimeError):
    """The environment could not be made."""


def installed() -> Path:
    """The folder of pywb's programs.

    Raises:
        CannotInstallError: it could not be installed.
    """
    cache = Path(os.environ.get("PYWB_CACHE") or user_cache_path("dateline-tests", appauthor=False))
    place = cache / f"pywb-2.10.0-{sys.version_info.major}.{sys.version_info.minor}"
    if not (place / "complete").exists():
        shutil.rmtree(place, ignore_errors=True)
        _install(place)
        (place / "complete").touch()
    return place / "bin"


def _install(place: Path) -> None:
    uv = shutil.which("uv")
    python = str(place / "bin" / "python")
    make = [[uv, "venv", "--quiet", "--python", sys.executable, str(place)]] if uv else []
    make += [[uv, "pip", "install", "--quiet", "--python", python, *WANTED]] if uv else []
    make = make or [
        [sys.executable, "-m", "venv", str(place)],
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *WANTED],
    ]
    for command in make:
        done = subprocess.run([str(each) for each in command], capture_output=True, text=True, check=False)
        if done.returncode:
            raise CannotInstallError(done.stderr.strip() or done.stdout.strip())


@contextmanager
def serving(programs: Path, folder: Path, collection: str, archives: list[Path]) -> Iterator[str]:
    """Serve archive files; the collection's address."""
    for arguments in (["init", collection], *(["add", collection, str(each)] for each in archives)):
        subprocess.run([str(programs / "wb-manager"), *arguments], cwd=folder, capture_output=True, check=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(programs / "wayback"), "--port", str(port), "--bind", "127.0.0.1"]
    log = folder / "pywb.log"
    with log.open("wb") as out, subprocess.Popen(command, cwd=folder, stdout=out, stderr=out) as process:
        try:
            _wait_for(f"http://127.0.0.1:{port}/{collection}/cdx?url=http://none.invalid/", process, log)
            yield f"http://127.0.0.1:{port}/{collection}"
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=20)
            process.kill()


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError), urlopen(address, timeout=5):
            return
        time.sleep(0.1)  # another process starts
    raise AssertionError(log.read_text())
