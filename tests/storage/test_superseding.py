"""What counts now, and what counted then."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest
from pathlib import Path
from typing import Any
from uuid import UUID

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.edition.ask import ask, open_edition
from storage.edition.macros import Macro
from storage.edition.publish import publish
from storage.edition.views import ViewFormatError
from storage.home import Home
from storage.log import Log
from storage.records import Record, article_id
from tests.storage.records_of import NOON
from tests.storage.weather import (
    CORRECTED,
    TEXT,
    RainSeen,
    broken,
    by_another,
    captured,
    cleaned,
    found,
    keep,
    reading,
    refused,
    rejected,
    seen,
    url_of,
    weather,
)

ARCHIVED, FIRST, SECOND, THIRD = (NOON + timedelta(days=day) for day in (-30, 0, 2, 3))
RAIN, HAIL = seen(TEXT, "rain"), seen(TEXT, "hail", kind="hail")
Step = Callable[[str], list[Record]]
Row = tuple[Any, ...]


@dataclass(frozen=True)
class After:
    """A commit about an article, and what counts after it: what fell, and the article's text."""

    step: Step
    rain: list[str]
    text: str | None = TEXT


def read(text: str, *findings: RainSeen, **how: Any) -> Step:
    return lambda name: reading(name, text, findings, **how)


def clean(at: datetime, text: str, version: int = 1, configuration: str = "cd") -> Step:
    return lambda name: [capture := captured(name, at), cleaned(capture, text, version, configuration)]


def reject(at: datetime, version: int = 1) -> Step:
    return lambda name: [capture := captured(name, at), rejected(capture, version)]


def fails(version: int) -> Step:
    return lambda name: [broken(name, TEXT, version)]


def refuses(version: int) -> Step:
    return lambda name: [refused(name, TEXT, version)]


def returns(*turns: tuple[RainSeen, str]) -> Step:
    """The last of several turns between two configurations: each names the record that closed the one before."""

    def last(name: str) -> list[Record]:
        done: list[Record] = []
        for number, (finding, configuration) in enumerate(turns):
            supersedes = done[-1].id if number > 1 else None  # new code supersedes by coming later
            done = reading(name, TEXT, [finding], configuration=configuration, supersedes=supersedes)
        return done

    return last


def another_reads(finding: RainSeen) -> Step:
    return lambda name: by_another(reading(name, TEXT, [finding], version=7))


OLD, NEW = (RAIN, "cd"), (HAIL, "ef")
FACTS: dict[str, list[After]] = {
    "the highest version counts": [
        After(read(TEXT, RAIN), ["rain"]),
        After(read(TEXT, RAIN, HAIL, version=2), ["rain", "hail"]),
    ],
    "of one version the later commit counts": [
        After(read(TEXT, RAIN), ["rain"]),
        After(read(TEXT, HAIL, configuration="ef"), ["hail"]),
    ],
    "a reading that found nothing supersedes one that found something": [
        After(read(TEXT, RAIN), ["rain"]),
        After(read(TEXT, version=2), []),
    ],
    "an older version that runs again does not win": [
        After(read(TEXT, HAIL, version=2), ["hail"]),
        After(read(TEXT, RAIN, version=1), ["hail"]),
        After(read(TEXT, RAIN, version=1, configuration="ef"), ["hail"]),
    ],
    "the same reading again adds nothing": [
        After(read(TEXT, RAIN), ["rain"]),
        After(read(TEXT, RAIN), ["rain"]),
    ],
    "a failure or a refusal of a newer version withdraws nothing": [
        After(read(TEXT, RAIN), ["rain"]),
        After(fails(2), ["rain"]),
        After(refuses(3), ["rain"]),
    ],
    "a reading that failed counts once it is completed": [
        After(fails(1), []),
        After(read(TEXT, RAIN), ["rain"]),
    ],
    "a return to an older configuration counts, however often": [
        After(read(TEXT, RAIN), ["rain"]),
        After(read(TEXT, HAIL, configuration="ef"), ["hail"]),
        After(returns(OLD, NEW, OLD), ["rain"]),
        After(returns(OLD, NEW, OLD, NEW), ["hail"]),
        After(returns(OLD, NEW, OLD, NEW, OLD), ["rain"]),
    ],
    "extractors do not supersede each other": [
        After(read(TEXT, RAIN), ["rain"]),
        After(another_reads(HAIL), ["rain", "hail"]),
        After(read(TEXT, version=2), ["hail"]),
    ],
    "a corrected article leaves the findings of its old text": [
        After(read(TEXT, RAIN, HAIL), ["rain", "hail"]),
        After(clean(SECOND, CORRECTED), [], CORRECTED),  # nobody has read the new text yet
        After(read(CORRECTED, RAIN), ["rain"], CORRECTED),
    ],
    "the corrected text may be read by an older version": [
        After(read(TEXT, RAIN, version=2), ["rain"]),
        After(clean(SECOND, CORRECTED), [], CORRECTED),
        After(read(CORRECTED, RAIN), ["rain"], CORRECTED),
    ],
    "a text that comes back needs no second reading": [
        After(read(TEXT, RAIN, HAIL), ["rain", "hail"]),
        After(clean(SECOND, CORRECTED), [], CORRECTED),
        After(clean(THIRD, TEXT), ["rain", "hail"]),
    ],
    "a raised cleaner brings its own text": [
        After(read(TEXT, RAIN, HAIL), ["rain", "hail"]),
        After(clean(FIRST, CORRECTED, version=2), [], CORRECTED),
        After(read(CORRECTED, RAIN), ["rain"], CORRECTED),
    ],
    "an older cleaner that runs again does not win": [
        After(clean(FIRST, CORRECTED, version=2), [], CORRECTED),
        After(clean(FIRST, TEXT, version=1, configuration="ef"), [], CORRECTED),
    ],
    "of one cleaner version the later commit counts": [
        After(clean(FIRST, CORRECTED, configuration="ef"), [], CORRECTED),
    ],
    "the newest capture counts, whichever cleaner read it": [
        After(clean(SECOND, CORRECTED), [], CORRECTED),
        After(clean(FIRST, TEXT, version=2), [], CORRECTED),
    ],
    "a back-filled older capture does not become current": [
        After(read(TEXT, RAIN, HAIL), ["rain", "hail"]),
        After(clean(ARCHIVED, CORRECTED), ["rain", "hail"]),
        After(read(CORRECTED, RAIN, version=2), ["rain", "hail"]),
    ],
    "a later capture without an article leaves the text before": [
        After(read(TEXT, RAIN), ["rain"]),
        After(reject(SECOND), ["rain"]),
    ],
    "a raised cleaner that sees no article withdraws the text": [
        After(read(TEXT, RAIN), ["rain"]),
        After(reject(FIRST, version=2), [], None),
    ],
    "an older cleaner that sees no article withdraws nothing": [
        After(clean(FIRST, TEXT, version=2), []),
        After(reject(FIRST, version=1), []),
    ],
    "a capture that is withdrawn gives way to the one before": [
        After(clean(SECOND, CORRECTED), [], CORRECTED),
        After(reject(SECOND, version=2), []),
    ],
}


@dataclass(frozen=True)
class Told:
    """All facts happened side by side, each to an article of its own: what the edition says of them after each commit.

    The first answer is as of no commit at all, the last is what counts now.
    """

    edition: duckdb.DuckDBPyConnection
    rain: list[dict[UUID, list[str]]]
    text: list[dict[UUID, str]]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    home = Home(tmp_path_factory.mktemp("told"))
    keep(home, TEXT, CORRECTED)
    log, names = Log(home), list(FACTS)
    opening = [each for name in names for each in (found(name), *clean(FIRST, TEXT)(name))]
    commits = [0, log.append(opening).head.position]
    for afters in zip_longest(*FACTS.values()):
        batch = [each for name, after in zip(names, afters, strict=True) if after for each in after.step(name)]
        commits.append(log.append(batch).head.position)
    publish(home, weather())
    rain = "SELECT article_id, list(words ORDER BY span.start) FROM rain{} GROUP BY article_id"
    with closing(open_edition(home.edition)) as edition:

        def everywhen(query: str) -> list[dict[UUID, Any]]:
            moments = [*(f"_as_of({commit})" for commit in commits), ""]
            return [dict(edition.execute(query.format(moment)).fetchall()) for moment in moments]

        yield Told(edition, everywhen(rain), everywhen("SELECT article_id, text FROM articles{}"))


@pytest.mark.parametrize("fact", FACTS)
def test_what_counts_now_and_what_counted_then(told: Told, fact: str) -> None:
    article, nothing_yet = article_id(url_of(fact)), After(lambda _: [], [], None)
    expected = [nothing_yet, After(lambda _: [], []), *FACTS[fact]]
    for after, rain, text in zip_longest(expected, told.rain, told.text, fillvalue=expected[-1]):
        assert rain.get(article, []) == after.rain
        assert text.get(article) == after.text


def test_a_back_filled_capture_stands_first_among_the_revisions(told: Told) -> None:
    article = article_id(url_of("a back-filled older capture does not become current"))
    query = "SELECT text FROM article_revisions WHERE article_id = $article ORDER BY revision"
    assert told.edition.execute(query, {"article": article}).fetchall() == [(CORRECTED,), (TEXT,)]


def test_nothing_is_stored_twice(told: Told) -> None:
    query = "SELECT count(*) - count(DISTINCT event_id) FROM log.events"
    assert told.edition.execute(query).fetchall() == [(0,)]


def answers(home: Home, relations: Iterable[str], columns: str = "*") -> list[list[Row]]:
    with closing(open_edition(home.edition)) as edition:
        return [edition.execute(f"SELECT {columns} FROM {each} ORDER BY ALL").fetchall() for each in relations]


# a moment, and the last commit then


def test_a_moment_is_turned_into_the_last_commit_then(home: Home) -> None:
    times = iter([NOON, NOON + timedelta(days=1), NOON + timedelta(days=3)])
    log, second = Log(home, clock=lambda: next(times)), timedelta(seconds=1)
    commits = [log.append([found(name)]).head.position for name in "abc"]
    publish(home, weather())
    moments = {
        NOON - second: 0,
        NOON: commits[0],
        NOON + timedelta(days=1) - second: commits[0],
        NOON + timedelta(days=1): commits[1],
        NOON + timedelta(days=2): commits[1],
        NOON + timedelta(days=300): commits[2],
    }
    for moment, commit in moments.items():
        assert ask(home, "SELECT commit_at($moment)", {"moment": moment}).rows == [(commit,)]


def test_every_view_answers_as_of_a_moment(home: Home) -> None:
    keep(home, TEXT, CORRECTED)
    steps = [(NOON, [found("a"), *clean(FIRST, TEXT)("a"), *reading("a", TEXT, [RAIN])])]
    steps += [(NOON + timedelta(days=3), [*clean(SECOND, CORRECTED)("a"), *reading("a", CORRECTED, [RAIN])])]
    commits = [Log(home, clock=lambda: at).append(records).head.position for at, records in steps]  # noqa: B023
    publish(home, weather())
    for moment, commit in (("2026-03-04", commits[0]), ("2026-03-05T12:00:00Z", commits[1]), ("2026-03-01", 0)):
        names = [view.name for view in weather().views]
        then = answers(home, [f"{name}_as_of({commit})" for name in names])
        assert answers(home, [f"{name}_as_of(commit_at(TIMESTAMPTZ '{moment}'))" for name in names]) == then


def test_a_macro_says_what_it_gives(home: Home) -> None:
    publish(home, weather())
    [(comment,)] = ask(home, "SELECT comment FROM duckdb_functions() WHERE function_name = 'commit_at'").rows
    assert "recorded at or before" in comment


def test_a_macro_without_a_head_is_refused() -> None:
    with pytest.raises(ViewFormatError, match="what it gives"):
        Macro("half.sql", "SELECT 1 / 2").create_statements()


# laws

NAMES = "abc"
MOMENTS = (FIRST, SECOND)
VIEWS = ("articles", "article_revisions", "current_events", "rain", "coverage")
FEW = settings(max_examples=2, suppress_health_check=list(HealthCheck))


@st.composite
def histories(draw: st.DrawFn, name: str) -> list[list[Record]]:
    """Commits about one article, no two of which could only be told apart by which came later."""
    commits: list[list[Record]] = []
    for at in sorted(draw(st.sets(st.sampled_from(MOMENTS), min_size=1))):
        for version in sorted(draw(st.sets(st.sampled_from([1, 2]), min_size=1))):
            text = draw(st.sampled_from([TEXT, TEXT, CORRECTED, CORRECTED, None]))
            commits.append((reject(at, version) if text is None else clean(at, text, version))(name))
    for text in (TEXT, CORRECTED):
        for version in sorted(draw(st.sets(st.sampled_from([1, 2, 3])))):
            findings = [seen(text, word) for word in draw(st.sets(st.sampled_from(["rain", "lake", "nothing"])))]
            ending = draw(st.sampled_from(["completed", "completed", "failed", "refused"]))
            endings = {"failed": [broken(name, text, version)], "refused": [refused(name, text, version)]}
            commits.append(endings.get(ending) or reading(name, text, findings, version=version))
    return draw(st.permutations(commits))


@st.composite
def worlds(draw: st.DrawFn) -> list[list[list[Record]]]:
    return [draw(histories(name)) for name in NAMES]


def batches(world: Iterable[Sequence[Sequence[Record]]]) -> list[list[Record]]:
    """The n-th commit about each article, in one commit."""
    return [[each for commit in commits if commit for each in commit] for commits in zip_longest(*world)]


@FEW
@given(worlds(), st.randoms(use_true_random=False))
def test_any_order_of_the_same_commits_gives_the_same_current_findings(world: Any, chance: Any) -> None:
    def current(world: Sequence[Sequence[Sequence[Record]]]) -> list[list[Row]]:
        with tempfile.TemporaryDirectory() as folder:
            home = Home(Path(folder) / "home")
            keep(home, TEXT, CORRECTED)
            for batch in batches(world):
                Log(home).append(chance.sample(batch, len(batch)))
            publish(home, weather())
            return answers(home, VIEWS, columns="COLUMNS(lambda name: name <> 'position')")

    assert current(world) == current([chance.sample(commits, len(commits)) for commits in world])


@FEW
@given(worlds())
def test_as_of_a_commit_answers_what_was_answered_then(world: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home")
        keep(home, TEXT, CORRECTED)
        then: dict[int, list[list[Row]]] = {}
        for batch in batches(world):
            position = Log(home).append(batch).head.position
            publish(home, weather())
            then[position] = answers(home, VIEWS)
        for position, told in then.items():
            assert answers(home, [f"{view}_as_of({position})" for view in VIEWS]) == told
