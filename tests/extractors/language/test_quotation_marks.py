# ruff: noqa: RUF001 — the marks are the matter here

from hypothesis import given
from hypothesis import strategies as st

from extractors.language.quotation_marks import quotations
from storage.events import Span

TEXTS = st.text(st.sampled_from("“”„«»‹›\"'‘’‚`aB s.,\n-"), max_size=60)


def quoted(text: str) -> list[str]:
    return [piece.inner.of(text) for piece in quotations(text, paragraphs_of(text))]


def paragraphs_of(text: str) -> tuple[Span, ...]:
    spans, at = [], 0
    for line in text.split("\n"):
        if line:
            spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    return tuple(spans)


def test_each_kind_of_mark_is_known() -> None:
    assert quoted("“a b” „c d“ „e f” «g h» »i j« \"k l\" ‘m n’ ‚o p‘ 'q r' ''s t'' ``u v''") == [
        *("a b", "c d", "e f", "g h", "i j", "k l", "m n", "o p", "q r", "s t", "u v")
    ]


def test_french_marks_stand_off_their_words() -> None:
    assert quoted("« Oui », dit Luc Ferrand.") == ["Oui"]


def test_apostrophes_are_no_marks() -> None:
    assert quoted("It’s Haddad’s, the workers’ and the ’90s’. 'Tis so, isn't it?") == []


def test_a_possessive_does_not_close_a_quotation() -> None:
    assert quoted("‘The workers’ gate is shut,’ he said.") == ["The workers’ gate is shut,"]


def test_inner_quotations_know_what_they_stand_in() -> None:
    text = "“She said ‘go’ and I went,” he said."
    outer, inner = quotations(text, paragraphs_of(text))
    assert (outer.parent, inner.parent) == (None, 0)
    assert inner.inner.of(text) == "go"


def test_a_quotation_runs_over_paragraphs_until_it_is_closed() -> None:
    text = "“One.\n“Two.\n“Three.”\n“Four.”"
    assert [(piece.continues, piece.is_closed) for piece in quotations(text, paragraphs_of(text))] == [
        (False, False),
        (True, False),
        (True, True),
        (False, True),
    ]


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    assert quoted("“One two.\nThree four.") == ["One two."]


def test_mixed_marks_close_each_other() -> None:
    assert quoted('“One," he said. "Two,” he said.') == ["One,", "Two,"]


def test_inches_are_no_marks() -> None:
    assert quoted('The board is 12" wide and 30" long.') == []


@given(TEXTS)
def test_pieces_lie_in_their_paragraphs_and_in_their_parents(text: str) -> None:
    paragraphs = paragraphs_of(text)
    found = quotations(text, paragraphs)
    for index, piece in enumerate(found):
        assert piece.outer.start < piece.inner.start <= piece.inner.end <= piece.outer.end
        assert any(p.start <= piece.outer.start and piece.outer.end <= p.end for p in paragraphs)
        if piece.parent is not None:
            parent = found[piece.parent]
            assert piece.parent < index
            assert parent.outer.start < piece.outer.start
            assert piece.outer.end <= parent.outer.end
