from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import spacy

from extractors.language import model_file, pipeline
from extractors.language.model_errors import ForeignLabelsError, ModelNotFoundError, TamperedModelError
from extractors.language.pipeline import Pipeline, configuration, load, loaded
from extractors.language.tokens import Parse
from extractors.language.windows import LONGEST_WINDOW, MOST_TOKENS, windows
from storage.events import Span

HARBOUR = "Leila Haddad, the mayor of Tripoli, told reporters on Friday that the harbour would reopen."
QUOTED = "“We lost two boats,” said Tomas Okello, a fisherman from Mombasa. “Nobody came to help us.”"


def parsed(text: str) -> Parse:
    return load().parse(text, [Span(0, len(text))])


@pytest.fixture
def copied_model(tmp_path: Path) -> Path:
    shutil.copytree(Path(str(model_file.shipped_folder())), tmp_path / "model")
    return tmp_path / "model"


@pytest.fixture
def loaded_anew() -> Iterator[None]:
    loaded.cache_clear()
    yield
    loaded.cache_clear()


def test_the_grammar_of_a_plain_report_is_right() -> None:
    tokens = parsed(HARBOUR).tokens
    told = next(token for token in tokens if token.text == "told")
    assert (told.upos, told.lemma, told.deprel, told.is_root, told.has("Tense=Past")) == (
        "VERB",
        "tell",
        "root",
        True,
        True,
    )
    relations = {token.text: token.deprel for token in tokens if token.head == told.index and not token.is_root}
    assert relations["Leila"] == "nsubj"
    assert relations["reopen"] == "ccomp"
    assert relations["reporters"] in {"obj", "iobj"}


def test_an_inverted_speaker_is_the_subject() -> None:
    tokens = parsed(QUOTED).tokens
    speaker = next(token for token in tokens if token.text == "Tomas")
    assert (speaker.deprel, tokens[speaker.head].text) == ("nsubj", "said")


def test_people_and_places_are_found() -> None:
    names = {(name.span.of(HARBOUR), name.kind) for name in parsed(HARBOUR).names}
    assert names == {("Leila Haddad", "PERSON"), ("Tripoli", "LOC")}


def test_names_and_their_tokens_agree() -> None:
    parse = parsed(HARBOUR + " " + QUOTED)
    for name in parse.names:
        tags = [token.entity for token in parse.tokens[name.first : name.last + 1]]
        assert tags == [f"B-{name.kind}", *[f"I-{name.kind}"] * (len(tags) - 1)]


def test_sentences_cover_all_tokens_once() -> None:
    parse = parsed(HARBOUR + " " + QUOTED)
    assert [index for each in parse.sentences for index in each] == [token.index for token in parse.tokens]
    assert all(token.head in each for each in parse.sentences for token in (parse.tokens[index] for index in each))


def test_no_sentence_begins_after_a_comma_or_within_an_attribution() -> None:
    text = "Okello, on his sixth visit to Gulu, spoke after talks. “Is it over?” he asked. “(It is,)” said Haddad."
    starts = {parsed(text).tokens[each[0]].text for each in parsed(text).sentences}
    assert not starts & {",", "he", "said", ")", "”", "on"}


def test_other_texts_in_between_change_nothing() -> None:
    before = parsed(QUOTED)
    for town in ("Gulu", "Aleppo", "Kherson"):
        parsed(HARBOUR.replace("Tripoli", town))
    assert parsed(QUOTED) == before


def test_another_process_gives_the_same() -> None:
    program = (
        "import sys, msgspec; from extractors.language.pipeline import load; from storage.events import Span\n"
        "parse = load().parse(sys.argv[1], [Span(0, len(sys.argv[1]))])\n"
        "sys.stdout.buffer.write(msgspec.json.encode(parse.tokens))\n"
    )
    done = subprocess.run([sys.executable, "-c", program, QUOTED], capture_output=True, check=True)
    here = [{field: getattr(token, field) for field in token.__struct_fields__} for token in parsed(QUOTED).tokens]
    assert json.loads(done.stdout) == here


def test_one_pipeline_serves_whether_no_model_is_named_or_left_out() -> None:
    assert load() is load(None) is load(model=None)


def test_what_a_text_leaves_in_the_vocabulary_is_forgotten() -> None:
    parsed(" ".join(f"Qx{number}zt" for number in range(500)))
    assert not [string for string in load().nlp.vocab.strings if "Qx" in string]


def test_a_changed_model_file_is_refused(copied_model: Path) -> None:
    packed = copied_model / model_file.PACKED
    body = bytearray(packed.read_bytes())
    body[len(body) // 2] ^= 1
    packed.write_bytes(body)
    with pytest.raises(TamperedModelError, match="install dateline again") as refused:
        model_file.unpacked(copied_model)
    assert refused.value.stated == model_file.stated_sha256(copied_model)


def test_the_model_is_small_and_says_where_it_comes_from() -> None:
    folder = Path(str(model_file.shipped_folder()))
    assert (folder / model_file.PACKED).stat().st_size <= 8_000_000
    attribution = (folder / "ATTRIBUTION.md").read_text(encoding="utf-8")
    assert all(source in attribution for source in ("CC BY-SA 4.0", "EWT", "GUM", "Universal NER", "WikiGold"))


@pytest.mark.usefixtures("loaded_anew")
def test_a_pipeline_without_universal_dependencies_is_refused(tmp_path: Path) -> None:
    foreign = spacy.blank("en")
    parser = foreign.add_pipe("parser")
    for label in ("nsubj", "dobj", "pobj", "prep"):
        parser.add_label(label)
    foreign.initialize()
    foreign.to_disk(tmp_path / "foreign")
    with pytest.raises(ForeignLabelsError, match=r"has no Universal Dependencies labels .*dobj, nsubj, pobj, prep"):
        load(str(tmp_path / "foreign"))


@pytest.mark.usefixtures("loaded_anew")
def test_a_pipeline_without_a_parser_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ForeignLabelsError, match="its relations: none"):
        load(str(tmp_path / "blank"))


@pytest.mark.usefixtures("loaded_anew")
def test_a_missing_pipeline_is_named() -> None:
    with pytest.raises(ModelNotFoundError, match="no spaCy pipeline 'xx_no_such_model'"):
        load("xx_no_such_model")


@pytest.mark.usefixtures("loaded_anew")
def test_a_pipeline_of_ones_own_is_read_by_its_labels(tmp_path: Path) -> None:
    model_file.unpacked(model_file.shipped_folder()).to_disk(tmp_path / "own")
    assert load(str(tmp_path / "own")).parse(QUOTED, [Span(0, len(QUOTED))]) == parsed(QUOTED)
    assert configuration(str(tmp_path / "own")) != configuration()


def test_the_configuration_names_the_model_without_loading_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "unpacked", None)
    configuration.cache_clear()
    first = configuration()
    configuration.cache_clear()
    monkeypatch.setattr(pipeline, "stated_sha256", lambda _: "another")
    assert configuration() != first
    configuration.cache_clear()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a" * 5_000_000, id="no blanks"),
        pytest.param("(" * 5_000_000, id="brackets"),
        pytest.param("!?" * 2_500_000, id="marks"),
        pytest.param("-a" * 2_500_000, id="hyphens"),
        pytest.param("http://a.b/" * 500_000, id="addresses"),
        pytest.param("a@b." * 1_250_000, id="mail"),
        pytest.param(" \u200b" * 2_500_000 + "x", id="invisible"),
        pytest.param("HARBOUR CLOSED IN TRIPOLI " * 200_000, id="capitals"),
        pytest.param("12\t345\t6.7 " * 400_000, id="table"),
        pytest.param("e\u0301\u0301" * 1_600_000, id="accents"),
        pytest.param("\ud800 \udfff" * 1_000_000, id="broken"),
    ],
)
def test_hostile_paragraphs_take_bounded_time(text: str) -> None:
    load()
    started = time.process_time()
    parse = parsed(text)
    assert time.process_time() - started < 9
    assert len(parse.tokens) <= 1.1 * MOST_TOKENS
    assert all(token.text == text[token.start : token.end] for token in parse.tokens)


def test_long_paragraphs_are_cut_where_sentences_end() -> None:
    text = "The ferry from Dakar sank near Ziguinchor on Monday. " * 300
    cut = list(windows(text, [Span(0, len(text))]))
    assert "".join(each.of(text) for each in cut) == text
    assert all(each.end - each.start <= LONGEST_WINDOW for each in cut)
    assert all(each.of(text).startswith("The ferry") for each in cut)


def test_a_foreign_parser_does_not_cost_the_shipped_one() -> None:
    assert load() is load()
    assert Pipeline(load().nlp).parse("", []) == Parse()
