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


def test_the_tables_own_log_never_holds_words(home: Home) -> None:
    """Whatever merges its files: what stands in a commit cannot be taken back."""
    store = TextStore(home)
    for name in ("Beira", "Chimoio"):
        store.put([f"{name} saw the rain stop at last."])
    store.table().optimize.compact()
    commits = b"".join(each.read_bytes() for each in (home.texts / "_delta_log").iterdir())
    assert b"Beira" not in commits
    assert b"rain" not in commits


def test_a_file_that_is_replaced_while_it_is_read_is_looked_for_again(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = TextStore(home)
    store.put(["one"])
    listings = iter([[str(home.texts / "part-replaced.parquet")], store.files()])
    monkeypatch.setattr(store, "files", lambda: next(listings))
    assert store.get([sha256_hex(b"one")]) == {sha256_hex(b"one"): "one"}
