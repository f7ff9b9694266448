"""Several parties in one phrase: "U.S. and Israeli officials", "army and rebel commanders", "both governments"."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from extractors.events.clauses import Clauses
from extractors.events.home import countries_named
from extractors.events.party import Party
from extractors.events.sector_words import is_role, sectors_of_word, sectors_told
from extractors.language.tokens import Token

if TYPE_CHECKING:
    from extractors.events.nations import Nations
    from extractors.events.parties import Parties

_COUNTRIES = frozenset("countries nations neighbours neighbors governments states capitals".split())
_SIDES = frozenset(
    "sides delegations leaders presidents ministers negotiators armies militaries teams parties premiers".split()
)
_TWO = frozenset({"two", "both"})
_COUNTING = ("nummod", "det", "amod")
_FEWEST = 3  # mentions of the second
_CLEARLY_MORE = 2  # times as often as the third


class Several:
    """Resolves them in one reading."""

    def __init__(self, clauses: Clauses, parties: Parties, nations: Nations) -> None:
        self.clauses, self.parties, self.nations = clauses, parties, nations

    def of(self, token: Token) -> list[Party]:
        """The parties that a noun with its describing words means; empty where it names one or none."""
        return self._of_two(token) or self._of_nations(token)

    def _of_two(self, token: Token) -> list[Party]:
        """Both governments, the presidents of the two countries: a party of each; empty for others."""
        owners = [each for each in self.clauses.below(token) if each.deprel in ("nmod", "nmod:poss")]
        if not any(self._means_two(each) for each in (token, *owners)):
            return []
        span = self.parties.span(token)
        name, sectors = span.of(self.clauses.reading.text), sectors_told(self.clauses, token) or ("GOV",)
        return [Party(code, sectors, None, name, span) for code in self._countries]

    def _means_two(self, token: Token) -> bool:
        """Whether a noun means two countries, or in a report that is not about one country two sides."""
        if token.low not in _COUNTRIES | _SIDES:
            return False
        is_two = any(each.low in _TWO for each in self.clauses.below(token) if each.deprel in _COUNTING)
        return is_two and (token.low in _COUNTRIES or self.parties.home is None)

    @cached_property
    def _countries(self) -> tuple[str, ...]:
        """The two that the report is about, by how often it names them; empty where they are not two."""
        named = Counter(code for _, code in countries_named(self.clauses))
        ranked = sorted(named.items(), key=lambda each: (-each[1], each[0]))
        second, third = (ranked[at][1] if at < len(ranked) else 0 for at in (1, 2))
        is_clear = second >= _FEWEST and (second >= _CLEARLY_MORE * third or third <= 1)
        return tuple(sorted(code for code, _ in ranked[:2])) if is_clear else ()

    def _of_nations(self, token: Token) -> list[Party]:
        """U.S. and Israeli officials: a party of each; empty where a phrase names one nation or none."""
        for each in self.clauses.below(token):
            if each.deprel in ("amod", "compound", "nmod:poss") or (
                each.deprel == "nmod" and self.clauses.case(each) in (("of",), ("from",), ("in",))
            ):
                nations = [
                    found
                    for one in self.clauses.joined(each)
                    if (found := self.parties.entity(one)) and found.code and found.kind in ("NORP", "LOC")
                ]
                kinds = self.clauses.joined(each)
                if len(kinds) > 1 and each.deprel != "nmod" and all(is_role(one.low) for one in kinds):
                    return self._of_kinds(token, kinds)
                party = self.parties.described(token) if len({one.code for one in nations}) > 1 else None
                if party is not None:
                    return [
                        replace(party, code=one.code, entity_id=None, name=f"{one.name} {token.low}") for one in nations
                    ]
        return []

    def _of_kinds(self, token: Token, kinds: list[Token]) -> list[Party]:
        """Government and rebel negotiators: a party of each."""
        code, span = self.nations.of(token), self.parties.span(token)
        return [Party(code, sectors_of_word(one.low), None, one.text, span) for one in kinds]
