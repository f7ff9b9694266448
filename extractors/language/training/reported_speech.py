"""Reported speech made of treebank sentences: the trees that news needs most and treebanks of the web hold too few of.

A declarative sentence becomes what somebody says, in the orders English news uses: “S,” said X; X said: “S.”; X said
that S; X told Y that S; S, according to X. The trees follow UD: the cue is the root, what is said its ccomp.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extractors.language.training.conllu import Sentence, Word
from extractors.language.training.nodes import Node, copied, laid_out, lower_first, mark, root_of, upper_first
from extractors.language.training.speakers import speaker
from extractors.language.training.typography import maybe_curled

_CUES = (
    *(("said", "say"),) * 30,
    *(
        tuple(pair.split())
        for pair in [
            "added add",
            "wrote write",
            "explained explain",
            "argued argue",
            "noted note",
            "warned warn",
            "stated state",
            "announced announce",
            "insisted insist",
            "replied reply",
            "recalled recall",
            "claimed claim",
            "continued continue",
            "declared declare",
            "concluded conclude",
            "admitted admit",
            "testified testify",
            "stressed stress",
            "believed believe",
            "thought think",
            "denied deny",
            "promised promise",
            "pledged pledge",
            "confirmed confirm",
            "reported report",
            "suggested suggest",
            "acknowledged acknowledge",
            "reiterated reiterate",
            "alleged allege",
            "predicted predict",
        ]
    ),
)
_HEARERS = "reporters journalists lawmakers viewers parliament investors allies".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_OCCASIONS = "statement speech interview letter report message tweet briefing".split()
_PAST = "Mood=Ind|Tense=Past|VerbForm=Fin"
_PRESENT = "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"
_UNWANTED_MARKS = frozenset('“”"`‘[]*_<>=:;')
_UNWANTED_RELATIONS = frozenset({"vocative", "list", "discourse", "goeswith", "reparandum", "dislocated"})
_FEWEST, _MOST = 5, 32
_PRESENT_SHARE, _TWO_SENTENCES_SHARE, _DAY_SHARE, _OCCASION_SHARE = 0.15, 0.25, 0.2, 0.3


def is_usable(sentence: Sentence) -> bool:
    """A whole statement with a subject that ends in a full stop and holds no quotation."""
    words = sentence.words
    if not _FEWEST <= len(words) <= _MOST or words[-1].form != "." or not words[0].form[:1].isupper():
        return False
    if any(word.form in _UNWANTED_MARKS or word.deprel in _UNWANTED_RELATIONS for word in words):
        return False
    root = next(place for place, word in enumerate(words) if word.deprel == "ROOT")
    has_subject = any(word.head == root and word.deprel.startswith("nsubj") for word in words)
    return has_subject and all(word.head != len(words) - 1 for word in words[:-1])


@dataclass
class ReportedSpeech:
    """Makes texts of one to three sentences, each the same for the same seed."""

    sentences: Sequence[Sentence]
    rng: random.Random

    def text(self) -> list[Sentence]:
        """One text with reported speech."""
        shapes: tuple[tuple[Callable[[], list[Node]], int], ...] = (
            (self._quote_then_speaker, 30),
            (self._quote_then_cue, 14),
            (self._speaker_then_quote, 14),
            (self._indirect, 30),
            (self._according_to, 12),
        )
        made = [laid_out(self.rng.choices([s for s, _ in shapes], [weight for _, weight in shapes])[0]())]
        if self.rng.random() < _TWO_SENTENCES_SHARE:
            made.append(laid_out(self._second_quote()))
        return maybe_curled(made, self.rng)

    def _said(self) -> list[Node]:
        return copied(self.rng.choice(self.sentences))

    def _cue(self) -> Node:
        form, lemma = self.rng.choice(_CUES)
        if form == "said" and self.rng.random() < _PRESENT_SHARE:
            return Node(Word("says", "say", "VERB", "VBZ", _PRESENT, 0, "ROOT"))
        return Node(Word(form, lemma, "VERB", "VBD", _PAST, 0, "ROOT"))

    def _speaker(self, cue: Node) -> list[Node]:
        return speaker(self.rng, cue)

    def _when(self, cue: Node) -> list[Node]:
        chance = self.rng.random()
        if chance < _DAY_SHARE:
            day = Node(
                Word(self.rng.choice(_DAYS), "", "PROPN", "NNP", "Number=Sing", 0, "obl:unmarked"), cue
            ).own_lemma()
            if self.rng.random() < 0.5:  # noqa: PLR2004 - on Friday as often as Friday
                day.word = day.with_word(deprel="obl")
                return [Node(Word("on", "on", "ADP", "IN", "", 0, "case"), day), day]
            return [day]
        if chance < _OCCASION_SHARE:
            noun = Node(Word(self.rng.choice(_OCCASIONS), "", "NOUN", "NN", "Number=Sing", 0, "obl"), cue).own_lemma()
            article = "an" if noun.word.form[0] in "aeiou" else "a"
            return [
                Node(Word("in", "in", "ADP", "IN", "", 0, "case"), noun),
                Node(Word(article, "a", "DET", "DT", "Definite=Ind|PronType=Art", 0, "det"), noun),
                noun,
            ]
        return []

    def _quoted(self, said: list[Node], cue: Node | None, end: str) -> list[Node]:
        """The statement in marks, hung on its cue; *end* replaces its full stop."""
        root = root_of(said)
        if cue is not None:
            root.hang_on(cue, "ccomp")
        body = said[:-1]
        body[-1].touch_next()
        opening, closing = mark('"', "``", root), mark('"', "''", root)
        opening.touch_next()
        return [opening, *body, mark(end, ",", root).touch_next() if end == "," else said[-1].touch_next(), closing]

    def _quote_then_speaker(self) -> list[Node]:
        cue = self._cue()
        quote = self._quoted(self._said(), cue, ",")
        return [*quote, *self._speaker(cue), cue, *self._when(cue), mark(".", ".", cue)]

    def _quote_then_cue(self) -> list[Node]:
        cue = self._cue()
        quote = self._quoted(self._said(), cue, ",")
        return [*quote, cue, *self._speaker(cue), *self._when(cue), mark(".", ".", cue)]

    def _speaker_then_quote(self) -> list[Node]:
        cue = self._cue()
        lead = [*upper_first(self._speaker(cue)), cue, *self._when(cue)]
        opening, *quote = self._quoted(self._said(), cue, ".")
        form = self.rng.choice([",", ",", ":"])
        return [*lead, mark(form, form, opening.head or cue), opening, *quote]

    def _second_quote(self) -> list[Node]:
        return self._quoted(self._said(), None, ".")

    def _indirect(self) -> list[Node]:
        cue = self._cue()
        hearers: list[Node] = []
        if self.rng.random() < 0.15:  # noqa: PLR2004 - one in seven is told to somebody
            cue = Node(Word("told", "tell", "VERB", "VBD", _PAST, 0, "ROOT"))
            form = self.rng.choice(_HEARERS)
            hearers = [Node(Word(form, form.removesuffix("s"), "NOUN", "NNS", "Number=Plur", 0, "iobj"), cue)]
        said = self._said()
        root = root_of(said)
        root.hang_on(cue, "ccomp")
        that = [Node(Word("that", "that", "SCONJ", "IN", "", 0, "mark"), root)] if self.rng.random() < 0.45 else []  # noqa: PLR2004
        lead = [*upper_first(self._speaker(cue)), cue, *hearers, *self._when(cue)]
        return [*lead, *that, *lower_first(said[:-1]), mark(".", ".", cue)]

    def _according_to(self) -> list[Node]:
        said = self._said()
        root = root_of(said)
        source = speaker(self.rng, root, relation="obl", is_oblique=True)
        head = next(node for node in source if node.head is root)
        according = Node(
            Word("according", "accord", "VERB", "VBG", "ExtPos=ADP|Tense=Pres|VerbForm=Part", 0, "case"), head
        )
        to = Node(Word("to", "to", "ADP", "IN", "", 0, "fixed"), according)
        if self.rng.random() < 0.4:  # noqa: PLR2004 - the source stands first somewhat less often
            return [*upper_first([according, to, *source]), mark(",", ",", head), *lower_first(said)]
        return [*said[:-1], mark(",", ",", head), according, to, *source, said[-1]]
