"""The prompt of `dateline sql`: statements until `;`, history, completion, and a few commands that begin with a dot.

Every statement opens the edition that is published at that moment, so a session left open sees each new night.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.lexers import PygmentsLexer
from pygments.lexers.sql import SqlLexer
from rich.table import Table
from rich.text import Text

from flows.cli.boundary import explanation
from flows.cli.console import err, out, plain
from flows.cli.sql import answer
from storage.edition.ask import Relation, describe

if TYPE_CHECKING:
    from storage.home import Home

_WORDS = (
    *("SELECT", "FROM", "WHERE", "GROUP BY", "ORDER BY", "HAVING", "LIMIT", "JOIN", "LEFT JOIN", "USING", "DISTINCT"),
    *("count", "sum", "min", "max", "avg", "BETWEEN", "AND", "OR", "NOT", "NULL", "LIKE", "ILIKE", "CASE", "WHEN"),
    *("THEN", "ELSE", "END", "DESC", "SUMMARIZE", "DESCRIBE"),
)
_COMMANDS = (".tables", ".schema", ".help", ".quit")
_HELP = """\
A statement ends with ;   and may stand on several lines. Tab completes, arrow up brings back what you asked before.
.tables        the views and tables, and what each holds
.schema NAME   the columns of one, and what each means
.help          this
.quit          leave (so does Ctrl-D); Ctrl-C drops the line"""


def converse(home: Home) -> None:
    """Ask and answer until the reader leaves.

    Raises:
        NoEditionError: nothing was published yet.
    """
    relations = describe(home)
    out.print(Text(f"{home.edition} · {len(relations)} views and tables · .help", style="dim"))
    session = _session(relations)
    while True:
        try:
            line = session.prompt("dateline> ").strip()
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        if line in (".quit", ".exit"):
            return
        _reply(home, line)


def _reply(home: Home, line: str) -> None:
    """Answer one line; what goes wrong is said and the conversation goes on."""
    try:
        if line.startswith("."):
            _obey(home, line)
        elif line.strip("; \n"):
            answer(home, line)
    except KeyboardInterrupt:
        err.print("interrupted")
    except Exception as error:
        message = explanation(error)
        if message is None:
            raise
        err.print(Text("error: ", style="bold red") + Text(plain(message), style="default"), soft_wrap=True)


def _obey(home: Home, line: str) -> None:
    command, _, argument = line.rstrip(";").partition(" ")
    commands: dict[str, Callable[[], None]] = {
        ".tables": lambda: _show_relations(describe(home)),
        ".schema": lambda: _show_schema(describe(home), argument.strip()),
        ".help": lambda: out.print(Text(_HELP)),
    }
    commands.get(command, lambda: err.print(Text(f"{command} is no command here; .help lists them")))()


def _show_relations(relations: Iterable[Relation]) -> None:
    _show_pairs((relation.name, relation.comment) for relation in relations)


def _show_schema(relations: Iterable[Relation], name: str) -> None:
    for relation in relations:
        if relation.name == name:
            out.print(Text(f"{relation.name}: {relation.comment}", style="bold"))
            _show_pairs((f"{each.name} {each.kind}", each.comment) for each in relation.columns)
            return
    err.print(Text(f"there is no view or table {name!r}; .tables lists them"))


def _show_pairs(pairs: Iterable[tuple[str, str]]) -> None:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for name, comment in pairs:
        table.add_row(Text(name), Text(comment, style="dim"))
    out.print(table)


def _session(relations: Iterable[Relation]) -> PromptSession[str]:
    return PromptSession(
        history=_history(),
        completer=NamesCompleter(relations),
        complete_while_typing=False,
        lexer=PygmentsLexer(SqlLexer),
        multiline=True,
        key_bindings=_enter_ends_statements(),
        prompt_continuation=lambda _width, _line, _wraps: "     ...> ",
    )


def _history() -> History:
    """What was asked before, kept in the user's state folder; in memory where that cannot be written."""
    from platformdirs import user_state_path

    folder = user_state_path("dateline", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "sql_history").touch()
    except OSError:
        return InMemoryHistory()
    return FileHistory(str(folder / "sql_history"))


def is_complete(text: str) -> bool:
    """Whether Enter sends the text: a statement that ended, a dot command, or nothing at all."""
    stripped = text.strip()
    return not stripped or stripped.endswith(";") or stripped.startswith(".")


def _enter_ends_statements() -> KeyBindings:
    bindings = KeyBindings()

    def is_at_end() -> bool:
        from prompt_toolkit.application import get_app

        return is_complete(get_app().current_buffer.text)

    def send(event: KeyPressEvent) -> None:
        event.current_buffer.validate_and_handle()

    bindings.add("enter", filter=Condition(is_at_end))(send)
    return bindings


class NamesCompleter(Completer):
    """Completes the names of views, tables and columns, SQL's words, and the dot commands."""

    def __init__(self, relations: Iterable[Relation]) -> None:
        self._names: dict[str, str] = {}
        for relation in relations:
            self._names.setdefault(relation.name, relation.comment)
            for column in relation.columns:
                self._names.setdefault(column.name, column.comment)
        self._names = dict.fromkeys((*_WORDS, *_COMMANDS), "") | self._names

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """Names that begin with the word before the cursor."""
        del complete_event
        word = document.get_word_before_cursor(pattern=None, WORD=True).rpartition("(")[2].rpartition(",")[2]
        for name, comment in self._names.items():
            if word and name.lower().startswith(word.lower()):
                yield Completion(name, start_position=-len(word), display_meta=comment)
