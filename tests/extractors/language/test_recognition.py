"""Which language a text is in, where there is prose to tell it by, and which parts of it are in another."""

# ruff: noqa: RUF001 — the marks are the matter here

from datetime import date

import pytest

from extractors.extractor import discover
from extractors.language.reading import Reading
from extractors.language.recognition import language_of

DAY = date(2026, 3, 4)
ENGLISH = "The mayor of Innsbruck said on Monday that the bridge would stay closed until Easter."
GERMAN = "Die Bürgermeisterin von Innsbruck hat am Montag angekündigt, dass die Brücke bis Ostern gesperrt bleibt."
SPANISH = "El alcalde de Alzira reconoció el lunes que el aviso llegó tarde y pidió perdón a los vecinos."
NAMES = "Amal Haddad\nKofi Tandoh\nRana Khoury\nJuma Otieno\nMaría José Quispe\nŁukasz Wójcik\nErik Sandahl\n"
TABLE = "Town\tKilled\tInjured\nOsh\t3\t14\nGulu\t0\t2\nTema\t1\t7\n"
RESULTS = "Mombasa 3 - 1 Kisumu (Otieno 14, Wafula 67, 88)\nNakuru 0 - 0 Eldoret\nLamu 2 - 4 Malindi\n"


@pytest.mark.parametrize("text", [NAMES, TABLE, RESULTS, NAMES.upper(), "Ugandan Court Orders Retrial in Kasese"])
def test_what_is_no_prose_is_taken_for_no_language(text: str) -> None:
    assert language_of(text) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (GERMAN, "de"),
        (SPANISH, "es"),
        (GERMAN.upper(), "de"),
        (ENGLISH.upper(), "en"),
        ("蒙巴萨市长周一表示，渡轮事故造成九人死亡，十七人失踪。救援人员仍在海上搜索。", "zh"),
        ("قال رئيس بلدية صفاقس يوم الاثنين إن أربعة عشر شخصا غادروا المدينة إلى مالطا.", "ar"),
    ],
)
def test_prose_of_any_language_and_in_any_letters_is_recognised(text: str, language: str) -> None:
    assert language_of(text) == language


def test_a_text_of_which_a_third_is_english_is_read() -> None:
    assert language_of(f"{GERMAN}\n\n{ENGLISH}") == "en"
    assert language_of(f"{GERMAN} {SPANISH} {GERMAN} {GERMAN}\n\n{ENGLISH}") != "en"


def test_paragraphs_in_another_language_are_left_alone() -> None:
    text = f"{ENGLISH}\n\n{GERMAN} „Wir haben 14 Busse“, sagte Anna Moser am 3. März.\n\n{ENGLISH}"
    reading = Reading(text, DAY, "en")
    inside = range(text.index("Die "), text.index("März"))
    assert not [token for token in reading.tokens if token.start in inside]
    assert _found(reading) == _found(Reading(f"{ENGLISH}\n\n{ENGLISH}", DAY, "en"))
    assert _found(reading)["statements"] == 2


def _found(reading: Reading) -> dict[str, int]:
    """How much each extractor finds."""
    return {name: len(list(each.read(reading))) for name, each in discover().items()}


def test_a_quotation_in_another_language_is_part_of_its_english_paragraph() -> None:
    text = f"{ENGLISH} “Wir haben keine Wahl, wir bleiben auf dieser Seite des Flusses,” she added."
    assert Reading(text, DAY, "en").english == Reading(text, DAY, "en").paragraphs
