"""Mends what is joined wrongly: "A and B officials", a verb after "and", "a day after A struck", "to resume talks"."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from extractors.events.lexicon import verbal_frames
from extractors.events.time_words import is_time
from extractors.events.trees import below, hang, has_subject, raise_verb
from extractors.language.tokens import Token

_MODIFIERS = ("PROPN", "ADJ", "NOUN")
_AFTER = frozenset({"after", "before"})
_POSSESSIVE = frozenset({"'s", "'", "\u2019s", "\u2019"})
_TAKING_INFINITIVES = frozenset(
    "agree offer vow promise pledge refuse decline threaten plan want seek fail try begin start continue ask urge tell "
    "order warn call decide intend propose".split()
)
_NOUNS_AS_OFTEN = frozenset("trade export import aid visit support strike attack force peace police border".split())
_SHORT_VERBS = frozenset("swap double triple share limit free clear secure slow lower ease halt pause".split())
_READY = frozenset("ready willing prepared able set due free".split())
_FINITE = frozenset("has have had will would".split())
_TAGS = ("VB", "VBP", "NN", "JJ")


def mend_joints(tokens: list[Token], sentence: range) -> None:
    """Mends one sentence in place."""
    for at in sentence:
        for mend in _MENDS.get(tokens[at].deprel, ()):
            mend(tokens, sentence, at)


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
    if verb.deprel != "conj" or verb.xpos != "VBD" or above.xpos not in ("VB", "VBG") or above.is_root:
        return
    if has_subject(tokens, sentence, at) or any(each.deprel == "aux" for each in below(tokens, sentence, at)):
        return
    while above.xpos not in ("VBD", "VBZ", "VBP") and not above.is_root:
        above = tokens[above.head]
    if above.xpos in ("VBD", "VBZ", "VBP") and above.index < at and has_subject(tokens, sentence, above.index):
        hang(tokens, verb, above.index, "conj")


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


def _begin_after(tokens: list[Token], sentence: range, at: int) -> None:
    """A day after A attacked, read as a day that attacked: A did."""
    time = tokens[at]
    if not time.deprel.startswith("nsubj") or not is_time(time) or time.is_root:
        return
    verb = tokens[time.head]
    doer = next(
        (
            each
            for each in below(tokens, sentence, at)
            if each.deprel == "nmod"
            and at < each.index < verb.index
            and any(mark.low in _AFTER for mark in below(tokens, sentence, each.index))
        ),
        None,
    )
    if doer is None or verb.index < at:
        return
    for each in below(tokens, sentence, doer.index):
        if each.low in _AFTER:
            hang(tokens, each, verb.index, "mark")
    hang(tokens, doer, verb.index, "nsubj")
    hang(tokens, time, verb.index, "obl:unmarked")


def _read_infinitive(tokens: list[Token], sentence: range, at: int) -> None:
    """Agreed to resume talks, read as agreeing to talks of resuming."""
    word = tokens[at]
    noun = tokens[word.head]
    before = tokens[at - 1] if at > sentence[0] else None
    if before is None or before.low != "to" or before.head != noun.index or before.deprel != "case":
        return
    if word.deprel not in ("compound", "amod") or noun.index != at + 1 or noun.deprel not in ("obl", "nmod"):
        return
    is_verb = word.low in _SHORT_VERBS or (word.low in verbal_frames() and word.low not in _NOUNS_AS_OFTEN)
    above = tokens[noun.head]
    if not is_verb or word.xpos not in _TAGS or above.lemma not in _TAKING_INFINITIVES:
        return
    tokens[at] = msgspec.structs.replace(word, head=above.index, deprel="xcomp", upos="VERB", xpos="VB")
    tokens[before.index] = msgspec.structs.replace(before, head=at, deprel="mark", upos="PART")
    hang(tokens, noun, at, "obj")


def _name_role(tokens: list[Token], sentence: range, at: int) -> None:
    """His counterpart, Ana Costa, declined: the counterpart is she."""
    role = tokens[at]
    if role.deprel != "obl" or role.upos != "NOUN" or role.index > role.head:
        return
    if any(each.deprel == "case" for each in below(tokens, sentence, at)) or tokens[at + 1].text != ",":
        return
    name = next((each for each in below(tokens, sentence, role.head) if each.deprel.startswith("nsubj")), None)
    if name is not None and name.upos == "PROPN" and name.index == at + 2 and name.index < role.head:
        hang(tokens, role, role.head, name.deprel)
        hang(tokens, name, at, "appos")


def _part_clauses(tokens: list[Token], sentence: range, at: int) -> None:
    """Police used batons and ten men were held, read as police, who were used, being held."""
    verb = tokens[at]
    doer = tokens[verb.head]
    if verb.deprel != "acl" or verb.xpos != "VBN" or doer.index != at - 1 or not doer.deprel.startswith("nsubj"):
        return
    other = tokens[doer.head]
    subjects = [each for each in below(tokens, sentence, other.index) if each.deprel.startswith("nsubj")]
    has_object = any(each.deprel == "obj" for each in below(tokens, sentence, at))
    if not has_object or len(subjects) <= 1 or subjects[0].index != doer.index:
        return
    raise_verb(tokens, verb, other)
    hang(tokens, doer, at, "nsubj")
    hang(tokens, other, at, "conj")


def _mean_it(tokens: list[Token], _: range, at: int) -> None:
    """Said it was ready to mediate, read as "it was ready" of nobody."""
    it = tokens[at]
    if it.low == "it" and it.deprel == "expl" and not it.is_root and tokens[it.head].low in _READY:
        hang(tokens, it, it.head, "nsubj")


def _finish(tokens: list[Token], sentence: range, at: int) -> None:
    """The envoys of A and B had spoken, read as envoys whom somebody had spoken: what has "had" is no participle."""
    verb = tokens[at]
    noun = tokens[verb.head]
    is_apart = noun.is_root or noun.deprel in ("ccomp", "parataxis")
    if verb.deprel != "acl" or not is_apart or has_subject(tokens, sentence, at):
        return
    if not any(each.deprel == "aux" and each.low in _FINITE for each in below(tokens, sentence, at)):
        return
    later = [each for each in below(tokens, sentence, noun.index) if each.index > at]
    raise_verb(tokens, verb, noun)
    hang(tokens, noun, at, "nsubj")
    for each in later:
        hang(tokens, each, at, each.deprel)


_Mend = Callable[[list[Token], range, int], None]
# by the relation of the token that is looked at
_MENDS: dict[str, tuple[_Mend, ...]] = {
    "flat": (_head_nation,),
    "amod": (_coordinate, _read_infinitive),
    "compound": (_read_infinitive,),
    "conj": (_climb,),
    "nsubj": (_begin_after, _join_subjects),
    "nsubj:pass": (_join_subjects,),
    "acl:relcl": (_possess,),
    "acl": (_part_clauses, _finish),
    "obl": (_name_role,),
    "expl": (_mean_it,),
}
