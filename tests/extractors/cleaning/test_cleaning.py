from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.cleaning import Claimed, CleanedText, Rejection, clean, configuration
from extractors.cleaning.decoding import decode
from extractors.cleaning.hostility import danger_in
from extractors.cleaning.measures import minhash_of, safe_line, safe_text, word_count
from extractors.cleaning.moments import read_moment
from extractors.language.recognition import language_of
from tests.extractors.cleaning.pages import read

NOW = datetime(2024, 3, 23, tzinfo=UTC)


@pytest.mark.parametrize("media_type", ["image/png", "application/pdf", "application/json", "video/mp4"])
def test_other_media_types_hold_no_article(media_type: str) -> None:
    assert read(b"{}", media_type) == Rejection("not_an_article", f"the media type is {media_type}")


def test_plain_text_is_dated_by_itself_or_by_its_source() -> None:
    own = read(b"date 2024-03-20 The ferry to Gozo was late.", "text/plain; charset=utf-8")
    claimed = read(b"The ferry to Gozo was late.", "text/plain", published_at=datetime(2024, 3, 19, tzinfo=UTC))
    undated = read(b"The ferry to Gozo was late.", "text/plain")
    assert isinstance(own, CleanedText)
    assert isinstance(claimed, CleanedText)
    assert (own.published_on, claimed.published_on) == (date(2024, 3, 20), date(2024, 3, 19))
    assert isinstance(undated, Rejection)


@given(st.binary(max_size=300), st.sampled_from([None, "text/html; charset=euc-jp", "text/html; charset=nonsense"]))
def test_any_bytes_are_cleaned_or_rejected(body: bytes, content_type: str | None) -> None:
    assert isinstance(
        clean(b"<html><p>" + body, content_type, Claimed("https://example.org/"), NOW), CleanedText | Rejection
    )


@given(
    st.binary(max_size=300),
    st.sampled_from([None, "charset=utf-8", "charset=cp037", "charset=utf-7", "charset=hex", "charset=idna"]),
)
def test_any_bytes_decode(body: bytes, content_type: str | None) -> None:
    assert isinstance(decode(body, content_type), str)


@given(st.text(st.sampled_from("<p br/>script!-\"'a= ")))
def test_any_markup_is_scanned(markup: str) -> None:
    assert danger_in(markup) is None


@given(st.text())
def test_a_safe_text_stays_as_it_is(text: str) -> None:
    assert safe_text(safe_text(text)) == safe_text(text)


@given(st.text() | st.none() | st.integers())
def test_a_moment_is_read_or_none(value: object) -> None:
    moment = read_moment(value)
    assert moment is None or moment.at.tzinfo is UTC


def test_half_a_character_pair_does_not_reach_the_log() -> None:
    assert safe_line("Gulu\ud800 fair") == "Gulu\ufffd fair"


def test_the_fingerprint_needs_five_words_and_no_case() -> None:
    assert minhash_of("four words are few") == ""
    assert minhash_of("Five words are quite enough") == minhash_of("five WORDS are quite enough")
    assert len(minhash_of("five words are quite enough")) == 512


def test_words_are_counted_in_any_script() -> None:
    assert word_count("Der Fährverkehr, 12-mal täglich") == 5


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ferry to Gozo was late, and nobody minded at all.", "en"),
        ("Die Fähre nach Gozo hatte Verspätung, und niemand ärgerte sich darüber.", "de"),
        ("フェリーは遅れたが、誰も気にしなかったと船長は金曜日に語った。", "ja"),
        ("12:30", None),
    ],
)
def test_the_language_is_recognised(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_the_configuration_is_a_digest_that_stays() -> None:
    assert configuration() == configuration()
    assert len(configuration()) == 64
