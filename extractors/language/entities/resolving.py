"""What a gathered name is: its id, country, sectors and role, from tables and from what the text says of it.

Nothing is guessed. A person of the office table is taken for that person when the text states a fitting title or names
the office's country; a surname alone only with a fitting title, on a day on which the office was held.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from extractors.language.entities.belonging import Belonging
from extractors.language.entities.gathering import Group
from extractors.language.entities.gender import gender_of
from extractors.language.entities.known import Kind, Known, Resolution, surname, surnames
from extractors.language.entities.organisation_words import SECTORS_OF_HEADS
from extractors.language.entities.places import place_in, place_meant
from extractors.language.entities.tables import Gender, Holder, Term, slug
from extractors.language.entities.titles import is_honorific, role_after, role_before, sectors_of
from extractors.language.speakers import brief
from extractors.language.spelling import visible
from storage.vocabulary import Span

_MOST_NAME_WORDS = 8
_AGE = re.compile(r"^\S+-years?-old\s+", re.IGNORECASE)  # how old somebody is is no role


@dataclass(frozen=True)
class Entity:
    """Who or what is named, with every mention. `code` and `role` are None where neither text nor tables tell."""

    kind: Kind
    spans: tuple[Span, ...]
    name: str
    entity_id: str
    code: str | None = None
    sectors: tuple[str, ...] = ()
    role: str | None = None
    resolution: Resolution = "none"
    gender: Gender | None = None  # of a person, where titles, roles or the first name tell


def resolved(text: str, written_on: date, groups: list[Group], belonging: Belonging) -> list[Entity]:
    """Every group as an entity."""
    resolver = _Resolver(text, written_on, belonging)
    return _with_own_ids([resolver.entity(group) for group in groups])


def _with_own_ids(entities: list[Entity]) -> list[Entity]:
    """An entity without an id gets one that holds within its article."""
    taken: dict[str, int] = {}
    found: list[Entity] = []
    for each in entities:
        if each.entity_id:
            found.append(each)
            continue
        own = f"local:{slug(each.name)}"
        taken[own] = taken.get(own, 0) + 1
        found.append(replace(each, entity_id=own if taken[own] == 1 else f"{own}-{taken[own]}"))
    return found


class _Resolver:
    """Knows the text, its day and what is of which country there."""

    def __init__(self, text: str, written_on: date, belonging: Belonging) -> None:
        self.text, self.written_on, self.belonging = text, written_on, belonging
        self.named = belonging.named

    def entity(self, group: Group) -> Entity:
        known = next((m.known for m in group.mentions if m.known and m.known.entity_id), None)
        entity = Entity(
            kind=group.kind,
            spans=tuple(mention.span for mention in group.mentions),
            name=_brief(group.name),
            entity_id="",
        )
        if entity.kind == "PERSON":
            person = self._person(entity, group, known)
            titles = [mention.title.of(self.text) for mention in group.mentions if mention.title]
            return replace(person, gender=gender_of(person.name, [*titles, person.role or ""]))
        if known:
            return self._of_table(entity, known)
        if entity.kind == "LOC":
            return self._place(entity)
        return self._organisation(entity) if entity.kind == "ORG" else entity

    def _of_table(self, entity: Entity, known: Known) -> Entity:
        entity = replace(
            entity,
            name=known.name,
            entity_id=known.entity_id,
            code=known.code or None,
            sectors=known.sectors,
            resolution=known.resolution,
        )
        if entity.kind == "ORG" and entity.code is None and (code := self._whose(entity)):
            # a Supreme Court, but whose: the same name is several things
            own = f"{known.entity_id}-{code.lower()}"
            return replace(entity, code=code, entity_id=own)
        return entity

    def _whose(self, entity: Entity) -> str | None:
        return self.belonging.described(entity.spans) or self.belonging.of_office(entity.name, entity.sectors)

    def _place(self, entity: Entity) -> Entity:
        stated = self.belonging.of_place(entity.spans)
        place = (place_in(entity.name, stated) if stated else None) or place_meant(entity.name, self.named)
        if place is None or (stated and place.code != stated):
            return replace(entity, code=stated)
        return replace(entity, entity_id=place.entity_id, code=place.code, resolution="place")

    def _organisation(self, entity: Entity) -> Entity:
        heads = [word for word in entity.name.split() if word in SECTORS_OF_HEADS]
        sectors = tuple(dict.fromkeys(SECTORS_OF_HEADS[word] for word in reversed(heads)))
        code = self.belonging.of_organisation(entity.name, entity.spans)
        return replace(entity, code=code or self.belonging.of_office(entity.name, sectors), sectors=sectors[:2])

    def _person(self, entity: Entity, group: Group, known: Known | None) -> Entity:
        whole = self._role(group)
        role = brief(_AGE.sub("", whole)) if whole else None
        sectors = sectors_of(role or "")
        stated = self.belonging.of_words(whole or "") or self.belonging.beside(entity.spans)
        holder = self._holder(group, known, role, stated)
        if holder is None:
            code = stated or self.belonging.of_office(role or "", sectors)
            return replace(entity, role=role, code=code, sectors=sectors[:2])
        term = _term(holder, self.written_on)
        holds = term.covers(self.written_on)
        return replace(
            entity,
            name=holder.names[0],
            entity_id=holder.entity_id,
            code=term.code or stated,
            # PLOVER: who held office and holds none any more is of the elite
            sectors=(term.sectors or sectors[:2]) if holds else ("ELI",),
            role=role or (term.office if holds else None),
            resolution="office",
        )

    def _role(self, group: Group) -> str | None:
        """The longest title before a mention, else what an apposition says."""
        titles = [mention.title.of(self.text) for mention in group.mentions if mention.title]
        titles = [" ".join(title.split()) for title in titles if not is_honorific(title)]
        if titles:
            return max(titles, key=lambda title: (len(title), title))
        for each in group.mentions:
            role = role_after(self.text, each.span.end) or role_before(self.text, each.span.start)
            if role:
                return role
        return None

    def _holder(self, group: Group, known: Known | None, role: str | None, stated: str | None) -> Holder | None:
        if known and known.holder:
            terms = known.holder.terms
            fits = any(_fits(term, role, stated) for term in terms)
            return known.holder if fits or any(not t.code.isalpha() or t.code in self.named for t in terms) else None
        if " " in group.name or not role:
            return None
        for holder in surnames().get(surname(group.name), ()):
            if any(term.covers(self.written_on) and _fits(term, role, stated) for term in holder.terms):
                return holder
        return None


def _brief(name: str) -> str:
    """A name in so few words that a record may hold it."""
    words = visible(name).split()[:_MOST_NAME_WORDS]
    while len(words) > 1 and words[-1] in ("of", "for", "the", "and") and len(words) < len(name.split()):
        words = words[:-1]
    return " ".join(words)


def _fits(term: Term, role: str | None, stated: str | None) -> bool:
    """Whether a stated role names the office: President, Israeli Prime Minister; in another country it does not."""
    if not role or (stated and stated != term.code):
        return False
    words = {_plain(word) for word in role.split()}
    office = [_plain(word) for word in term.office.split()]
    return office[0] in words if len(office) == 1 else office[-1] in words or office[0] in words


def _plain(word: str) -> str:
    return word.lower().replace("defense", "defence").strip(".,")


def _term(holder: Holder, day: date) -> Term:
    """The office held on a day, else the one whose days lie nearest."""
    return min(holder.terms, key=lambda term: (not term.covers(day), _distance(term, day)))


def _distance(term: Term, day: date) -> int:
    edges = [edge for edge in (term.starts_on, term.ends_on) if edge]
    return min((abs((edge - day).days) for edge in edges), default=0)
