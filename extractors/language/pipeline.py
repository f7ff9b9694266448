"""The language pipeline: paragraphs in, tokens with grammar and names out. Loaded once per process, when first needed.

dateline ships a small spaCy pipeline of its own (`model/`). A user's own can be named instead; it must speak
Universal Dependencies. Equal texts give equal tokens: what is parsed together is decided by the text alone, and nothing
that a text leaves behind in spaCy's vocabulary outlives its parse.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractors.language.model_errors import ForeignLabelsError, ModelNotFoundError
from extractors.language.model_file import shipped_folder, stated_sha256, unpacked
from extractors.language.sentence_guard import guard
from extractors.language.spelling import Respelt, respelt
from extractors.language.tokens import Name, Parse, Token
from extractors.language.windows import windows
from storage.vocabulary import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_PARSED_TOGETHER = 64  # windows; more costs memory and gains no time
_KINDS = {"PER": "PERSON", "PERSON": "PERSON", "ORG": "ORG", "LOC": "LOC", "GPE": "LOC", "FAC": "LOC"}
_UNIVERSAL = frozenset({"nsubj", "obj", "obl"})
_LIBRARIES = ("spacy", "thinc", "blis", "numpy", "py3langid")  # their versions may change what is read


def load(model: str | None = None) -> Pipeline:
    """The pipeline of this process: the shipped one, or an installed package or folder named by *model*.

    Raises TamperedModelError, ModelNotFoundError or ForeignLabelsError.
    """
    return loaded(model)


@cache
def loaded(model: str | None) -> Pipeline:
    """As `load`, which gives the same pipeline whether None is said or left out; a cache would tell them apart."""
    return Pipeline(_shipped() if model is None else _foreign(model))


@cache
def configuration(model: str | None = None) -> str:
    """SHA-256 over the model and the libraries that run it; spaCy is not loaded for it."""
    libraries = [f"{name} {version(name)}" for name in _LIBRARIES]
    identity = stated_sha256(shipped_folder()) if model is None else _foreign_identity(model)
    return hashlib.sha256("\n".join([identity, *libraries]).encode()).hexdigest()


def _shipped() -> Language:
    from extractors.language.encoder import hasten
    from extractors.language.greedy_parser import GreedyParser
    from extractors.language.name_finder import NameFinder

    nlp = unpacked(shipped_folder())
    guard(nlp)
    hasten(nlp)
    _put_in_place(nlp, "parser", "greedy_parser", GreedyParser)
    _put_in_place(nlp, "ner", "name_finder", NameFinder)
    return nlp


def _put_in_place(nlp: Language, trained: str, name: str, faster: Callable[[Any], object]) -> None:
    """Put a faster component, made of a trained one, in its place."""
    from spacy.language import Language

    def made(nlp: Language, name: str) -> object:  # noqa: ARG001 — spaCy calls factories so
        return faster(nlp.get_pipe(trained))

    if not Language.has_factory(name):
        Language.factory(name, func=made)
    nlp.add_pipe(name, after=trained)
    nlp.remove_pipe(trained)


def _foreign(model: str) -> Language:
    import spacy

    try:
        nlp = spacy.load(model)
    except (OSError, ValueError) as missing:
        raise ModelNotFoundError(model, str(missing).partition("\n")[0]) from missing
    _check_labels(model, nlp)
    return nlp


def _check_labels(model: str, nlp: Language) -> None:
    labels = {label.split(":")[0] for component in nlp.pipe_labels.values() for label in component}
    relations = {label for label in labels if label.islower()}
    if not relations >= _UNIVERSAL:
        raise ForeignLabelsError(model, relations)


def _foreign_identity(model: str) -> str:
    """A package by its version, a folder by the names, sizes and descriptions of its files."""
    folder = Path(model)
    if not folder.is_dir():
        try:
            return f"{model} {version(model)}"
        except PackageNotFoundError as missing:
            raise ModelNotFoundError(model, "no such package or folder") from missing
    described = [each.read_text(encoding="utf-8") for each in sorted(folder.glob("*.json"))]
    listed = [f"{each.relative_to(folder)} {each.stat().st_size}" for each in sorted(folder.rglob("*"))]
    return "\n".join([*described, *listed])


class Pipeline:
    """A loaded spaCy pipeline that gives plain values."""

    def __init__(self, nlp: Language) -> None:
        from threadpoolctl import ThreadpoolController

        self.nlp = nlp
        self.libraries = ThreadpoolController()

    def parse(self, text: str, paragraphs: Iterable[Span]) -> Parse:
        """Tokens, sentences and names of a text, paragraph by paragraph; at most windows.MOST_TOKENS of it."""
        pieces = [respelt(text, each.start, each.end) for each in windows(text, paragraphs)]
        pieces = [piece for piece in pieces if piece.text.strip()]
        reader = _Reader(text)
        # one thread: workers are processes, and sums must not depend on the number of cores
        with self.libraries.limit(limits=1, user_api="blas"), self.nlp.memory_zone():
            for piece, doc in zip(pieces, self._docs(pieces), strict=True):
                reader.add(piece, doc)
        return Parse(tuple(reader.tokens), tuple(reader.sentences), tuple(reader.names))

    def _docs(self, pieces: Sequence[Respelt]) -> Iterator[Doc]:
        return self.nlp.pipe((piece.text for piece in pieces), batch_size=_PARSED_TOGETHER)


class _Reader:
    """Collects the tokens of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[Token] = []
        self.sentences: list[range] = []
        self.names: list[Name] = []

    def add(self, piece: Respelt, doc: Doc) -> None:
        """Take over what the pipeline says of one piece; blanks are no tokens."""
        kept = [token for token in doc if not token.is_space]
        places = {token.i: len(self.tokens) + n for n, token in enumerate(kept)}
        for token in kept:
            start, end = piece.original(token.idx, token.idx + len(token))
            index = places[token.i]
            head = places.get(token.head.i, index)
            self.tokens.append(
                Token(
                    index=index,
                    start=start,
                    end=end,
                    text=self.text[start:end],
                    lemma=token.lemma_,
                    upos=token.pos_,
                    xpos=token.tag_,
                    morph=str(token.morph),
                    head=head,
                    deprel="root" if head == index else token.dep_,
                    entity=_entity(token.ent_iob_, token.ent_type_),
                )
            )
        self._add_ranges(doc, places)

    def _add_ranges(self, doc: Doc, places: dict[int, int]) -> None:
        for sentence in doc.sents:
            inside = [places[token.i] for token in sentence if token.i in places]
            if inside:
                self.sentences.append(range(inside[0], inside[-1] + 1))
        for entity in doc.ents:
            inside = [places[token.i] for token in entity if token.i in places]
            if inside and entity.label_ in _KINDS:
                span = Span(self.tokens[inside[0]].start, self.tokens[inside[-1]].end)
                self.names.append(Name(span, _KINDS[entity.label_], inside[0], inside[-1]))


def _entity(place: str, label: str) -> str:
    return f"{place}-{_KINDS[label]}" if label in _KINDS else ""
