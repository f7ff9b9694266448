"""Mixed and indirect speech: what depends on a verb of saying, from the parse where it holds and from commas where not.

Of "X said that …" the clause runs to the end of its sentence unless another attribution begins before; of "…, X said"
it is what stands before the comma. The parser is asked which of the two it is; where clauses end, punctuation is surer.
"""

# ruff: noqa: RUF001 — typographic marks are meant

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.language.cue_words import CUES
from extractors.language.entities.known import overlapping
from extractors.language.opening_line import opening_line
from extractors.language.reporting.according import source_after
from extractors.language.reporting.cues import OF_THINGS, agent_of, is_cue, is_quoted, lemma_of, phrase_of, subject_of
from storage.vocabulary import Span

if TYPE_CHECKING:
    from extractors.language.reading import Reading
    from extractors.language.tokens import Token

_ENDING = ".!?;:,—–- "
_FEWEST_TOKENS = 2
_MOST_BEFORE_THAT = 9
_MOST_CUES = 8  # of one sentence: beyond that it is a list, or hostile
_ADDRESSED = frozenset({"tell", "inform", "assure", "remind", "warn", "urge", "ask", "advise", "instruct", "promise"})
# who asked not to be named; nobody said so
_NOBODY = frozenset({"who", "which", "that", "nobody", "none", "what", "there", "it"})
_NAMING = frozenset({"call", "describe", "label", "dub", "brand"})
_PLACING = frozenset({"in", "on", "at", "to", "during", "from"})
_TURNS = frozenset({"and", "but", "while", "though", "although", "as", "whereas"})


@dataclass
class Reported:
    """Something said without being quoted whole: content, cue, speaker as far as the sentence tells."""

    content: Span
    cue: Span
    lemma: str
    speaker: Span | None
    addressee: Span | None = None


def reported(reading: Reading, quoted: list[Span]) -> list[Reported]:
    """What every sentence reports outside the stretches that are quoted whole, which come in order."""
    found: list[Reported] = []
    line = opening_line(reading)
    begins = line.span.end if line else 0  # where a report was written is no part of what it reports
    for places in reading.parse.sentences:
        tokens = tuple(each for each in reading.tokens[places[0] : places[-1] + 1] if each.start >= begins)
        outside = [each for each in tokens if not overlapping(quoted, each.start, each.start + 1)]
        if outside:
            found += _Sentence(reading, tokens, outside).reported()
    return sorted(found, key=lambda each: (each.content, each.cue))


class _Sentence:
    """One sentence, its cues and what they report."""

    def __init__(self, reading: Reading, tokens: tuple[Token, ...], outside: list[Token]) -> None:
        self.reading, self.tokens = reading, tokens
        self.first, self.last = outside[0].index, outside[-1].index
        self.places = {each.index for each in outside}
        self.cues = [each for each in outside if is_cue(each)][:_MOST_CUES]

    def reported(self) -> Iterator[Reported]:
        yield from self._according_to()
        speaker: Span | None = None
        for cue in self.cues:
            head = subject_of(self.reading, cue)
            agent = agent_of(self.reading, cue) if head is not None and head.deprel == "nsubj:pass" else None
            if head is not None and head.deprel == "nsubj:pass" and agent is None:
                continue
            head = agent or head
            if head is not None and head.low in _NOBODY:
                continue
            stands_free = head is None and cue.xpos != "VBG"
            if head is not None:
                speaker = phrase_of(self.reading, head)
            content = self._content(cue, head, is_passive=agent is not None)
            if content is None or stands_free:
                continue
            yield Reported(content, cue.span, lemma_of(cue), speaker, self._addressee(cue, content))

    def _content(self, cue: Token, head: Token | None, *, is_passive: bool) -> Span | None:
        start = self._start_after(cue, is_passive=is_passive)
        if start is not None:
            return self._stretch(start, self._end_after(cue, start))
        return self._before(cue, head)

    def _start_after(self, cue: Token, *, is_passive: bool) -> int | None:
        """Where what is said begins when it follows the cue."""
        lemma = lemma_of(cue)
        if lemma in _NAMING:
            at = cue.index + 1
            is_joined = at <= self.last and self.reading.tokens[at].low in ("for", "on")
            return min(at + 1, self.last) if is_joined else at
        following = [each for each in self.tokens if each.index > cue.index]
        for n, each in enumerate(following[:_MOST_BEFORE_THAT]):
            if (
                each.low == "that"
                and (each.xpos == "IN" or each.deprel in ("mark", "nsubj", "obj", "det"))
                and each.xpos in ("IN", "WDT", "DT")
            ):
                return each.index
            if each.upos == "VERB" or (each.text in ",;:" and n):
                break
        for each in self.reading.dependents[cue.index]:
            if each.deprel in ("ccomp", "xcomp") and each.index > cue.index:
                return self._clause_start(cue, each)
        if is_passive or lemma == "accuse":
            return next((each.index + 1 for each in following if each.low == "of"), None)
        if lemma in OF_THINGS:
            things = [
                each for each in self.reading.dependents[cue.index] if each.deprel == "obj" and each.index > cue.index
            ]
            return self.reading.subtree(things[0])[0].index if things else None
        return None

    def _clause_start(self, cue: Token, clause: Token) -> int:
        """After the cue and what belongs to it: to whom, when and where it was said."""
        at = max(cue.index + 1, min(self.reading.subtree(clause)[0].index, clause.index))
        own = [
            e for e in self.reading.dependents[cue.index] if e.deprel in ("obj", "iobj", "advmod") or "obl" in e.deprel
        ]
        ends = [self.reading.subtree(e)[-1].index + 1 for e in own if cue.index < e.index < clause.index]
        if clause.deprel == "ccomp":  # subjects get lost more often than circumstances
            at = max([cue.index + 1, *(end for end in ends if end <= clause.index)])
        while self.reading.tokens[at].low in _PLACING and at < clause.index:
            end = self._circumstance_end(at)
            if end is None or end > clause.index:
                break
            at = end
        return at

    def _circumstance_end(self, at: int) -> int | None:
        """Where "in Cairo" or "on Thursday" ends, None where something else begins."""
        start = self.reading.tokens[at + 1].start
        named = self.reading.entities.within(Span(start, self.reading.tokens[self.last].end))
        if named and named[0][0].start == start and named[0][1].kind == "LOC":
            end = named[0][0].end
        else:
            times = self.reading.times
            at_time = bisect_right(times, start, key=lambda time: time.start) - 1
            end = max(start, times[at_time].end) if at_time >= 0 else start
        return next((e.index for e in self.tokens if e.start >= end), None) if end > start else None

    def _end_after(self, cue: Token, start: int) -> int:
        """Where it ends: with the sentence, or before the next attribution."""
        for other in self.cues:
            if other.index <= max(cue.index, start):
                continue
            turn = self._turn(other, start)
            if turn is not None:
                return turn - 1
        for each in self.reading.dependents[cue.index]:
            if each.index > start and each.deprel in ("conj", "advcl") and each.upos in ("VERB", "AUX"):
                first = self.reading.subtree(each)[0].index
                is_free = each.deprel == "conj" or (each.xpos == "VBG" and self.reading.tokens[first - 1].text == ",")
                if is_free and first > start + 1 and not self._goes_on(first):
                    return first - 1
        semicolon = next((e.index for e in self.tokens if e.text == ";" and e.index > start + 1), None)
        if semicolon is not None and not is_quoted(self.reading.tokens[start:semicolon]):
            return semicolon - 1
        according = next((e.index for e in self.tokens if e.low == "according" and e.index > start), None)
        return self.last if according is None else according - 1

    def _goes_on(self, first: int) -> bool:
        """Whether a clause that seems joined to the cue belongs to what is said: … and that; …, could."""
        one, two = self.reading.tokens[first : first + 2] if first < self.last else (self.reading.tokens[first],) * 2
        return two.low == "that" if one.upos == "CCONJ" else one.upos == "AUX"

    def _turn(self, cue: Token, start: int) -> int | None:
        """The comma at which a later attribution begins: …, adding that; …, but Haddad said."""
        head = subject_of(self.reading, cue)
        at = cue.index
        if head is not None and head.index < cue.index:
            at = self.reading.tokens_in(phrase_of(self.reading, head))[0].index
        if at <= start + 1:
            return None
        before = self.reading.tokens[at - 1]
        if before.low in _TURNS and at - 2 > start:
            return at - 1
        is_free = cue.xpos == "VBG" or self._is_trailing(cue)
        return at if before.text in ",—–”" and is_free else None

    def _is_trailing(self, cue: Token) -> bool:
        """Whether little but circumstance follows the cue."""
        return self._start_after(cue, is_passive=False) is None

    def _before(self, cue: Token, head: Token | None) -> Span | None:
        """What stands before ", X said" or ", said X"."""
        if lemma_of(cue) not in CUES.values():
            return None
        edge = cue.index
        if head is not None and head.index < cue.index:
            begin = phrase_of(self.reading, head).start
            edge = next((e.index for e in self.tokens if e.start == begin), cue.index)
        if edge <= self.first or self.reading.tokens[edge - 1].text not in (",", "”", '"', "—", "–", "’"):
            return None
        stretch = [e for e in self.tokens if e.index < edge - 1]
        if not any(e.upos in ("VERB", "AUX") for e in stretch):
            return None
        return self._stretch(stretch[0].index, edge - 1)

    def _according_to(self) -> Iterator[Reported]:
        for one, two in zip(self.tokens, self.tokens[1:], strict=False):
            if one.low != "according" or two.low != "to" or one.index not in self.places:
                continue
            source = source_after(self.reading.tokens, two.index + 1, self.tokens[-1].index)
            if source is None:
                continue
            end, after = source
            speaker = Span(self.reading.tokens[two.index + 1].start, self.reading.tokens[end].end)
            if one.index - self.tokens[0].index <= 1:
                content = self._stretch(after + 1, self.last)
            else:
                content = self._stretch(self.first, one.index - 1)
            if content:
                yield Reported(content, Span(one.start, two.end), "according to", speaker)

    def _stretch(self, first: int, last: int) -> Span | None:
        """The words from one token to another, without blanks and marks at their edges."""
        tokens = self.reading.tokens
        while first <= last and tokens[first].text in (",", ";", ":", "—", "–", "-", "and", "but"):
            first += 1
        if tokens[first].text in ("“", '"') and not any(e.text in ("”", '"') for e in tokens[first + 1 : last + 2]):
            first += 1  # opened and never closed
        while last >= first and tokens[last].text in _ENDING:
            last -= 1
        if last - first + 1 < _FEWEST_TOKENS:
            return None
        return Span(tokens[first].start, tokens[last].end)

    def _addressee(self, cue: Token, content: Span) -> Span | None:
        if lemma_of(cue) not in _ADDRESSED:
            return None
        for each in self.reading.dependents[cue.index]:
            if each.deprel in ("obj", "iobj") and cue.end <= each.start:
                phrase = phrase_of(self.reading, each)
                return phrase if phrase.end <= content.start else None
        return None
