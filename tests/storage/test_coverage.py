from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from storage.edition.ask import ask
from storage.edition.publish import publish
from storage.events import ArticleDuplicated, ArticleFetchFailed, FeedPolled
from storage.home import Home
from storage.log import Log
from storage.records import Record, article_id, feed_id, new_run_id, record
from tests.storage.records_of import DAY, NOON, context
from tests.storage.weather import (
    CORRECTED,
    FEED,
    NEXT,
    TEXT,
    captured,
    cleaned,
    found,
    keep,
    rejected,
    unfetched,
    url_of,
    weather,
)

COLUMNS = ("articles", "stories", "words", "rejected", "failed", "feeds", "silent_feeds")
Counted = dict[tuple[date, str | None, str | None], dict[str, int]]
WORDS = len(TEXT.split())


def polled(outcome: str, day: date = DAY, url: str = FEED) -> Record:
    event = FeedPolled(feed_url=url, polled_at=NOON, outcome=outcome)  # type: ignore[arg-type]
    return record(event, feed_id(url), context(published_on=day, run_id=new_run_id()))


def article(name: str, day: date = DAY, **fields: Any) -> list[Record]:
    capture = captured(name, NOON, day=day)
    return [found(name, day), capture, cleaned(capture, TEXT, **fields)]


def unreachable(url: str) -> Record:
    event = ArticleFetchFailed(url=url, reason="timeout")
    return record(event, article_id(url), context(run_id=new_run_id()))


def copies(one: str, other: str) -> Record:
    first, second = sorted((article_id(url_of(one)), article_id(url_of(other))))
    event = ArticleDuplicated(other_article=str(second), relation="copy", similarity_percent=90)
    return record(event, first, context())


def coverage(home: Home, *commits: list[Record]) -> Counted:
    keep(home, TEXT, CORRECTED)
    for commit in commits:
        Log(home).append(commit)
    publish(home, weather())
    return counted(home, "coverage")


def counted(home: Home, relation: str) -> Counted:
    rows = ask(home, f"SELECT published_on, publisher, language, {', '.join(COLUMNS)} FROM {relation}").rows
    return {row[:3]: {name: number for name, number in zip(COLUMNS, row[3:], strict=True) if number} for row in rows}


def test_articles_are_counted_by_day_publisher_and_language(home: Home) -> None:
    assert coverage(
        home,
        [*article("a"), *article("b", language="de"), *article("c", NEXT), *article("d", publisher="example.net")],
    ) == {
        (DAY, "example.org", "en"): {"articles": 1, "stories": 1, "words": WORDS},
        (DAY, "example.org", "de"): {"articles": 1, "stories": 1, "words": WORDS},
        (NEXT, "example.org", "en"): {"articles": 1, "stories": 1, "words": WORDS},
        (DAY, "example.net", "en"): {"articles": 1, "stories": 1, "words": WORDS},
    }


def test_copies_are_one_story(home: Home) -> None:
    [counts] = coverage(home, [*article("a"), *article("b"), copies("a", "b")]).values()
    assert (counts["articles"], counts["stories"]) == (2, 1)


def test_pages_without_a_text_stand_with_their_hosts_publisher_and_no_language(home: Home) -> None:
    wall = captured("wall", NOON)
    told = coverage(
        home,
        [*article("a", publisher="The Example"), found("wall"), wall, rejected(wall), found("gone"), unfetched("gone")],
        [unreachable("https://www.example.org/gone-too"), unreachable("http://www.elsewhere.net:8080/x?y")],
    )
    assert told[DAY, "The Example", None] == {"rejected": 1, "failed": 2}
    assert told[DAY, "elsewhere.net", None] == {"failed": 1}


def test_a_page_that_gave_a_text_later_is_missed_no_more(home: Home) -> None:
    wall, later = captured("a", NOON), captured("a", NOON + timedelta(days=1))
    lost = [found("a"), unfetched("a"), unfetched("a")]
    assert coverage(home, lost) == {(DAY, "example.org", None): {"failed": 1}}
    assert coverage(home, [wall, rejected(wall)]) == {(DAY, "example.org", None): {"rejected": 1}}
    assert set(coverage(home, [later, cleaned(later, TEXT)])) == {(DAY, "example.org", "en")}


def test_a_feed_is_silent_on_a_day_without_a_good_answer(home: Home) -> None:
    answers = {
        "new": ["new"],
        "unchanged": ["unchanged"],
        "moved": ["moved"],
        "in-the-end": ["unreachable", "new", "unreachable"],
        "unreachable": ["unreachable", "unreachable"],
        "gone": ["gone"],
        "no-feed": ["not_a_feed"],
    }
    polls = [
        polled(each, url=f"https://{name}.example.net/rss") for name, outcomes in answers.items() for each in outcomes
    ]
    told = coverage(home, polls)
    assert {publisher for (_, publisher, _), counts in told.items() if counts.get("silent_feeds")} == {
        f"{name}.example.net" for name in ("unreachable", "gone", "no-feed")
    }
    assert all(counts["feeds"] == 1 for counts in told.values())


def test_a_feed_belongs_to_the_publisher_whose_articles_it_names(home: Home) -> None:
    told = coverage(
        home,
        [*article("a", publisher="The Example"), polled("new"), polled("unreachable", NEXT)],
        [polled("new", url="https://feeds.example.org/all"), polled("new", url="http://www.example.org/world.xml")],
    )
    assert told[DAY, "The Example", None] == {"feeds": 2}
    assert told[NEXT, "The Example", None] == {"feeds": 1, "silent_feeds": 1}
    assert told[DAY, "feeds.example.org", None] == {"feeds": 1}


def test_what_came_later_is_not_counted_as_of_an_earlier_commit(home: Home) -> None:
    told = coverage(home, [*article("a"), polled("unreachable"), found("gone"), found("wall")])
    then, wall = Log(home).head().position, captured("wall", NOON)
    late = [polled("new"), polled("new", url="https://example.org/late.xml"), unfetched("gone"), wall, rejected(wall)]
    assert coverage(home, [*late, *article("b")]) != told
    assert counted(home, f"coverage_as_of({then})") == told


def test_its_sums_are_those_of_the_days(home: Home) -> None:
    wall = captured("wall", NOON)
    records = [*article("a"), *article("b", language=None), *article("c", NEXT), found("wall"), wall, rejected(wall)]
    coverage(home, [*records, found("gone"), unfetched("gone"), polled("new")])
    sums = "sum(articles)::BIGINT, sum(words)::BIGINT, sum(rejected)::BIGINT, sum(failed)::BIGINT"
    by_day = ask(home, f"SELECT published_on, {sums} FROM coverage GROUP BY ALL ORDER BY ALL").rows
    assert by_day == ask(home, "SELECT published_on, articles, words, rejected, failed FROM days ORDER BY ALL").rows
