"""Views under the names of GDELT 2.0 and POLECAT have those datasets' columns, types and joins."""

from __future__ import annotations

import pytest

from storage.edition.ask import ask
from storage.home import Home
from tests.extractors.events.told import Report, tell

REPORTS = (
    Report("a.example", "2026-01-12", "Turkey and Greece held talks in Ankara on Monday."),
    Report("b.example", "2026-01-13", "Turkey and Greece held talks in Ankara on Monday."),
    Report("a.example", "2026-01-22", "Gunmen attacked a police station in Quetta on Thursday, killing six officers."),
    Report("a.example", "2026-01-20", "Lebanon condemned Israel on Tuesday.\nIsrael bombed Lebanon the day before."),
)
_ACTOR = "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code"
_PLACE = "Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID"
GDELT_EVENTS = [
    *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"),
    *(f"Actor{number}{each}" for number in (1, 2) for each in _ACTOR.split()),
    *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"),
    *("NumMentions", "NumSources", "NumArticles", "AvgTone"),
    *(f"{who}Geo_{each}" for who in ("Actor1", "Actor2", "Action") for each in _PLACE.split()),
    *("DATEADDED", "SOURCEURL"),
]
GDELT_MENTIONS = (
    "GLOBALEVENTID EventTimeDate MentionTimeDate MentionType MentionSourceName MentionIdentifier SentenceID "
    "Actor1CharOffset Actor2CharOffset ActionCharOffset InRawText Confidence MentionDocLen MentionDocTone "
    "MentionDocTranslationInfo Extras".split()
)
_SIDE = "{0} Name|{0} Country|{0} COW|Primary {0} Sector|{0} Sectors|{0} Title|{0} Name Raw|Wikipedia {0} ID"
POLECAT = (
    "Event ID|Event Date|Event Type|Event Mode|Intensity|Quad Code|Contexts|"
    f"{_SIDE.format('Actor')}|{_SIDE.format('Recipient')}|"
    "Placename|City|District|Province|Country|Latitude|Longitude|GeoNames ID|Raw Placename|Feature Type|"
    "Source|Publication Date|Story People|Story Organizations|Story Locations|Language|Version"
).split("|")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return tell(Home(tmp_path_factory.mktemp("told")), REPORTS)


@pytest.mark.parametrize(
    ("view", "columns"), [("gdelt_events", GDELT_EVENTS), ("gdelt_mentions", GDELT_MENTIONS), ("polecat", POLECAT)]
)
def test_the_columns_are_those_of_the_dataset_in_its_order(home: Home, view: str, columns: list[str]) -> None:
    assert ask(home, f"FROM {view} LIMIT 0").columns == columns


def test_an_event_has_the_dates_codes_and_scores_that_notebooks_ask_for(home: Home) -> None:
    query = """
        SELECT
            SQLDATE, MonthYear, Year, round(FractionDate, 4), Actor1CountryCode, Actor2CountryCode,
            EventCode, EventBaseCode, EventRootCode, QuadClass, GoldsteinScale, DATEADDED, SOURCEURL
        FROM gdelt_events WHERE EventRootCode = '11'"""
    assert ask(home, query).rows == [
        (20260120, 202601, 2026, 2026.137, "LBN", "ISR", "111", "111", "11", 3, -2.0, 20260120120000, REPORTS[3].url)
    ]


def test_a_meeting_stands_in_both_directions_with_its_country_in_fips(home: Home) -> None:
    query = """
        SELECT
            Actor1CountryCode, Actor2CountryCode, NumMentions, NumSources, ActionGeo_Type, ActionGeo_CountryCode,
            ActionGeo_ADM1Code, round(ActionGeo_Lat), round(ActionGeo_Long)
        FROM gdelt_events WHERE EventRootCode = '04' ORDER BY ALL"""
    assert ask(home, query).rows == [
        ("GRC", "TUR", 2, 2, 4, "TU", "TU68", 40.0, 33.0),
        ("TUR", "GRC", 2, 2, 4, "TU", "TU68", 40.0, 33.0),
    ]


def test_a_country_that_acts_stands_at_its_place_and_nobody_else_does(home: Home) -> None:
    query = """
        SELECT Actor1Geo_Type, Actor1Geo_FullName, Actor1Geo_CountryCode, Actor2Geo_Type, Actor2Geo_CountryCode
        FROM gdelt_events WHERE SQLDATE IN (20260120, 20260122) ORDER BY ALL"""
    assert ask(home, query).rows == [(0, None, None, 0, None), (1, "Lebanon", "LE", 1, "IS")]


def test_events_of_some_days_are_those_of_all_days_that_start_there(home: Home) -> None:
    for view in ("gdelt_events", "gdelt_mentions"):
        days = "SELECT GLOBALEVENTID FROM gdelt_events WHERE SQLDATE BETWEEN 20260119 AND 20260121"
        some = ask(home, f"FROM {view}_between('2026-01-19', '2026-01-21') ORDER BY ALL").rows
        assert some == ask(home, f"FROM {view} WHERE GLOBALEVENTID IN ({days}) ORDER BY ALL").rows
        assert some


def test_only_what_the_first_paragraph_tells_is_a_root_event(home: Home) -> None:
    query = "SELECT EventRootCode, IsRootEvent FROM gdelt_events WHERE SQLDATE BETWEEN 20260119 AND 20260120 ORDER BY 2"
    assert [row[1] for row in ask(home, query).rows] == [0, 1]


def test_every_mention_belongs_to_an_event_and_every_event_has_as_many_as_it_says(home: Home) -> None:
    query = """
        SELECT count(*) FROM gdelt_events
        LEFT JOIN (SELECT GLOBALEVENTID, count(*) AS found FROM gdelt_mentions GROUP BY ALL) USING (GLOBALEVENTID)
        WHERE found IS DISTINCT FROM NumMentions"""
    assert ask(home, query).rows == [(0,)]
    orphans = "SELECT count(*) FROM gdelt_mentions ANTI JOIN gdelt_events USING (GLOBALEVENTID)"
    assert ask(home, orphans).rows == [(0,)]


def test_numbers_of_events_are_whole_distinct_and_exact_as_floats(home: Home) -> None:
    query = """
        SELECT count(*) = count(DISTINCT GLOBALEVENTID), max(GLOBALEVENTID) < 2 ** 53, any_value(typeof(GLOBALEVENTID))
        FROM gdelt_events"""
    assert ask(home, query).rows == [(True, True, "BIGINT")]


def test_a_record_stands_in_polecat_with_all_its_parties(home: Home) -> None:
    query = """
        SELECT "Event Type", "Quad Code", "Actor Country", "Recipient Country", "City", "Country", "Source"
        FROM polecat WHERE "Event Type" = 'CONSULT' ORDER BY "Source" LIMIT 1"""
    assert ask(home, query).rows == [
        ("CONSULT", "VERBAL COOPERATION", "TUR; GRC", "TUR; GRC", "Ankara", "TUR", "a.example")
    ]


def test_a_document_of_plover_has_its_toll_place_and_incident(home: Home) -> None:
    query = """
        SELECT size.dead, size.injured, event_loc.city, round(event_loc.lat), link = incident_id::VARCHAR
        FROM plover JOIN incident_events ON id = event_id::VARCHAR WHERE event = ['ASSAULT'] AND date = '2026-01-22'"""
    assert ask(home, query).rows == [(6, None, "Quetta", 30.0, True)]
