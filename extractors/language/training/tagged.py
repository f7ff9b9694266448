"""Texts with names marked: people, organisations and places, as words and spans over them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab

LABELS = {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC"}
_NO_SPACE_BEFORE = frozenset(
    [
        ",",
        ".",
        ";",
        ":",
        "!",
        "?",
        ")",
        "]",
        "}",
        "%",
        "'",
        "’",
        "”",
        "'s",
        "’s",
        "n't",
        "n’t",
        "'m",
        "'re",
        "'ve",
        "'ll",
        "'d",
        "’m",
        "’re",
        "’ve",
        "’ll",
        "’d",
        "...",
    ]
)
_NO_SPACE_AFTER = frozenset("( [ { $ £ € “ #".split())
_DOUBLE = ('"', "``", "''")


@dataclass(frozen=True, slots=True)
class Name:
    """The words [start, end) of a text that name something of a kind: PERSON, ORG or LOC."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Tagged:
    """Words, whether a space follows each, and the names among them, in order and apart from each other."""

    words: tuple[str, ...]
    spaces: tuple[bool, ...]
    names: tuple[Name, ...]

    def doc(self, vocab: Vocab) -> Doc:
        """As a spaCy Doc with entities."""
        tags = ["O"] * len(self.words)
        for name in self.names:
            tags[name.start : name.end] = [f"B-{name.kind}", *[f"I-{name.kind}"] * (name.end - name.start - 1)]
        return Doc(vocab, words=list(self.words), spaces=[*self.spaces[:-1], False], ents=tags)


def joined(parts: Sequence[Tagged]) -> Tagged:
    """Several texts as one paragraph."""
    words: list[str] = []
    spaces: list[bool] = []
    names: list[Name] = []
    for part in parts:
        names += [Name(name.start + len(words), name.end + len(words), name.kind) for name in part.names]
        words += part.words
        spaces += [*part.spaces[:-1], True]
    return Tagged(tuple(words), tuple(spaces), tuple(names))


def universal_ner(path: Path, prefix: str = "") -> Iterator[Tagged]:
    """Sentences of a Universal NER file; *prefix* picks those whose sent_id begins with it."""
    for comments, rows in _blocks(path, separator="\t"):
        if comments.get("sent_id", "").startswith(prefix):
            words = tuple(row[1] for row in rows)
            yield Tagged(words, _spaces_in(comments["text"], words), tuple(_names([row[2] for row in rows])))


def wikigold(path: Path) -> Iterator[Tagged]:
    """Sentences of WikiGold; where spaces stood is guessed by the rules of English typesetting."""
    for _, rows in _blocks(path, separator=" "):
        words = tuple(row[0] for row in rows)
        yield Tagged(words, _guessed_spaces(words), tuple(_names([row[1] for row in rows])))


def _blocks(path: Path, separator: str) -> Iterator[tuple[dict[str, str], list[list[str]]]]:
    comments: dict[str, str] = {}
    rows: list[list[str]] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("# "):
            key, _, value = line[2:].partition(" = ")
            comments[key] = value
        elif line.strip() and not line.startswith("-DOCSTART-"):
            rows.append(line.split(separator))
        elif rows:
            yield comments, rows
            comments, rows = {}, []


def _names(tags: Iterable[str]) -> Iterator[Name]:
    """The spans of a column of B-, I- and O tags, with or without B- at each beginning."""
    start, kind = 0, ""
    for place, tag in enumerate([*tags, "O"]):
        goes_on = tag.startswith("I-") and tag[2:] == kind
        if kind and not goes_on:
            if kind in LABELS:
                yield Name(start, place, LABELS[kind])
            kind = ""
        if tag[:2] in {"B-", "I-"} and not goes_on:
            start, kind = place, tag[2:]


def _spaces_in(text: str, words: tuple[str, ...]) -> tuple[bool, ...]:
    spaces: list[bool] = []
    at = 0
    for word in words:
        found = text.find(word, at)
        at = (found if found >= 0 else at) + len(word)
        spaces.append(text[at : at + 1].isspace())
    return tuple(spaces)


def _guessed_spaces(words: tuple[str, ...]) -> tuple[bool, ...]:
    spaces: list[bool] = []
    is_quoted = False
    for word, following in zip(words, (*words[1:], ""), strict=True):
        if word in _DOUBLE:
            is_quoted = not is_quoted
        stands_off = word not in _NO_SPACE_AFTER and following.lower() not in _NO_SPACE_BEFORE
        opens = word in _DOUBLE and is_quoted
        closes_next = following in _DOUBLE and is_quoted
        spaces.append(stands_off and not opens and not closes_next)
    return tuple(spaces)
