"""What the pages say holds: generated pages are fresh, queries answer, commands exist, settings and links are real."""

from __future__ import annotations

import io
import re
import shlex
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from flows.cli import app
from flows.cli.boundary import FAILED, INTERRUPTED, PIPE_CLOSED, TRANSIENT, USAGE
from flows.demo.look import show
from flows.settings import Settings
from flows.vocabulary import vocabulary
from storage.edition.ask import ask
from storage.edition.documented import schema_page
from storage.home import Home
from tests.docs.blocks import PAGES, ROOT, Block, blocks

README = (ROOT / "README.md").read_text("utf-8")
_COMMAND = re.compile(r"^(?:.*[ /])??dateline ([^|>\n]*)", re.MULTILINE)
_LINK = re.compile(r"\]\((?!https?:)([^)#]*)(?:#([\w-]+))?\)")
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
_SETTING = re.compile(r"^\| `DATELINE_(\w+)` \| `?(.*?)`? \|", re.MULTILINE)
_OF_THE_MACHINE = {"home": "the user's data folder", "workers": "number of CPUs"}

_SHELL = "\n".join(re.sub(r"^cd .*|^tar .*|^du .*", "", each.body, flags=re.MULTILINE) for each in blocks("sh", "cron"))
COMMANDS = sorted({each.strip() for each in _COMMAND.findall(_SHELL)})
QUERIES = blocks("sql", page="sql.md")


def test_the_schema_page_is_what_is_generated() -> None:
    page = (ROOT / "docs" / "schema.md").read_text("utf-8")
    assert page == schema_page(vocabulary()), "run: uv run python docs/generate.py"


def test_the_schema_page_explains_every_view_and_record(filled: Home) -> None:
    page = schema_page(vocabulary())
    for view in vocabulary().views:
        assert _explained(page, view.name) == ask(filled, f"FROM {view.name} LIMIT 0").columns
    envelope = _explained(page, "The envelope")
    for name, cls in vocabulary().classes.items():
        assert _explained(page, name) == [field for field in cls.__struct_fields__ if field not in envelope]


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_every_query_of_the_cookbook_answers(filled: Home, query: Block) -> None:
    assert ask(filled, query.body).rows


@pytest.mark.parametrize("example", [each for each in blocks("python") if each.file is None], ids=str)
def test_every_python_example_runs_beside_the_edition(
    filled: Home, example: Block, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(filled.root)
    exec(compile(example.body, str(example), "exec"), {})
    assert capfd.readouterr().out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_exists_with_its_options(command: str) -> None:
    answer = CliRunner().invoke(app, [*shlex.split(command), "--help"])
    assert answer.exit_code == 0, answer.output


def test_every_make_target_exists() -> None:
    targets = set(re.findall(r"^make (\w+)", _SHELL, re.MULTILINE))
    assert targets >= {"demo", "test", "check"}
    assert targets <= set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def test_the_first_two_commands_are_demo_and_test() -> None:
    assert blocks("sh", page="README.md")[0].body == "make demo\nmake test\n"


def test_the_table_of_settings_is_complete_and_its_defaults_are_right() -> None:
    stated = {name.lower(): default for name, default in _SETTING.findall(README)}
    assert list(stated) == list(Settings.model_fields)
    given, plain = Settings().model_dump(), {"false": False, "empty": "", "none": ()}
    assert {name: given[name] for name in stated.keys() - _OF_THE_MACHINE} == {
        name: plain[default] if default in plain else float(default)
        for name, default in stated.items()
        if name not in _OF_THE_MACHINE
    }
    assert _OF_THE_MACHINE.items() <= stated.items()


def test_every_exit_code_is_told() -> None:
    table = README.partition("## Exit codes")[2].partition("\n## ")[0]
    told = [int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)]
    assert told == sorted([0, FAILED, USAGE, TRANSIENT, INTERRUPTED, PIPE_CLOSED])


def test_the_commands_for_prefect_are_those_of_the_deployment() -> None:
    stated = re.findall(r"^uv run prefect (?!deployment run).*", _SHELL, re.MULTILINE)
    head = (ROOT / "deployments" / "prefect.yaml").read_text("utf-8")
    assert stated == [line.strip("# ") for line in head.splitlines() if "uv run prefect" in line]


def test_the_excerpt_of_the_demo_stands_in_the_look(filled: Home) -> None:
    console = Console(file=io.StringIO(), width=110)
    show(filled, console)
    seen = _one_line(console.file.getvalue())  # type: ignore[attr-defined]
    excerpt = next(each for each in blocks("text", page="README.md") if "dateline demo" in each.above)
    for paragraph in excerpt.body.split("\n\n"):
        assert _one_line(paragraph) in seen


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for path, anchor in _LINK.findall(page.read_text("utf-8")):
        target = (page.parent / path) if path else page
        assert target.exists()
        if anchor:
            assert anchor in [_anchor(each) for each in _HEADING.findall(target.read_text("utf-8"))]


def _explained(page: str, heading: str) -> list[str]:
    """The columns in the table under a heading."""
    section = page.partition(f"\n### {heading}\n")[2].partition("\n### ")[0]
    return re.findall(r"^\| `([^`]+)`", section, re.MULTILINE)


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _one_line(text: str) -> str:
    return " ".join(text.split())
