"""Noun phrases that speak in news: names, titles with names, offices, plural sources, bodies, countries, pronouns."""

from __future__ import annotations

import random
from collections.abc import Callable

from extractors.language.training import names
from extractors.language.training.conllu import Word
from extractors.language.training.nodes import Node

_PRONOUNS = (("he", "Masc"), ("she", "Fem"))
_TITLES = [
    "President",
    "Minister",
    "Senator",
    "Sen.",
    "Rep.",
    "Gov.",
    "Governor",
    "Mayor",
    "Mr.",
    "Ms.",
    "Mrs.",
    "Dr.",
    "Professor",
    "Judge",
    "Secretary",
    "Gen.",
    "Col.",
    "Chief",
    "King",
    "Chancellor",
    "Ambassador",
    "Sheikh",
    "Maj.",
    "Lt.",
]
_LONG_TITLES = [
    "Prime Minister",
    "Foreign Minister",
    "Vice President",
    "Attorney General",
    "Finance Minister",
    "Police Chief",
    "Defense Minister",
    "Defence Secretary",
    "Interior Minister",
]
_ROLES = [
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "director",
    "professor",
    "lawyer",
    "economist",
    "analyst",
    "researcher",
    "chairman",
    "president",
    "manager",
    "official",
    "minister",
    "resident",
    "doctor",
    "lawmaker",
    "commander",
    "diplomat",
    "activist",
    "prosecutor",
]
_PLURALS = [
    "officials",
    "police",
    "analysts",
    "prosecutors",
    "researchers",
    "critics",
    "residents",
    "witnesses",
    "experts",
    "lawyers",
    "authorities",
    "organizers",
    "rebels",
    "activists",
    "diplomats",
    "doctors",
    "lawmakers",
    "aides",
    "rescuers",
]
_BODIES = [
    "ministry",
    "company",
    "university",
    "union",
    "agency",
    "committee",
    "court",
    "council",
    "party",
    "bank",
    "hospital",
    "department",
    "foundation",
    "army",
    "government",
    "military",
    "police",
    "commission",
]
_LOWEST_CHANCE = 0.5


def speaker(rng: random.Random, head: Node, relation: str = "nsubj", *, is_oblique: bool = False) -> list[Node]:
    """The words of a speaker, hung on *head*."""
    shapes: tuple[tuple[Callable[[random.Random, Node, str], list[Node]], int], ...] = (
        (_surname, 20),
        (_full_name, 16),
        (_titled, 14),
        (_long_titled, 7),
        (_apposed, 8),
        (_role, 5),
        (_role_of_body, 8),
        (_plural, 8),
        (_named_body, 8),
        (_role_named, 6),
        *(() if is_oblique else ((_pronoun, 18),)),
    )
    chosen = rng.choices([shape for shape, _ in shapes], [weight for _, weight in shapes])[0]
    return chosen(rng, head, relation)


def _name(form: str, head: Node, relation: str) -> Node:
    return Node(Word(form, form, "PROPN", "NNP", "Number=Sing", 0, relation), head)


def _noun(form: str, head: Node, relation: str) -> Node:
    return Node(Word(form, form, "NOUN", "NN", "Number=Sing", 0, relation), head)


def _article(form: str, head: Node) -> Node:
    definite = "Def" if form == "the" else "Ind"
    lemma = "the" if form == "the" else "a"
    return Node(Word(form, lemma, "DET", "DT", f"Definite={definite}|PronType=Art", 0, "det"), head)


def _indefinite(noun: Node) -> Node:
    return _article("an" if noun.word.form[0] in "aeiou" else "a", noun)


def _case(form: str, head: Node) -> Node:
    return Node(Word(form, form, "ADP", "IN", "", 0, "case"), head)


def _comma(head: Node) -> Node:
    return Node(Word(",", ",", "PUNCT", ",", "", 0, "punct"), head)


def _flat(words: list[str], head: Node, relation: str) -> list[Node]:
    first = _name(words[0], head, relation)
    return [first, *(_name(word, first, "flat") for word in words[1:])]


def _pronoun(rng: random.Random, head: Node, relation: str) -> list[Node]:
    form, gender = rng.choice(_PRONOUNS)
    feats = f"Case=Nom|Gender={gender}|Number=Sing|Person=3|PronType=Prs"
    return [Node(Word(form, form, "PRON", "PRP", feats, 0, relation), head)]


def _surname(rng: random.Random, head: Node, relation: str) -> list[Node]:
    return [_name(names.surname(rng), head, relation)]


def _full_name(rng: random.Random, head: Node, relation: str) -> list[Node]:
    return _flat(names.person(rng), head, relation)


def _titled(rng: random.Random, head: Node, relation: str) -> list[Node]:
    words = [names.surname(rng)] if rng.random() < _LOWEST_CHANCE else names.person(rng)
    named = _flat(words, head, relation)
    return [_name(rng.choice(_TITLES), named[0], "nmod:desc"), *named]


def _long_titled(rng: random.Random, head: Node, relation: str) -> list[Node]:
    named = _flat(names.person(rng), head, relation)
    first, second = rng.choice(_LONG_TITLES).split()
    title = _name(second, named[0], "nmod:desc")
    return [_name(first, title, "compound"), title, *named]


def _apposed(rng: random.Random, head: Node, relation: str) -> list[Node]:
    named = _flat(names.person(rng), head, relation)
    role = _noun(rng.choice(_ROLES), named[0], "appos")
    named[-1].touch_next()
    body = _body(rng, role) if rng.random() < _LOWEST_CHANCE else []
    phrase = [_indefinite(role), role, *body]
    phrase[-1].touch_next()
    return [*named, _comma(role), *phrase, _comma(role)]


def _body(rng: random.Random, head: Node) -> list[Node]:
    body = _noun(rng.choice(_BODIES), head, "nmod")
    return [_case(rng.choice(["at", "for", "of", "with"]), body), _article("the", body), body]


def _role(rng: random.Random, head: Node, relation: str) -> list[Node]:
    role = _noun(rng.choice(_ROLES), head, relation)
    return [_article("the", role), role]


def _role_of_body(rng: random.Random, head: Node, relation: str) -> list[Node]:
    role = _noun(rng.choice(_ROLES), head, relation)
    return [_indefinite(role), role, *_body(rng, role)]


def _plural(rng: random.Random, head: Node, relation: str) -> list[Node]:
    form = rng.choice(_PLURALS)
    lemma = {"police": "police", "authorities": "authority"}.get(form, form.removesuffix("s"))
    return [Node(Word(form, lemma, "NOUN", "NNS", "Number=Plur", 0, relation), head)]


def _named_body(rng: random.Random, head: Node, relation: str) -> list[Node]:
    """A country, capital or a body known by one word, without an article."""
    words = rng.choice([names.place, names.organisation])(rng)
    while len(words) > 1:
        words = rng.choice([names.place, names.organisation])(rng)
    return [_name(words[0], head, relation)]


def _role_named(rng: random.Random, head: Node, relation: str) -> list[Node]:
    """A role before a name, as in: spokeswoman Amal Haddad."""
    named = _flat(names.person(rng), head, relation)
    return [_noun(rng.choice(_ROLES), named[0], "nmod:desc"), *named]
