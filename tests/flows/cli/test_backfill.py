from __future__ import annotations

import json
import socket
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from typer.testing import Result

from flows.cli.answers.backfills import tell_report
from flows.running import BackfillReport
from storage.home import Home
from tests.flows.backfill.done import backfilled

Run = Callable[..., Result]
MARCH = ("--since", "2026-03-01", "--until", "2026-03-31")


def test_a_plan_says_what_would_be_done_for_each_day_and_why(run: Run, filled: Home) -> None:
    told = json.loads(run(filled, "backfill", *MARCH, "--plan", "--json").stdout)
    assert [each["day"] for each in told["days"]] == [f"2026-03-0{day}" for day in range(8, 1, -1)]
    assert "cleaned: 5 cleaned by code older than version 1 as installed" in told["days"][-1]["why"]
    assert all(each["requests"] == 0 and each["minutes"] >= 0 for each in told["days"])
    assert {each["stage"] for each in told["ledger"]} >= {"fetched", "cleaned", "statements"}
    shown = run(filled, "backfill", *MARCH, "--plan", "--extractor", "statements", "--order", "oldest").stdout
    assert shown.index("2026-03-02") < shown.index("2026-03-08")
    assert "statements: " in shown
    assert "figures" not in shown
    assert "7 days, 0 pages to clean, " in shown


def test_a_range_with_nothing_to_do_says_so_and_ends_well(run: Run, filled: Home) -> None:
    done = run(filled, "backfill", *MARCH, "--only", "failed")
    assert done.exit_code == 0
    assert done.stdout.startswith("Nothing to do for 2026-03-01 to 2026-03-31")
    assert json.loads(run(filled, "backfill", *MARCH, "--only", "failed", "--json").stdout)["outcome"] == "nothing"


def test_an_empty_home_has_nothing_to_do(run: Run, empty: Home) -> None:
    assert "Nothing to do" in run(empty, "backfill", *MARCH).stdout
    assert not empty.log.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "--since"),
        (("--since", "2026-03-05", "--until", "2026-03-01"), "lies after --until"),
        ((*MARCH, "--extractor", "rain"), "there are dateline, entities, figures, political_events, statements"),
        (("--resume", "0196"), "the log knows no backfill of that id"),
        ((*MARCH, "--from", "wayback", "--dry-run"), "leave --from out"),
        ((*MARCH, "--from", "urls"), "give FILE"),
        ((*MARCH, "--from", "urls", "absent.csv"), "there is no such file"),
        (("--resume", "0196", *MARCH), "leave the others out"),
        ((*MARCH, "--site", "example.org"), "means nothing with --from kept"),
        ((*MARCH, "--from", "sitemap"), "--site"),
    ],
)
def test_what_cannot_be_asked_is_wrong_usage(run: Run, filled: Home, arguments: tuple[str, ...], said: str) -> None:
    refused = run(filled, "backfill", *arguments)
    assert refused.exit_code == 2
    assert said in refused.stderr


def test_an_archive_that_does_not_answer_is_told_with_the_days_that_it_costs(
    empty: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # and nobody listens
        archive = f"http://127.0.0.1:{closed.getsockname()[1]}/news"
        done = backfilled(empty, source="wayback", archive=archive, sites=("example.org",)).run
    assert done
    units = [msgspec.to_builtins(each) for each in done.units]
    tell_report(BackfillReport(done.outcome(), counts=done.tally.counts, units=units), as_json=False)
    told = capsys.readouterr()
    assert told.out.startswith("0 days done, 10 failed")
    assert f"2026-03-01 to 2026-03-10: {archive}" in told.err
    assert "the same command tries it again" in told.out


def test_a_second_backfill_is_told_so_before_anything_starts(run: Run, filled: Home) -> None:
    other = filled.claim("backfill")
    refused = run(filled, "backfill", *MARCH, "--only", "all")
    other.release()
    assert (refused.exit_code, refused.stderr.startswith("error: a backfill is already going on")) == (1, True)


def test_archives_are_planned_without_asking_them(run: Run, filled: Home, tmp_path: Path) -> None:
    told = run(filled, "backfill", *MARCH, "--from", "wayback", "--site", "example.org", "--plan", "--json")
    days = {each["day"]: each["why"] for each in json.loads(told.stdout)["days"]}
    assert len(days) == 31
    assert days["2026-03-02"] == ["never asked about; 5 articles are known of it"]
    assert days["2026-03-20"] == ["never asked about"]
    (tmp_path / "list.csv").write_text("url,date\nhttps://example.org/a,2026-03-02\n")
    listed = run(filled, "backfill", *MARCH, "--from", "urls", "--plan", str(tmp_path / "list.csv"))
    assert "31 days" in listed.stdout
