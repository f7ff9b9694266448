from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from storage.edition import comparing
from storage.edition.comparing import (
    Articles,
    Counts,
    Difference,
    Question,
    UnknownExtractorError,
    UnknownVersionError,
    comparison,
)
from storage.edition.publish import publish
from storage.edition.vocabulary import vocabulary
from storage.home import Home
from storage.log import Log
from storage.records import article_id
from tests.storage.records_of import DAY, NOON
from tests.storage.weather import (
    CORRECTED,
    TEXT,
    Observer,
    Span,
    captured,
    cleaned,
    found,
    keep,
    reading,
    seen,
    url_of,
    weather,
)

RAIN, HAIL, LAKE = seen(TEXT, "rain"), seen(TEXT, "hail", kind="hail"), seen(TEXT, "lake")
SEEN_BY = seen(TEXT, "rain", observer=Observer("the lake", [Span(22, 30)]))
NEXT = DAY + timedelta(days=1)
"""Version 1 has read both articles, version 2 both of them, version 3 only the second."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("told") / "home")
    keep(home, TEXT, CORRECTED)
    first, second = captured("a", NOON), captured("b", NOON, day=NEXT)
    log = Log(home)
    log.append([found("a"), first, cleaned(first, TEXT, headline="Rain at last")])
    log.append([found("b", NEXT), second, cleaned(second, TEXT)])
    log.append([*reading("a", TEXT, [RAIN, LAKE]), *reading("b", TEXT, [RAIN, HAIL], day=NEXT)])
    log.append([*reading("a", TEXT, [SEEN_BY, HAIL], version=2), *reading("b", TEXT, [RAIN], version=2, day=NEXT)])
    log.append(reading("b", TEXT, [RAIN], version=3, day=NEXT))
    publish(home, weather())
    return home


def differences(home: Home, *asked: Any, limit: int | None = None, **days: Any) -> list[Difference]:
    with comparison(home, weather(), Question("rain", *asked, **days)) as answer:
        return list(answer.differences(limit))


def summary(home: Home, *asked: Any, **days: Any) -> tuple[Articles, dict[str, Counts]]:
    with comparison(home, weather(), Question("rain", *asked, **days)) as answer:
        return answer.articles, answer.counts


def test_findings_appear_vanish_and_change_by_their_key(told: Home) -> None:
    found = {(each.change, each.published_on, _word(each)) for each in differences(told, 1, 2)}
    assert found == {
        ("changed", DAY, "rain"),
        ("appeared", DAY, "hail"),
        ("vanished", DAY, "lake"),
        ("vanished", NEXT, "hail"),
    }
    assert summary(told, 1, 2) == (Articles(2, 0, 0, 0), {"RainSeen": Counts(1, 2, 1, 1)})


def _word(each: Difference) -> str:
    fields = each.after or each.before
    assert fields is not None
    return str(fields["span"]["text"])


def test_a_change_names_the_fields_and_shows_spans_with_their_words(told: Home) -> None:
    [changed] = [each for each in differences(told, 1, 2) if each.change == "changed"]
    assert changed.fields == ["observer"]
    assert changed.before is not None
    assert changed.after is not None
    assert changed.before["observer"] is None
    assert changed.after["observer"] == {"name": "the lake", "spans": [{"start": 22, "end": 30, "text": "the lake"}]}
    assert (changed.headline, changed.url, changed.article_id) == ("Rain at last", url_of("a"), article_id(url_of("a")))


def test_the_other_way_round_what_appeared_vanishes(told: Home) -> None:
    _, counts = summary(told, 2, 1)
    assert counts == {"RainSeen": Counts(2, 1, 1, 1)}


def test_a_version_does_not_differ_from_itself(told: Home) -> None:
    assert differences(told, 1, 1) == []
    assert summary(told, "current", "current")[1] == {"RainSeen": Counts(0, 0, 0, 3)}


def test_current_is_what_counts_for_each_article(told: Home) -> None:
    assert summary(told, 2, "current") == (Articles(2, 0, 0, 0), {"RainSeen": Counts(0, 0, 0, 3)})
    assert {each.change for each in differences(told, 1, "current")} == {"appeared", "vanished", "changed"}


def test_articles_that_one_version_alone_has_read_are_told_and_not_compared(told: Home) -> None:
    assert summary(told, 1, 3) == (Articles(1, 1, 0, 0), {"RainSeen": Counts(0, 1, 0, 1)})
    assert summary(told, 3, 1)[0] == Articles(1, 0, 1, 0)


def test_days_are_cut_at_both_ends(told: Home) -> None:
    assert summary(told, 1, 2, since=NEXT) == (Articles(1, 0, 0, 0), {"RainSeen": Counts(0, 1, 0, 1)})
    assert summary(told, 1, 2, until=DAY)[0] == Articles(1, 0, 0, 0)
    assert summary(told, 1, 2, since=NEXT + timedelta(days=1)) == (Articles(0, 0, 0, 0), {})


def test_pages_and_limits_change_nothing_in_the_order(told: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    every = differences(told, 1, 2)
    monkeypatch.setattr(comparing, "_PAGE", 2)
    assert differences(told, 1, 2) == every
    assert differences(told, 1, 2, limit=3) == every[:3]
    assert differences(told, 1, 2, limit=100) == every


def test_readings_of_different_texts_are_not_compared(home: Home) -> None:
    keep(home, TEXT, CORRECTED)
    first, second = captured("a", NOON), captured("a", NOON + timedelta(days=1))
    Log(home).append([found("a"), first, cleaned(first, TEXT), *reading("a", TEXT, [RAIN])])
    Log(home).append([second, cleaned(second, CORRECTED), *reading("a", CORRECTED, [], version=2)])
    publish(home, weather())
    assert summary(home, 1, 2) == (Articles(0, 0, 0, 1), {})


def test_of_several_texts_the_current_one_is_compared(home: Home) -> None:
    keep(home, TEXT, CORRECTED)
    first, second = captured("a", NOON), captured("a", NOON + timedelta(days=1))
    Log(home).append([found("a"), first, cleaned(first, TEXT), second, cleaned(second, CORRECTED)])
    Log(home).append([*reading("a", CORRECTED, []), *reading("a", CORRECTED, [], version=2)])
    Log(home).append([*reading("a", TEXT, [RAIN]), *reading("a", TEXT, [], version=2)])
    publish(home, weather())
    assert summary(home, 1, 2) == (Articles(1, 0, 0, 0), {})


def test_several_findings_of_one_key_are_compared_one_by_one(home: Home) -> None:
    keep(home, TEXT)
    first = captured("a", NOON)
    Log(home).append([found("a"), first, cleaned(first, TEXT)])
    same_place = [seen(TEXT, "rain", kind=kind) for kind in ("rain", "hail")]
    Log(home).append([*reading("a", TEXT, same_place), *reading("a", TEXT, [SEEN_BY, same_place[1]], version=2)])
    publish(home, weather())
    assert summary(home, 1, 2)[1] == {"RainSeen": Counts(0, 0, 1, 1)}
    [changed] = differences(home, 1, 2)
    assert changed.fields == ["observer"]


def test_findings_of_a_class_that_is_gone_show_what_was_written(home: Home) -> None:
    keep(home, TEXT)
    first = captured("a", NOON)
    Log(home).append([found("a"), first, cleaned(first, TEXT), *reading("a", TEXT, [HAIL])])
    Log(home).append(reading("a", TEXT, [], version=2))
    nothing_known = vocabulary({}, [])
    publish(home, nothing_known)
    with comparison(home, nothing_known, Question("rain", 1, 2)) as answer:
        [vanished] = answer.differences()
    assert vanished.before is not None
    assert (vanished.before["kind"], vanished.before["span"]) == ("hail", {"start": 37, "end": 41})


def test_an_unknown_extractor_is_refused_with_those_that_are_there(told: Home) -> None:
    asked = Question("snow", 1, 2)
    with (
        pytest.raises(UnknownExtractorError, match=r"no extractor 'snow' .* those that have: rain"),
        comparison(told, weather(), asked),
    ):
        pass


def test_an_unknown_version_is_refused_with_those_that_are_there(told: Home) -> None:
    with pytest.raises(UnknownVersionError, match="in version 9; there are 1, 2, 3, current"):
        differences(told, 1, 9)
