from __future__ import annotations

import pytest

from storage.canonical import sha256_hex
from storage.home import Home
from storage.texts import TextStore, UnknownTextError, text_of


def test_a_text_is_found_under_its_digest(home: Home) -> None:
    store, text = TextStore(home), "Beira, 2 March — the rain stopped 🌧."
    store.put([text, "another"])
    assert text_of(store, sha256_hex(text.encode())) == text


def test_a_text_is_stored_once(home: Home) -> None:
    store = TextStore(home)
    store.put(["one", "two"])
    store.put(["two", "two"])
    assert len(store.files()) == 1


def test_nothing_is_written_for_no_texts(home: Home) -> None:
    TextStore(home).put([])
    assert not home.texts.exists()


def test_an_unknown_text_is_named(home: Home) -> None:
    with pytest.raises(UnknownTextError, match="abc"):
        text_of(TextStore(home), "abc")
