"""How well a pipeline reads the test texts, from raw text as in the CoNLL 2018 shared task.

A token counts as right only when its span is that of the treebank; a relation only when both its ends are. Relation
subtypes are ignored in LAS and kept in the figures of single relations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from extractors.language.training.conllu import Sentence, Word
from extractors.language.training.tagged import Tagged
from storage.vocabulary import Span

RELATIONS = ("nsubj", "obj", "ccomp", "conj")
Extent = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one token, by a treebank or a pipeline."""

    extent: Extent
    head: Extent
    upos: str
    xpos: str
    lemma: str
    deprel: str


@dataclass
class Tally:
    """Right, found and wanted, for one figure."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right, in per cent."""
        return 100 * self.right / max(1, self.found)

    @property
    def recall(self) -> float:
        """Share of what was wanted that was found, in per cent."""
        return 100 * self.right / max(1, self.wanted)

    @property
    def f1(self) -> float:
        """Harmonic mean of both, in per cent."""
        return 200 * self.right / max(1, self.found + self.wanted)

    def count(self, wanted: AbstractSet[object], found: AbstractSet[object]) -> None:
        """Add one text's."""
        self.right += len(wanted & found)
        self.found += len(found)
        self.wanted += len(wanted)


@dataclass
class Scores:
    """Tallies by name, in the order in which they were first counted."""

    tallies: dict[str, Tally] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Tally:
        return self.tallies.setdefault(name, Tally())


def text_of(words: Sequence[str], spaces: Sequence[bool]) -> tuple[str, list[Extent]]:
    """The text that words make, and where each stands in it."""
    pieces: list[str] = []
    extents: list[Extent] = []
    at = 0
    for word, space in zip(words, spaces, strict=True):
        extents.append((at, at + len(word)))
        pieces.append(word + " " * space)
        at += len(pieces[-1])
    return "".join(pieces).rstrip(), extents


ToldIn = Callable[[str], tuple[Iterable[Told], Iterable[Span]]]


def score_syntax(groups: Iterable[list[Sentence]], told_in: ToldIn) -> Scores:
    """Compare a reader with the trees of a test set, text by text."""
    scores = Scores()
    for group in groups:
        words = [word for sentence in group for word in sentence.words]
        spaces = [space for sentence in group for space in _spaces(sentence)]
        text, extents = text_of([word.form for word in words], spaces)
        tokens, sentences = told_in(text)
        _count(scores, list(_told(group, extents)), list(tokens))
        found = {(each.start, each.end) for each in sentences}
        scores["sentences"].count(set(_sentence_extents(group, extents)), found)
    return scores


def _spaces(sentence: Sentence) -> Iterator[bool]:
    yield from (word.space_after for word in sentence.words[:-1])
    yield True


def _sentence_extents(group: list[Sentence], extents: list[Extent]) -> Iterator[Extent]:
    at = 0
    for sentence in group:
        yield extents[at][0], extents[at + len(sentence.words) - 1][1]
        at += len(sentence.words)


def _told(group: list[Sentence], extents: list[Extent]) -> Iterator[Told]:
    at = 0
    for sentence in group:
        for place, word in enumerate(sentence.words):
            yield _told_of(word, extents[at + place], extents[at + word.head])
        at += len(sentence.words)


def _told_of(word: Word, extent: Extent, head: Extent) -> Told:
    deprel = "root" if word.deprel == "ROOT" else word.deprel
    return Told(extent, head, word.upos, word.xpos, word.lemma.lower(), deprel)


_ASPECTS: dict[str, Callable[[Told], object]] = {
    "tokens": lambda told: told.extent,
    "UPOS": lambda told: (told.extent, told.upos),
    "XPOS": lambda told: (told.extent, told.xpos),
    "lemma": lambda told: (told.extent, told.lemma),
    "UAS": lambda told: (told.extent, told.head),
    "LAS": lambda told: (told.extent, told.head, told.deprel.partition(":")[0]),
}


def _count(scores: Scores, wanted: list[Told], found: list[Told]) -> None:
    for name, aspect in _ASPECTS.items():
        scores[name].count({aspect(told) for told in wanted}, {aspect(told) for told in found})
    for relation in RELATIONS:
        of_it = [
            {(told.extent, told.head) for told in told_by if told.deprel == relation} for told_by in (wanted, found)
        ]
        scores[relation].count(set(of_it[0]), set(of_it[1]))


NamesIn = Callable[[str], Iterable[tuple[Span, str]]]


def score_names(texts: Iterable[Tagged], names_in: NamesIn) -> Scores:
    """Compare a name tagger with tagged texts: span and kind (strict), span alone, and strict for each kind."""
    scores = Scores()
    for tagged in texts:
        text, extents = text_of(tagged.words, tagged.spaces)
        wanted = {(extents[name.start][0], extents[name.end - 1][1], name.kind) for name in tagged.names}
        found = {(span.start, span.end, kind) for span, kind in names_in(text)}
        scores["strict"].count(set(wanted), set(found))
        scores["span"].count({each[:2] for each in wanted}, {each[:2] for each in found})
        for kind in ("PERSON", "ORG", "LOC"):
            of_it = [{each for each in told if each[2] == kind} for told in (wanted, found)]
            scores[kind].count(set(of_it[0]), set(of_it[1]))
    return scores
