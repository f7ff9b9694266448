"""Progress bars on stderr for whoever watches; nothing when piped."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from flows.cli.console import err, is_quiet, plain
from flows.progress import watched


class Bars:
    """Draws each stage of a run as a bar."""

    def __init__(self, bars: Progress) -> None:
        self._bars, self._stage = bars, bars.add_task("starting", total=None, note="")

    def stage(self, name: str, total: int | None = None) -> None:
        """See `flows.progress.Progress`: the stage before is complete."""
        self._finish()
        self._stage = self._bars.add_task(name, total=total, note="")

    def advance(self, units: int = 1) -> None:
        """See `flows.progress.Progress`."""
        self._bars.advance(self._stage, units)

    def note(self, text: str) -> None:
        """See `flows.progress.Progress`."""
        self._bars.update(self._stage, note=plain(text))

    def _finish(self) -> None:
        task = next(each for each in self._bars.tasks if each.id == self._stage)
        if task.total is None:
            self._bars.remove_task(self._stage)


@contextmanager
def bars(first: str) -> Generator[None]:
    """Draw the runs begun inside; *first* is shown until the first stage begins."""
    if is_quiet():
        yield
        return
    columns = (
        SpinnerColumn(finished_text="[green]✓[/green]"),
        TextColumn("{task.description:<18}"),
        BarColumn(bar_width=40),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        TextColumn("[dim]{task.fields[note]}[/dim]"),
    )
    with Progress(*columns, console=err, transient=True) as drawn:
        watcher = Bars(drawn)
        watcher.stage(first)
        with watched(watcher):
            yield
