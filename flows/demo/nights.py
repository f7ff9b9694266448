"""Two real nights over the sample press: served on loopback, polled, fetched, read and published like any other."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from flows.feed_list import FeedList
from flows.press import SamplePress
from flows.running import NightReport, run_night
from flows.settings import Settings, settings
from storage.home import Home

_MARK = "This folder was made by `dateline demo`, which empties it each time it runs.\n"


class NotADemoHomeError(RuntimeError):
    """The folder holds something that the demo did not make."""

    def __init__(self, root: Path) -> None:
        super().__init__(f"{root} holds something that the demo did not make; set DATELINE_DEMO_HOME to another folder")
        self.root = root


def run_two_nights(home: Home) -> tuple[NightReport, NightReport]:
    """Empty the demo's home and run two nights; between them the press corrects an article and prints new ones.

    Raises:
        NotADemoHomeError: the folder is not the demo's.
    """
    start_over(home)
    with demo_settings(home) as chosen, SamplePress(night=1) as press:
        feeds = FeedList.load(home.feed_list)
        for address in press.feeds:
            feeds.add(address)
        first = run_night(chosen)
        press.night = 2
        return first, run_night(chosen)


def start_over(home: Home) -> None:
    """Empty the folder, but for Prefect's database, which takes long to make.

    Raises:
        NotADemoHomeError: the folder is not the demo's.
    """
    mark = home.root / "DEMO.txt"
    if home.root.exists() and any(home.root.iterdir()) and not mark.exists():
        raise NotADemoHomeError(home.root)
    home.root.mkdir(parents=True, exist_ok=True)
    mark.write_text(_MARK)
    for each in home.root.iterdir():
        if each in (mark, home.prefect):
            continue
        if each.is_dir():
            shutil.rmtree(each)
        else:
            each.unlink()


@contextmanager
def demo_settings(home: Home) -> Generator[Settings]:
    """The demo's settings, for this process and those it starts: its own home, and loopback allowed."""
    chosen = {"DATELINE_HOME": str(home.root), "DATELINE_ALLOW_PRIVATE_ADDRESSES": "true"}
    before = {name: os.environ.get(name) for name in chosen}
    os.environ.update(chosen)
    settings.cache_clear()
    try:
        yield settings()
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        settings.cache_clear()
