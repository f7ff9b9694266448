"""Treebank files as sentences: CoNLL-U rows with the white space of the text they come from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

_COMMENT = re.compile(r"# (\w+) = (.*)")


class UnalignedSentenceError(ValueError):
    """The words of a sentence are not the letters of its text, so that no offsets can be given."""

    def __init__(self, sent_id: str) -> None:
        super().__init__(f"the words of {sent_id} do not spell its text")
        self.sent_id = sent_id


@dataclass(frozen=True, slots=True)
class Word:
    """One row; `head` counts within the sentence from 0 and is the word's own place for the root."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str
    misc: str = ""
    space_after: bool = True


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words in order, and whether a document or paragraph begins with them."""

    sent_id: str
    words: tuple[Word, ...]
    starts_document: bool = False
    starts_paragraph: bool = False


@dataclass
class _Block:
    """The lines of one sentence."""

    comments: dict[str, str] = field(default_factory=dict)
    starts: set[str] = field(default_factory=set)
    rows: list[list[str]] = field(default_factory=list)


def read(path: Path) -> Iterator[Sentence]:
    """The sentences of a file; those whose words do not spell their text are left out."""
    starts: set[str] = set()
    for block in _blocks(path):
        starts |= block.starts
        try:
            words = tuple(_words(block))
        except UnalignedSentenceError:
            continue
        yield Sentence(block.comments.get("sent_id", ""), words, "newdoc" in starts, "newpar" in starts)
        starts = set()


def _blocks(path: Path) -> Iterator[_Block]:
    block = _Block()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            block.starts.update(mark for mark in ("newdoc", "newpar") if line.startswith(f"# {mark}"))
            if match := _COMMENT.match(line):
                block.comments[match[1]] = match[2]
        elif line:
            block.rows.append(line.split("\t"))
        elif block.rows:
            yield block
            block = _Block()
    if block.rows:
        yield block


def _words(block: _Block) -> Iterator[Word]:
    rows = [row for row in block.rows if row[0].isdigit()]
    places = {row[0]: place for place, row in enumerate(rows)}
    text, at = block.comments["text"], 0
    for place, (row, form) in enumerate(zip(rows, _forms(block, rows), strict=True)):
        if not text.startswith(form, at) or " " in form:
            raise UnalignedSentenceError(block.comments.get("sent_id", ""))
        at += len(form)
        after = len(text) - len(text[at:].lstrip())
        yield _word(row, form, place, places, space_after=after > at)
        at = after


def _forms(block: _Block, rows: list[list[str]]) -> list[str]:
    """What each word contributes to the text: the letters of a contraction are dealt out to its words."""
    forms = [row[1] for row in rows]
    for row in block.rows:
        first, dash, last = row[0].partition("-")
        if not dash:
            continue
        surface, at = row[1], 0
        for place in range(int(first) - 1, int(last)):
            width = len(forms[place])
            forms[place], at = surface[at : at + width], at + width
        if at != len(surface):
            raise UnalignedSentenceError(block.comments.get("sent_id", ""))
    return forms


def _word(row: list[str], form: str, place: int, places: dict[str, int], *, space_after: bool) -> Word:
    lemma, upos, xpos, feats, head, deprel = ("" if value == "_" else value for value in row[2:8])
    is_root = head in {"", "0"}
    return Word(
        form=form,
        lemma=row[2] if row[1] == "_" else lemma,
        upos=upos,
        xpos=xpos,
        feats=feats,
        head=place if is_root else places[head],
        deprel="ROOT" if is_root else deprel,
        misc="" if row[9] == "_" else row[9],
        space_after=space_after,
    )


def with_forms(sentence: Sentence, forms: list[str]) -> Sentence:
    """The same sentence spelt otherwise."""
    words = (replace(word, form=form) for word, form in zip(sentence.words, forms, strict=True))
    return replace(sentence, words=tuple(words))
