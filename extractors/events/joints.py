"""Mends what is joined wrongly: "A and B officials", a verb after "and", "between A and B", "the countries' envoys"."""

from __future__ import annotations

import msgspec

from extractors.events.trees import NOMINAL, Mends, below, hang, has_subject, raise_verb
from extractors.language.tokens import Token

_MODIFIERS = ("PROPN", "ADJ", "NOUN")
_POSSESSIVE = frozenset({"'s", "'", "\u2019s", "\u2019"})


def _coordinate(tokens: list[Token], sentence: range, at: int) -> None:
    """And accused B, read as "and an accused B"."""
    verb = tokens[at]
    is_after_and = at != sentence[0] and tokens[at - 1].deprel == "cc"
    if verb.deprel != "amod" or verb.xpos not in ("VBD", "VBN") or not is_after_and:
        return
    thing = tokens[verb.head]
    if thing.deprel == "conj" and thing.index > at and tokens[thing.head].upos == "VERB":
        tokens[at] = msgspec.structs.replace(verb, head=thing.head, deprel="conj", xpos="VBD")
        hang(tokens, thing, at, "obj")


def _climb(tokens: list[Token], sentence: range, at: int) -> None:
    """Said it would harm B and accused C: what is in the past is not joined to what would be, but to what was said."""
    verb, above = tokens[at], tokens[tokens[at].head]
    if verb.deprel != "conj" or above.xpos not in ("VB", "VBG") or above.is_root:
        return
    is_active = verb.xpos == "VBN" and any(each.deprel == "obj" for each in below(tokens, sentence, at))
    if (
        not (verb.xpos == "VBD" or is_active)
        or has_subject(tokens, sentence, at)
        or any(each.deprel == "aux" for each in below(tokens, sentence, at))
    ):
        return
    while above.xpos not in ("VBD", "VBZ", "VBP") and not above.is_root:
        above = tokens[above.head]
    if above.xpos in ("VBD", "VBZ", "VBP") and above.index < at and has_subject(tokens, sentence, above.index):
        hang(tokens, verb, above.index, "conj")


def _join_infinitives(tokens: list[Token], sentence: range, at: int) -> None:
    """Agreed to swap lists and to resume patrols, read as having resumed them."""
    verb = tokens[at]
    if verb.deprel != "conj" or verb.xpos != "VB" or tokens[verb.head].xpos == "VB":
        return
    first = next(
        (each for each in below(tokens, sentence, verb.head) if each.deprel == "xcomp" and each.index < at), None
    )
    if first is not None and any(each.low == "to" for each in below(tokens, sentence, at) if each.deprel == "mark"):
        hang(tokens, verb, first.index, "conj")


def _join_subjects(tokens: list[Token], sentence: range, at: int) -> None:
    """Iraqi and U.S. troops, the journalist Ana Costa, read as two subjects of one verb: the last is it."""
    second = tokens[at]
    first = tokens[at - 1] if at > sentence[0] else None
    while first is not None and first.deprel == "conj" and first.upos in _MODIFIERS:
        first = tokens[first.head]
    if first is None or not second.deprel.startswith("nsubj") or second.upos not in ("NOUN", "PROPN"):
        return
    if not first.deprel.startswith("nsubj") or first.head != second.head or first.index >= at:
        return
    is_joined = first.index < at - 1
    if is_joined and (second.upos != "NOUN" or any(tokens[each].upos == "PUNCT" for each in range(first.index, at))):
        return
    if is_joined or first.upos == "NOUN":
        hang(tokens, first, at, "compound" if second.upos == "NOUN" else "nmod:desc")


def _head_nation(tokens: list[Token], _: range, at: int) -> None:
    """Kenyan police, read as a name of two words: the police act."""
    noun = tokens[at]
    nation = tokens[noun.head]
    if noun.deprel != "flat" or noun.text[:1].isupper() or nation.index != at - 1 or not nation.text[:1].isupper():
        return
    if not noun.text.isalpha():
        return
    head = at if nation.is_root else nation.head
    tokens[at] = msgspec.structs.replace(noun, head=head, deprel=nation.deprel, upos="NOUN")
    hang(tokens, nation, at, "amod")


def _possess(tokens: list[Token], sentence: range, at: int) -> None:
    """The two countries' envoys met, read as countries that envoys met: the envoys are theirs."""
    verb = tokens[at]
    owner = tokens[verb.head]
    if verb.deprel != "acl:relcl" or owner.index > at:
        return
    mark = next((each for each in below(tokens, sentence, owner.index) if each.low in _POSSESSIVE), None)
    subject = next((each for each in below(tokens, sentence, at) if each.deprel.startswith("nsubj")), None)
    if mark is None or subject is None or mark.index > subject.index:
        return
    later = [each for each in below(tokens, sentence, owner.index) if each.index > at]
    raise_verb(tokens, verb, owner)
    hang(tokens, owner, subject.index, "nmod:poss")
    for each in later:
        hang(tokens, each, at, each.deprel)


def _lift_case(tokens: list[Token], sentence: range, at: int) -> None:
    """Clashes between Kenyan and Somali soldiers, read as clashes between Kenyans: the soldiers clashed."""
    noun = tokens[at]
    for nation in below(tokens, sentence, at):
        if nation.deprel not in ("amod", "compound") or nation.index > at:
            continue
        case = next((each for each in below(tokens, sentence, nation.index) if each.deprel == "case"), None)
        before = tokens[case.index - 1] if case is not None and case.index > sentence[0] else None
        if case is None or before is None or before.upos != "NOUN" or case.index > nation.index:
            continue
        hang(tokens, case, at, "case")
        if before.head != noun.head or not before.deprel.startswith("nsubj"):
            hang(tokens, before, noun.head, noun.deprel)
        hang(tokens, noun, before.index, "nmod")
        return


def _join_between(tokens: list[Token], sentence: range, at: int) -> None:
    """Clashes between A and B killed ten, read as clashes with A while B killed ten."""
    second = tokens[at]
    verb = tokens[second.head]
    if verb.deprel != "conj" or verb.index < at or tokens[verb.head].upos not in NOMINAL:
        return
    joining = next(
        (each for each in below(tokens, sentence, verb.index) if each.deprel == "cc" and each.index < at), None
    )
    joining = joining or next((each for each in below(tokens, sentence, at) if each.deprel == "cc"), None)
    noun = tokens[verb.head]
    first = tokens[joining.index - 1] if joining is not None and joining.index > sentence[0] else None
    if joining is None or first is None or first.deprel not in ("nmod", "obl") or noun.index > first.index:
        return
    if not any(each.low == "between" for each in below(tokens, sentence, first.index)):
        return
    raise_verb(tokens, verb, noun)
    hang(tokens, noun, verb.index, "nsubj")
    hang(tokens, second, first.index, "conj")
    hang(tokens, joining, at, "cc")
    for each in below(tokens, sentence, noun.index):
        if each.index > verb.index:
            hang(tokens, each, verb.index, each.deprel)


MENDS: Mends = {
    "flat": (_head_nation,),
    "amod": (_coordinate,),
    "conj": (_climb, _join_infinitives),
    "nsubj": (_lift_case, _join_between, _join_subjects),
    "nsubj:pass": (_join_subjects,),
    "acl:relcl": (_possess,),
}
