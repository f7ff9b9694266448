"""Deeds that only an accusation tells of: "X accused Y of shelling Z" claims an assault by Y on Z."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from extractors.events.clauses import Clauses
from extractors.events.match import Match
from extractors.language.tokens import Token
from storage.vocabulary import Span

CLAIMABLE = frozenset({"ASSAULT", "COERCE", "PROTEST", "SANCTION", "MOBILIZE", "AID", "THREATEN", "REJECT"})
_LINKING = frozenset({"of", "for", "with", "over"})
_COMPLEMENTS = frozenset({"advcl", "acl", "xcomp", "ccomp", "obl", "nmod", "conj"})


class Accusations:
    """The accusations of one reading."""

    def __init__(self, clauses: Clauses, matches: Mapping[int, Match]) -> None:
        self.clauses, self.matches = clauses, matches

    def around(self, deed: Token) -> Match | None:
        """The accusation whose content a deed is, itself or joined by "and"; None for what is told otherwise."""
        for content in self._joined(deed):
            if content.deprel in _COMPLEMENTS and _LINKING & set(self.clauses.case(content)[:1]):
                above = self.clauses.head(content)
                found = self._accusing(above) if above is not None else None
                if found is not None:
                    return found
        return None

    def _accusing(self, above: Token) -> Match | None:
        """The accusation that a word is the verb of, or names the accused of."""
        own = self.matches.get(above.index)
        if own is None or own.frame.event_type != "ACCUSE":
            higher = self.clauses.head(above)
            own = self.matches.get(higher.index) if higher is not None else None
            if own is None or above not in own.recipients:
                return None
        return own if own.frame.event_type == "ACCUSE" and own.recipients else None

    def words(self, deed: Token) -> Span:
        """What the accusation says."""
        inside = self.clauses.subtree(deed)
        tokens = self.clauses.tokens
        return Span(tokens[min(inside)].start, tokens[max(inside)].end)

    def _joined(self, deed: Token) -> Iterator[Token]:
        at: Token | None = deed
        yield deed
        while at is not None and at.deprel == "conj":
            at = self.clauses.head(at)
            if at is not None:
                yield at
