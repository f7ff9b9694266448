"""Who spoke: phrases, pronouns and floating quotations resolved to the article's entities.

A pronoun is the last person who spoke or was named, a floating quotation goes on with the last speaker, "the official"
is the official of before and "the judge" the one who was named as one.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.language.cue_words import PRONOUNS
from extractors.language.entities.gender import gender_of
from extractors.language.entities.titles import sectors_of
from extractors.language.speakers import brief, is_anonymous, name_beside, name_in
from storage.vocabulary import Span

if TYPE_CHECKING:
    from extractors.language.entities.resolving import Entity
    from extractors.language.entities.tables import Gender
    from extractors.language.reading import Reading

_TITLE_LENGTH = 30  # characters between a comma and the name after it
_REMEMBERED = 8  # speakers
_NO_PERSONS = frozenset(
    """
    statement report banner sign letter document study poll survey law text article memo email filing lawsuit complaint
    website post tweet headline message paper newspaper magazine agency ministry government company firm party group
    court army military team committee council office bank commission union panel station network channel book film
    poster slogan one notice bill ruling verdict indictment transcript account organisation organization embassy
    """.split()
)
_FARTHEST = 1_500  # characters back to the last speaker whom a pronoun or a floating quotation may mean


@dataclass(frozen=True)
class Speaker:
    """Who said it, as far as the article tells."""

    name: str | None = None
    entity: Entity | None = None
    code: str | None = None
    sectors: tuple[str, ...] = ()
    is_anonymous: bool | None = None
    noun: str = ""  # the last word of a phrase without a name: official


class Speakers:
    """Walks through the statements and remembers who spoke."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.text = reading, reading.written
        self.spoken: deque[tuple[int, Speaker]] = deque(maxlen=_REMEMBERED)
        self.unnamed: dict[str, Speaker] = {}

    def of(self, phrase: Span | None, content: list[Span]) -> Speaker:
        """Who said what stands there, whom the phrase names; the statements must come in order."""
        found = self._of_phrase(phrase, content) if phrase else self._going_on(content)
        if found.name:
            self.spoken.append((content[-1].end, found))
        if found.noun:
            self.unnamed[found.noun] = found
        return found

    def _going_on(self, content: list[Span]) -> Speaker:
        """Whoever spoke last, when the quotation floats close to it."""
        if not self.spoken or content[0].start - self.spoken[-1][0] > _FARTHEST:
            return Speaker()
        return self.spoken[-1][1]

    def _of_phrase(self, span: Span, content: list[Span]) -> Speaker:
        phrase = span.of(self.text)
        if phrase.lower() in PRONOUNS:
            return self._pronoun(span, phrase.lower(), content)
        named = self.reading.entities.within(span)
        people = [entity for at, entity in named if entity.kind == "PERSON" and not self._is_owner(at, span)]
        if people and not phrase.lower().startswith(("a spokes", "the spokes")):
            return _of_entity(people[-1])
        beside = name_beside(self.text, span.end)
        if beside:
            after = self.reading.entities.within(Span(span.end, span.end + len(beside) + _TITLE_LENGTH))
            person = next((entity for _, entity in after if entity.kind == "PERSON"), None)
            return _of_entity(person) if person else Speaker(beside, is_anonymous=False)
        whole = next(
            (entity for at, entity in named if _is_all(at, span, phrase) or _leads(at, entity, span, phrase)), None
        )
        if whole:
            return _of_entity(whole)
        return self._unnamed(span, [entity for _, entity in named])

    def _is_owner(self, name: Span, phrase: Span) -> bool:
        """Whether the name only says whose: Mr Haddad's party."""
        return name.end < phrase.end and self.text[name.end : name.end + 2] in ("'s", "’s", "' ", "’ ")  # noqa: RUF001

    def _unnamed(self, span: Span, named: list[Entity]) -> Speaker:
        """A description: U.S. officials, a Palestinian official; the official is the one of before."""
        phrase = span.of(self.text)
        words = phrase.split()
        noun = words[-1].lower()
        if words[0].lower() in ("the", "that", "this") and len(words) == 2 and noun in self.unnamed:  # noqa: PLR2004
            return self.unnamed[noun]
        if words[0].lower() == "the" and len(words) == 2 and (entity := self._in_office(span, noun)):  # noqa: PLR2004
            return _of_entity(entity)
        head = words[
            : next((n for n, word in enumerate(words) if word in ("with", "from", "in", "of", "for", "who")), None)
        ]
        code = next((entity.code for entity in named if entity.code), None)
        return Speaker(
            name=brief(name_in(phrase) or phrase),
            code=code,
            sectors=sectors_of(" ".join(head))[:2],
            is_anonymous=is_anonymous(phrase),
            noun=head[-1].lower() if head else noun,
        )

    def _in_office(self, span: Span, noun: str) -> Entity | None:
        """The judge is the person named last whose role is one."""
        for _, entity in self.reading.entities.before(span.start, max(0, span.start - _FARTHEST)):
            if entity.kind == "PERSON" and noun in (entity.role or "").lower().split():
                return entity
        return None

    def _pronoun(self, span: Span, word: str, content: list[Span]) -> Speaker:
        """Who spoke last in its paragraph, else who is named there first; else the last who spoke, or was named."""
        if word not in ("he", "she"):
            return Speaker()
        start = max(0, span.start - _FARTHEST)
        paragraph = max(start, self.text.rfind("\n", start, span.start))
        ahead = [piece for piece in content if piece.end <= span.start]
        inside = [entity for piece in ahead for _, entity in self.reading.entities.within(piece)]
        spoken = [
            (at, each)
            for at, each in self.spoken
            if at > start and _may_be(word, each) and (each.entity is None or each.entity not in inside)
        ]
        named = self._people(word, Span(paragraph, span.start), content)
        if spoken and (spoken[-1][0] >= paragraph or not named):
            return spoken[-1][1]
        named = named[-1:] or self._people(word, Span(start, span.start), content)
        return _of_entity(named[0]) if named else Speaker()

    def _people(self, word: str, within: Span, content: list[Span]) -> list[Entity]:
        """Whom a pronoun may mean of those named in a stretch, the nearest first; nobody speaks of himself by name."""
        return [
            entity
            for at, entity in self.reading.entities.before(within.end, within.start)
            if entity.kind == "PERSON" and _agrees(word, entity.gender)
            if not any(piece.start <= at.start < piece.end for piece in content)
        ]


def _may_be(pronoun: str, speaker: Speaker) -> bool:
    """Whether he or she may be who spoke: no report, no ministry, no man who is a she."""
    if speaker.entity:
        return speaker.entity.kind == "PERSON" and _agrees(pronoun, speaker.entity.gender)
    is_one = bool(speaker.name) and not (_is_many(speaker.noun) or speaker.noun in _NO_PERSONS)
    return is_one and _agrees(pronoun, gender_of(speaker.name or "", [speaker.noun]))


def _is_many(noun: str) -> bool:
    return (noun.endswith("s") and not noun.endswith(("ss", "us"))) or noun in ("police", "people")


def _agrees(pronoun: str, gender: Gender | None) -> bool:
    return gender is None or gender == ("f" if pronoun == "she" else "m")


def _of_entity(entity: Entity) -> Speaker:
    return Speaker(entity.name, entity, entity.code, entity.sectors, is_anonymous=False)


def _is_all(at: Span, span: Span, phrase: str) -> bool:
    """Whether a name is the whole phrase, article aside."""
    return at.end == span.end and at.start <= span.start + _article(phrase)


def _leads(at: Span, entity: Entity, span: Span, phrase: str) -> bool:
    """Whether an organisation's name begins the phrase: the Ministry of Health in Lusaka."""
    begins = at.start <= span.start + _article(phrase)
    return begins and entity.kind == "ORG" and phrase[at.end - span.start :][:4] in (" in ", " of ", " at ", ", ")


def _article(phrase: str) -> int:
    word = phrase.split(" ", 1)[0]
    return len(word) + 1 if word.lower() in ("the", "a", "an") else 0
