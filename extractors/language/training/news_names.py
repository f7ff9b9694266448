"""What news does with names and treebanks seldom show: other names in the same places, datelines, offices, capitals."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace

from extractors.language.training import names
from extractors.language.training.tagged import Name, Tagged, joined

_SOURCES: dict[str, Callable[[random.Random], list[str]]] = {
    "P": names.person,
    "S": lambda rng: [names.surname(rng)],
    "O": names.organisation,
    "L": names.place,
}
_KINDS = {"P": "PERSON", "S": "PERSON", "O": "ORG", "L": "LOC"}
_AGENCIES = ("AP", "AP", "Reuters", "Reuters", "AFP", "CNN", "Xinhua", "UPI", "dpa")
_TOKEN = re.compile(r"\w+(?:['’.-]\w+)*\.?(?<=[A-Z]\.)|\w+|[^\w\s]")
_TEMPLATES = """
{P}, the foreign minister of {L}, met {P} in {L} on Tuesday.
{P}, a spokesman for {O}, said on Friday that talks with {O} would resume in {L}.
U.S. Secretary of State {P} arrived in {L} from {L} on Wednesday.
Prime Minister {P} told parliament that {L} would not accept the plan.
President {P} of {L} spoke by phone with President {P} of {L}.
{O} fighters attacked a village near {L}, killing 12 people, officials said.
The {O} said it was deeply concerned about the situation in {L}.
{L}'s defence minister, {P}, accused {L} of shelling the border town of {L}.
Troops from {L} and {L} clashed near {L} on Sunday, {O} reported.
{P} told {O} that a deal between {L} and {O} was close.
Defense Secretary {P} said the {O} would send two ships to the {L}.
At least 30 people were killed in {L}, according to the {O}.
Sen. {P}, a Republican from {L}, said {S} had ignored the warnings.
{S} and {S} discussed the war in {L} during a meeting in {L}.
Police in {L} arrested {P}, 43, and two others on Monday.
The {L}-based {O} said {P} had been detained in {L}.
Opposition leader {P} called on {S} to resign.
{O} chief {P} warned that {L} faced famine.
Thousands marched in {L}, the capital of {L}, to demand that President {S} step down.
The talks in {L} brought together envoys from {L}, {L}, {L} and {L}.
Gen. {P}, who commands forces in {L}, denied that {O} had taken the town of {L}.
{P}, who heads the {O} in {L}, said aid had not reached {L} for weeks.
Former President {P} was acquitted by a court in {L}.
An airstrike on {L} in northern {L} killed four members of {O}.
{L} and {L} signed an agreement in {L}, ending months of talks led by {P} of the {O}.
"We will not leave {L}," {S} said. "The people of {L} expect it."
Israel says {O} is using hospitals in {L}; {O} denies it.
Foreign Minister {P} will travel to {L} next week, the {O} said in a statement.
{S}'s party won 54 seats in {L}, {O} said.
Mr. {S} flew to {L} with his deputy, {P}, and met {P} of {O}.
The {O} and the {O} urged {L} to lift sanctions on {L}.
{P} reported from {L}. {P} contributed from {L}.
Ambassador {P} left {L} after the {O} expelled three diplomats.
Residents of {L} fled toward {L} as {O} advanced on {L}.
{O} spokeswoman {P} declined to comment on the strike in {L}.
{L} President {P} and {L} Prime Minister {P} met for two hours.
Human rights groups, among them {O} and {O}, criticised {L}.
{P} was born in {L} and worked for {O} before joining {O}.
"""
_DATELINES = (
    "{L} ({A}) —",
    "{L} ({A}) -",
    "{L}, {L2} ({A}) —",
    "{L}, {L2} ({A}) _",
    "{L}, March 3 ({A}) -",
    "{L} —",
)


def rendered(template: str, rng: random.Random) -> Tagged:
    """A template with invented people in real places: {P}erson, {S}urname, {O}rganisation, {L}ocation."""
    words: list[str] = []
    spaces: list[bool] = []
    found: list[Name] = []
    for piece in re.split(r"(\{\w\})", template):
        if re.fullmatch(r"\{\w\}", piece):
            filled = _SOURCES[piece[1]](rng)
            found.append(Name(len(words), len(words) + len(filled), _KINDS[piece[1]]))
            words += filled
            spaces += [True] * (len(filled) - 1) + [False]
            continue
        if piece[:1].isspace() and spaces:
            spaces[-1] = True
        for match in _TOKEN.finditer(piece):
            words.append(match[0])
            spaces.append(piece[match.end() : match.end() + 1].isspace())
    return Tagged(tuple(words), tuple(spaces), tuple(found))


def invented(rng: random.Random) -> Tagged:
    """One to three template sentences, as one paragraph."""
    templates = [line for line in _TEMPLATES.splitlines() if line]
    return joined([rendered(rng.choice(templates), rng) for _ in range(rng.randint(1, 3))])


def with_dateline(text: Tagged, rng: random.Random) -> Tagged:
    """The text behind a line that says where and for whom it was written."""
    words: list[str] = []
    found: list[Name] = []
    for piece in re.findall(r"\{\w+\}|\w+|[^\w\s{}]", rng.choice(_DATELINES)):
        kind = {"{L}": "LOC", "{L2}": "LOC", "{A}": "ORG"}.get(piece, "")
        filled = [piece]
        if piece in {"{L}", "{L2}"}:
            filled = names.place(rng)
            filled = [word.upper() for word in filled] if piece == "{L}" else filled
        elif piece == "{A}":
            filled = [rng.choice(_AGENCIES)]
        if kind:
            found.append(Name(len(words), len(words) + len(filled), kind))
        words += filled
    after = [following not in {",", ")"} for following in [*words[1:], ""]]
    spaces = [space and word != "(" for word, space in zip(words, after, strict=True)]
    return joined([Tagged(tuple(words), tuple(spaces), tuple(found)), text])


def renamed(text: Tagged, rng: random.Random) -> Tagged:
    """The text with all its names exchanged for others of the kind; what had one name still has one."""
    chosen: dict[tuple[str, str], list[str]] = {}
    words: list[str] = []
    spaces: list[bool] = []
    found: list[Name] = []
    at = 0
    for name in text.names:
        words += text.words[at : name.start]
        spaces += text.spaces[at : name.start]
        old = text.words[name.start : name.end]
        new = chosen.setdefault((" ".join(old), name.kind), _other(list(old), name.kind, chosen, rng))
        found.append(Name(len(words), len(words) + len(new), name.kind))
        words += new
        spaces += [True] * (len(new) - 1) + [text.spaces[name.end - 1]]
        at = name.end
    return Tagged((*words, *text.words[at:]), (*spaces, *text.spaces[at:]), tuple(found))


def _other(old: list[str], kind: str, chosen: dict[tuple[str, str], list[str]], rng: random.Random) -> list[str]:
    if kind == "LOC":
        return names.place(rng)
    if kind == "ORG":
        return names.organisation(rng)
    if len(old) > 1:
        return names.person(rng)
    full = (new for (said, _), new in chosen.items() if said.endswith(f" {old[0]}"))
    return [next(full)[-1]] if any(said.endswith(f" {old[0]}") for said, _ in chosen) else [names.surname(rng)]


def shouted(text: Tagged) -> Tagged:
    """The text in capitals."""
    return replace(text, words=tuple(word.upper() for word in text.words))


def curled(text: Tagged) -> Tagged:
    """Straight marks turned into curly ones."""
    words: list[str] = []
    is_open = False
    for word in text.words:
        if word in {'"', "``", "''"}:
            words.append("”" if is_open else "“")
            is_open = not is_open
        else:
            words.append({"--": "—"}.get(word, word.replace("'", "’")))
    return replace(text, words=tuple(words))
