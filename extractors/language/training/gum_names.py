"""Names out of GUM's layer of nested mentions: the proper nouns around a mention's head, without titles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.language.training.conllu import Sentence, Word
from extractors.language.training.tagged import Name, Tagged

_PART = re.compile(r"\(([^()]+)(\)?)|([^()]+)\)")
_ENTITY = re.compile(r"(?:^|\|)Entity=([^|]*)")
_KINDS = {"person": "PERSON", "organization": "ORG", "place": "LOC"}
_OFFICES = frozenset(
    [
        "president",
        "minister",
        "secretary",
        "sheriff",
        "mayor",
        "governor",
        "senator",
        "chancellor",
        "king",
        "queen",
        "prince",
        "princess",
        "pope",
        "emperor",
        "judge",
        "chief",
        "justice",
        "general",
        "captain",
        "doctor",
        "professor",
        "man",
        "woman",
        "mother",
        "father",
        "mom",
        "dad",
        "sir",
        "lord",
        "god",
        "chairman",
        "director",
    ]
)
_LINKS = frozenset({"of", "for", "de", "del", "la", "on", "&"})


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    kind: str


def tagged(group: Sequence[Sentence]) -> Iterator[Tagged]:
    """Each sentence with its names. Mentions that run over a sentence's end are not followed."""
    for sentence in group:
        words = sentence.words
        yield Tagged(
            tuple(word.form for word in words), tuple(word.space_after for word in words), tuple(_names(sentence))
        )


def _names(sentence: Sentence) -> Iterator[Name]:
    found = (name for mention in _mentions(sentence.words) if (name := _name(sentence.words, mention)))
    end = 0
    for name in sorted(set(found), key=lambda each: (each.start, -each.end, each.kind)):
        if name.start >= end:
            yield name
            end = name.end


def _mentions(words: Sequence[Word]) -> Iterator[_Mention]:
    opened: list[tuple[str, int, str]] = []
    for place, word in enumerate(words):
        match = _ENTITY.search(word.misc)
        for begun, ends_here, closed in _PART.findall(match[1]) if match else ():
            if begun:
                identifier, kind = begun.split("-")[:2]
                opened.append((identifier, place, kind))
            closing = opened[-1][0] if ends_here else closed
            index = next((n for n in reversed(range(len(opened))) if closing and opened[n][0] == closing), None)
            if index is not None:
                _, start, kind = opened.pop(index)
                yield _Mention(start, place + 1, kind)


def _name(words: Sequence[Word], mention: _Mention) -> Name | None:
    kind = _KINDS.get(mention.kind)
    inside = range(mention.start, mention.end)
    heads = [at for at in inside if words[at].head == at or words[at].head not in inside]
    if kind is None or not heads or not words[heads[0]].xpos.startswith("NNP"):
        return None
    if kind == "PERSON":
        return _person(words, heads[0], mention)
    return Name(*_run(words, heads[0], mention), kind)


def _person(words: Sequence[Word], head: int, mention: _Mention) -> Name | None:
    """From the head on: titles stand before it. Peoples (Americans) and offices (the President) are no persons."""
    end = head + 1
    while end < mention.end and (words[end].xpos.startswith("NNP") or words[end].xpos == "HYPH"):
        end += 1
    is_alone = end - head == 1
    if is_alone and (words[head].xpos == "NNPS" or words[head].form.lower().strip(".") in _OFFICES):
        return None
    return Name(head, end, "PERSON")


def _run(words: Sequence[Word], head: int, mention: _Mention) -> tuple[int, int]:
    start, end = head, head + 1
    while start > mention.start and _is_part(words[start - 1]):
        start -= 1
    while end < mention.end and (_is_part(words[end]) or _is_link(words, end, mention.end)):
        end += 1
    while end - 1 > head and words[end - 1].xpos == "HYPH":
        end -= 1
    while start < head and words[start].xpos in {"HYPH", "CD"}:
        start += 1
    return start, end


def _is_part(word: Word) -> bool:
    return word.xpos.startswith("NNP") or word.xpos in {"HYPH", "CD"} or word.form == "&"


def _is_link(words: Sequence[Word], at: int, end: int) -> bool:
    """A small word inside a name: Ministry of Foreign Affairs."""
    return words[at].form.lower() in _LINKS and at + 1 < end and words[at + 1].xpos.startswith("NNP")
