"""Mentions of one thing brought together: surnames to the person named in full, short forms to the organisation."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.language.entities.known import Kind, surname
from extractors.language.entities.mention import Mention
from extractors.language.entities.places import places_named
from extractors.language.entities.words import PARTICLES
from extractors.language.speakers import tokens_between

_SHORT_FORM = re.compile(r"[A-Z][A-Za-z&-]{1,9}")
_Key = tuple[str, str]
_MOST_OF_ONE_SURNAME = 20
_MOST_LONG_FORMS = 200
_LOOKED_AT = 20  # mentions
_SMALL = frozenset({"of", "for", "and", "the", "on", "in", "to", "&"})


@dataclass
class Group:
    """Mentions of one thing, and every name that stands for it in this text; the first is the fullest."""

    kind: Kind
    name: str
    mentions: list[Mention] = field(default_factory=list[Mention])


def gathered(text: str, mentions: list[Mention]) -> list[Group]:
    """The groups in the order of their first mentions."""
    groups: list[Group] = []
    by_key: dict[_Key, Group] = {}
    by_surname: dict[str, list[_Key]] = {}
    for each in _full_names_first(text, mentions):
        key = _key(text, each, by_key, by_surname)
        group = by_key.get(key)
        if group is None:
            group = by_key[key] = Group(each.kind, each.span.of(text))
            groups.append(group)
            if each.kind == "PERSON":
                by_surname.setdefault(surname(group.name), []).append(key)
        group.mentions.append(each)
    _join_short_forms(text, groups)
    for group in groups:
        group.mentions.sort(key=lambda each: each.span)
    return sorted((group for group in groups if group.mentions), key=lambda group: group.mentions[0].span)


def _full_names_first(text: str, mentions: list[Mention]) -> list[Mention]:
    """People named in full before surnames, else as they stand: a surname may come first, in a headline."""
    return sorted(mentions, key=lambda each: (each.kind == "PERSON" and _is_surname(each.span.of(text)), each.span))


def _is_surname(name: str) -> bool:
    """Otieno, bin Laden."""
    return " " not in name or name.split(maxsplit=1)[0].lower() in PARTICLES


def _key(text: str, each: Mention, by_key: dict[_Key, Group], by_surname: dict[str, list[_Key]]) -> _Key:
    if each.known and each.known.entity_id:
        return each.kind, each.known.entity_id
    name = " ".join(each.span.of(text).split())
    if each.kind != "PERSON":
        return each.kind, name
    same = by_surname.get(surname(name), [])[:_MOST_OF_ONE_SURNAME]
    if _is_surname(name):
        return _nearest(each, [by_key[key] for key in same], same) or _by_first_name(name, by_key) or (each.kind, name)
    first = name.split()[0].rstrip(".")
    for key in same:
        other = by_key[key].name.split()[0].rstrip(".")
        if other == first or (1 in (len(other), len(first)) and other[0] == first[0]):
            return key
    return each.kind, name


def _by_first_name(name: str, by_key: dict[_Key, Group]) -> _Key | None:
    """The only person of several names who is called so: Toomas, where Toomas Raud is named."""
    found = [key for key, group in by_key.items() if key[0] == "PERSON" and group.name.split()[0] == name]
    return found[0] if len(found) == 1 and found[0][1] != name else None


def _nearest(each: Mention, groups: list[Group], keys: list[_Key]) -> _Key | None:
    """Of several of one surname the one named last before; else the first named."""
    before = [
        (next((m.span for m in reversed(group.mentions[-_LOOKED_AT:]) if m.span < each.span), None), key)
        for group, key in zip(groups, keys, strict=True)
    ]
    named = [(span, key) for span, key in before if span is not None]
    return max(named)[1] if named else keys[0] if keys else None


def _join_short_forms(text: str, groups: list[Group]) -> None:
    """Mekong Relief Committee (MRC), and MRC from there on."""
    long_forms = [group for group in groups if group.kind == "ORG" and " " in group.name]
    for group in groups:
        name = group.name
        if group.kind == "PERSON" or not _SHORT_FORM.fullmatch(name) or any(m.known for m in group.mentions):
            continue
        for other in long_forms[:_MOST_LONG_FORMS]:
            if _is_short_for(text, name, other):
                other.mentions += group.mentions
                group.mentions = []
                break


def _is_short_for(text: str, name: str, other: Group) -> bool:
    """Whether a long form introduces it in brackets, begins with it, or has these initials."""
    if any(text[m.span.end : m.span.end + len(name) + 3] == f" ({name})" for m in other.mentions):
        return True
    is_first_word = name == other.name.split()[0] and not places_named(name)
    return is_first_word or (name.isupper() and len(name) > 2 and name == initials(other.name))  # noqa: PLR2004


def initials(name: str) -> str:
    """The first letters of a name's words, small words left out.

    >>> initials("Committee for the Relief of Gulu")
    'CRG'
    """
    words = [token.text for token in tokens_between(name, 0, len(name))]
    return "".join(word[0].upper() for word in words if word[0].isalnum() and word.lower() not in _SMALL)
