"""Whose words a token stands in: the statements of a text, each with its speaker as a party."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from extractors.events.party import Party
from extractors.language.reading import Reading
from extractors.language.reporting.speech import Speech
from extractors.language.tokens import Token
from storage.vocabulary import Span

_OF_STATE = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY"})


class Voices:
    """The statements of one reading."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    @cached_property
    def _speech_at(self) -> dict[int, Speech]:
        """The innermost statement around each token."""
        found: dict[int, Speech] = {}
        lengths: dict[int, int] = {}
        for speech in self.reading.speeches:
            for span in speech.content:
                for token in self.reading.tokens_in(span):
                    if token.index not in found or span.end - span.start < lengths[token.index]:
                        found[token.index], lengths[token.index] = speech, span.end - span.start
        return found

    def around(self, token: Token) -> Speech | None:
        """The innermost statement that a token stands in."""
        return self._speech_at.get(token.index)

    def spoken_before(self, place: int) -> list[tuple[Party, date]]:
        """Who had said something on a stated day, of what stands before a place, in the order of the text."""
        return [(party, day) for start, party, day in self._dated if start < place]

    @cached_property
    def _dated(self) -> list[tuple[int, Party, date]]:
        found: list[tuple[int, Party, date]] = []
        for each in self.reading.speeches:
            party = speaker(each)
            if each.said_on is not None and party is not None:
                found.append((each.cue.start if each.cue else each.content[0].start, party, each.said_on))
        return found

    def speakers(self) -> dict[int, Party]:
        """For each token in somebody's words, whose they are."""
        parties = {id(speech): speaker(speech) for speech in self.reading.speeches}
        return {at: party for at, speech in self._speech_at.items() if (party := parties[id(speech)]) is not None}


def is_own(by: Party | None, actors: Iterable[Party]) -> bool:
    """Whether somebody tells of a deed of their own side: an army and its government, but not its country's rebels."""
    return by is not None and any(by.key == each.key or _is_one_side(by, each) for each in actors)


def _is_one_side(a: Party, b: Party) -> bool:
    if a.code is None or a.code != b.code:
        return False
    first, second = set(a.sectors), set(b.sectors)
    return not first or not second or bool(first & second) or (first <= _OF_STATE and second <= _OF_STATE)


def speaker(speech: Speech) -> Party | None:
    """The speaker of a statement as a party; None where nobody is named."""
    said = speech.speaker
    if said.entity is None and not said.code and not said.sectors:
        return None
    span = speech.phrase or speech.cue or Span(speech.content[0].start, speech.content[0].start)
    entity = said.entity
    name = said.name or (entity.name if entity else "")
    return Party(said.code, said.sectors, entity.entity_id if entity else None, name, span)
