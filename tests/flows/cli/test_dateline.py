from __future__ import annotations

import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import pytest

from flows.cli import console
from storage.home import Home

Program = Callable[..., subprocess.CompletedProcess[str]]
# sends the signal, once, when DuckDB is at work in its thread
_INTERRUPTED = """
import os, signal, threading
from concurrent.futures import Future
from flows.cli import main
waiting = Future.result
def result(self, timeout=None):
    Future.result = waiting
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
    return waiting(self, timeout)
Future.result = result
main()
"""
HEAVY = ("prefect", "duckdb", "pyarrow", "pydantic", "trafilatura", "aiohttp", "prompt_toolkit", "deltalake")


def test_help_teaches_in_order(program: Program) -> None:
    answer = program("--help")
    assert answer.returncode == 0
    places = [answer.stdout.index(f"─ {each} ─") for each in ("Start here", "Every night", "Ask", "Keep")]
    assert places == sorted(places)


def test_help_costs_little(program: Program) -> None:
    program("--help")  # compiles what was not compiled yet
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    program("--help")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 1.0  # 0.35 on an idle machine


def test_the_commands_import_nothing_heavy() -> None:
    look = f"import flows.cli, sys; print([name for name in {HEAVY!r} if name in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", look], text=True) == "[]\n"


def test_the_version_is_told(program: Program) -> None:
    assert program("--version").stdout == f"dateline {version('dateline')}\n"


def test_a_command_that_is_none_is_wrong_usage(program: Program) -> None:
    answer = program("sqll")
    assert answer.returncode == 2
    assert "sql" in answer.stderr


def test_a_setting_that_cannot_be_read_is_named(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_WORKERS", "many")
    answer = program("sql", "SELECT 1")
    assert answer.returncode == 2
    assert answer.stderr.startswith("error: DATELINE_WORKERS is 'many': ")


def test_debug_shows_where_an_error_comes_from(program: Program, empty: Home) -> None:
    answer = program("--debug", "--home", str(empty.root), "sql", "SELECT 1")
    assert answer.returncode == 1
    assert "Traceback" in answer.stderr


def test_the_home_option_holds_for_one_call(run: Callable[..., Any], filled: Home, empty: Home) -> None:
    assert run(filled, "sql", "SELECT 1").exit_code == 0
    assert run(empty, "sql", "SELECT 1").exit_code == 1


def test_an_interrupt_is_quiet(filled: Home) -> None:
    asked = [sys.executable, "-m", "flows.cli", "--home", str(filled.root), "sql", "--csv", "FROM range(10000000000)"]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        process.stdout.read()
        assert process.stderr.read() == ""
        assert process.wait(60) == 130


def test_a_query_that_takes_long_can_be_interrupted(filled: Home) -> None:
    query = "SELECT count(*) FROM range(3000000) AS a, range(3000000) AS b WHERE a.range + b.range = 7"
    asked = [sys.executable, "-c", _INTERRUPTED, "--home", str(filled.root), "sql", query]
    done = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (130, "")


def test_what_a_terminal_would_obey_is_replaced() -> None:
    assert console.plain("a\x1b[31m\u202eb\tc\n") == "a\ufffd[31m\ufffdb\tc\n"
