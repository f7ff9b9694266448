"""Taking what is forgotten out of captures and texts: everything at first, later only what was added since."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from storage.forgetting.captures import CaptureSearch, CutFeed
from storage.forgetting.searched import Searched
from storage.forgetting.stored_texts import readable_files, remove_texts
from storage.forgetting.traces import traces_of
from storage.head import kept_head
from storage.home import Home
from storage.log import Log
from storage.state.articles import forgotten_articles, unowned_texts
from storage.texts import TextStore
from storage.watching import Watcher


@dataclass(frozen=True)
class Removed:
    """What went: captures overwritten, feed answers that lost entries, texts."""

    captures: int = 0
    feed_answers: int = 0
    texts: int = 0


def search(home: Home, cut: CutFeed, watcher: Watcher, again: Collection[UUID] = ()) -> Removed:
    """Remove what is left of forgotten articles; all files are read when one is new, or one of *again*.

    Raises:
        DamagedTextsError: a file of the text store cannot be read.
        OSError: a file cannot be changed.
    """
    log = Log(home)
    if not forgotten_articles(log):
        return Removed()
    with home.lock("forgetting"):
        searched, head, forgotten = Searched.load(home), log.head(), forgotten_articles(log)
        traces = traces_of(log, forgotten)
        is_new = any(each.position > searched.position for each in forgotten.values())
        anew = is_new or any(article in forgotten for article in again)
        captures = CaptureSearch(home, traces, searched, cut, watcher)
        captures.run(anew=anew)
        is_late = traces.last_position > searched.position
        texts = _remove_texts(home, log, traces.texts) if anew or is_late else 0
        _remove_spilled(home)
        searched.position = head.position
        searched.save(home)
    return Removed(captures.blanked, captures.shortened, texts)


def _remove_spilled(home: Home) -> None:
    """What readers that were killed have spilled beside the edition; who still reads keeps what it has open."""
    for file in home.edition.with_name(f"{home.edition.name}.tmp").glob("*"):
        file.unlink(missing_ok=True)


def _remove_texts(home: Home, log: Log, named: Collection[str]) -> int:
    """Remove texts that only forgotten articles name; the publisher, who reads the same files, waits."""
    store = TextStore(home)
    with home.lock("publish"), store.held():
        unowned = unowned_texts(log, readable_files(store))
        if not _is_whole(home, log):  # what the lost records named is not ours to remove
            unowned &= set(named)
        remove_texts(store, unowned)
    return len(unowned)


def _is_whole(home: Home, log: Log) -> bool:
    """Whether the log reaches as far as the head that is kept outside it."""
    kept = kept_head(home.head)
    return kept is None or log.head().position >= kept.position
