"""`dateline demo`: the whole way on a sample press, offline, and a first look at what was found."""

from __future__ import annotations

import typer

from flows.cli.console import err, out
from flows.cli.headings import START_HERE


def register(app: typer.Typer) -> None:
    """Add `demo`."""
    app.command("demo", rich_help_panel=START_HERE)(demo)


def demo() -> None:
    """See what dateline does: two nights of a small sample press on this machine, then a guided look.

    Five invented publishers are served on loopback; the real nightly flow runs twice, the second night seeing a
    correction. Nothing is asked of any network. The demo keeps its home in a folder of its own and says where.
    """
    err.print("dateline demo: two nights of a sample press of five invented publishers, served on this machine.")
    err.print("Prefect starts first; that takes a few seconds.", style="dim")
    from flows.cli.bars import bars
    from flows.demo.home import demo_home
    from flows.demo.look import show
    from flows.demo.nights import run_two_nights

    home = demo_home()
    with bars("starting Prefect"):
        run_two_nights(home)
    show(home, out)
