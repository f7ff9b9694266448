"""Mends the first sentences of agency reports, such as "A court on Thursday sentenced the editor to a year".

Dates and numbers before names and participles mislead the parser.

Between the day before it and the noun after it the verb is often read as a participle that describes that noun. It
then has no clause of its own, and what the report is about goes unseen.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from extractors.events.lexicon import verbal_frames
from extractors.events.trees import hang, has_subject
from extractors.language.month_words import MONTHS
from extractors.language.tokens import Token
from storage.vocabulary import Span

_DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_NOUNS = ("NOUN", "PROPN")
_NAMED = ("PROPN", "ADJ")
_BELOW_VERBS = {"nmod": "obl", "acl": "advcl", "nmod:unmarked": "obl:unmarked"}
_OF_NOUNS = ("of", "'s")
_LONGEST = 40  # tokens; a way up a tree ends


def free_from_opening(tokens: list[Token], opening: Span) -> None:
    """Who stands behind "LIMA, March 3 (Wire) —", read as more of that line, takes the line's place in the sentence.

    The words of the line itself take part in no clause.
    """
    inside = [token.index for token in tokens if opening.start <= token.start < opening.end]
    if not inside:
        return
    for token in tokens[inside[-1] + 1 :]:
        if token.head > inside[-1] or token.upos in ("PUNCT", "ADP") or token.head not in inside:
            continue
        top = tokens[token.head]
        while not top.is_root and top.head in inside:
            top = tokens[top.head]
        if top.is_root:
            hang(tokens, token, token.index, "root")
            hang(tokens, top, token.index, "dep")
        else:
            hang(tokens, token, top.head, top.deprel)
    for at in inside:
        if not tokens[at].is_root:
            tokens[at] = msgspec.structs.replace(tokens[at], deprel="dep")


def mend_leads(tokens: list[Token], sentence: range) -> None:
    """Mends one sentence in place."""
    _part_name_from_date(tokens, sentence)
    _describe_counted(tokens, sentence)
    _raise_after_day(tokens, sentence)


def _raise_after_day(tokens: list[Token], sentence: range) -> None:
    """A past form between a day and a noun it is hung on becomes the verb of whoever stands before the day."""
    for at in sentence[2:]:
        verb, day = tokens[at], tokens[at - 1]
        if day.low not in _DAYS or verb.deprel not in ("amod", "acl") or not _is_past(verb):
            continue
        doer = tokens[day.head]
        if doer.upos in _NOUNS and sentence[0] <= doer.index < day.index:
            _raise(tokens, sentence, doer, verb)


def _is_past(token: Token) -> bool:
    return token.low in verbal_frames() and (token.xpos in ("VBD", "VBN") or token.low.endswith("ed"))


def _raise(tokens: list[Token], sentence: range, doer: Token, verb: Token) -> None:
    above = list(_way_up(tokens, verb))
    is_above = doer.index in [each.index for each in above]
    after = [each for each in above if each.index > verb.index and each.upos in _NOUNS]
    # what is done to: the topmost noun after the verb that is not beyond whoever does it
    thing = after[-1] if after else _object(tokens, sentence, verb)
    if thing is None or (not is_above and doer.head not in (verb.index, thing.head)):
        return
    top = doer if is_above else thing
    head = verb.index if top.is_root else top.head
    hang(tokens, verb, head, _relation(tokens, sentence, top))
    tokens[verb.index] = msgspec.structs.replace(tokens[verb.index], upos="VERB", xpos="VBD")
    hang(tokens, doer, verb.index, "nsubj")
    hang(tokens, thing, verb.index, "obj")
    for each in sentence[doer.index - sentence[0] + 1 :]:
        below = tokens[each]
        is_day = each == verb.index - 1
        if (
            (is_day or each > verb.index)
            and below.head == doer.index
            and each != thing.index
            and below.deprel not in ("conj", "flat")
        ):
            hang(tokens, below, verb.index, _BELOW_VERBS.get(below.deprel, below.deprel))
    for each in sentence[thing.index - sentence[0] + 1 :]:
        below = tokens[each]
        if below.head == thing.index and below.deprel in ("nmod", "acl") and not _is_of(tokens, sentence, below):
            hang(tokens, below, verb.index, _BELOW_VERBS[below.deprel])


def _object(tokens: list[Token], sentence: range, verb: Token) -> Token | None:
    """What a participle itself has for its object: whoever stands before it did it."""
    return next((tokens[at] for at in sentence if tokens[at].head == verb.index and tokens[at].deprel == "obj"), None)


def _way_up(tokens: list[Token], token: Token) -> Iterator[Token]:
    at = token
    for _ in range(_LONGEST):
        if at.is_root:
            return
        at = tokens[at.head]
        yield at


def _relation(tokens: list[Token], sentence: range, top: Token) -> str:
    """What was the subject of "said" beside its own subject is what is said."""
    subjects = [each for each in sentence if tokens[each].head == top.head and tokens[each].deprel.startswith("nsubj")]
    is_said = top.deprel.startswith("nsubj") and any(each != top.index for each in subjects)
    return "ccomp" if is_said else top.deprel


def _is_of(tokens: list[Token], sentence: range, token: Token) -> bool:
    return any(tokens[at].head == token.index and tokens[at].low in _OF_NOUNS for at in sentence)


def _part_name_from_date(tokens: list[Token], sentence: range) -> None:
    """On 11 February Kenya closed its border, read as the date's own name: Kenya did it."""
    for at in sentence[1:-2]:
        first, second, name = tokens[at - 1], tokens[at], tokens[at + 1]
        day, month = (first, second) if first.upos == "NUM" else (second, first)
        if not (month.text[:1].isupper() and month.low in MONTHS) or day.upos != "NUM" or name.upos != "PROPN":
            continue
        if at < month.head:  # March Egypt's minister
            hang(tokens, month, day.index, "flat")
        end = next((each for each in sentence[at + 1 - sentence[0] :] if tokens[each].upos not in _NAMED), None)
        verb = tokens[end] if end is not None else None
        if verb is not None and verb.upos == "VERB" and not has_subject(tokens, sentence, verb.index):
            _raise_name(tokens, day, month, verb)


def _raise_name(tokens: list[Token], day: Token, month: Token, verb: Token) -> None:
    """The words between a date and a verb are who does it."""
    name = verb.index - 1
    for each in range(max(day.index, month.index) + 1, name):
        hang(tokens, tokens[each], name, "compound")
    hang(tokens, tokens[name], verb.index, "nsubj")
    hang(tokens, month, day.index, "flat")
    if month.index <= day.head < verb.index:
        hang(tokens, day, verb.index, "obl")


def _describe_counted(tokens: list[Token], sentence: range) -> None:
    """Freed 15 jailed rebels, read as freeing 15 and jailing rebels: jailed tells which rebels."""
    for at in sentence[1:-1]:
        count, participle, noun = tokens[at - 1], tokens[at], tokens[at + 1]
        is_between = count.upos == "NUM" and count.deprel == "obj" and noun.upos == "NOUN" and noun.head == at
        if is_between and participle.xpos == "VBN" and participle.head == count.head:
            hang(tokens, noun, count.head, "obj")
            hang(tokens, count, noun.index, "nummod")
            tokens[at] = msgspec.structs.replace(participle, head=noun.index, deprel="amod", upos="ADJ", xpos="JJ")
