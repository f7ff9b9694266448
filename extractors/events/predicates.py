"""Mends verbs that are read as something else, and who stands before them: "to resume talks", "police used batons"."""

from __future__ import annotations

import msgspec

from extractors.events.lexicon import verbal_frames
from extractors.events.time_words import is_time
from extractors.events.trees import Mends, below, hang, has_subject, raise_verb
from extractors.events.word_forms import PAST_FORMS
from extractors.language.tokens import Token

_AFTER = frozenset({"after", "before"})
_TAKING_INFINITIVES = frozenset(
    "agree offer vow promise pledge refuse decline threaten plan want seek fail try begin start continue ask urge tell "
    "order warn call decide intend propose".split()
)
_NOUNS_AS_OFTEN = frozenset("trade export import aid visit support strike attack force peace police border".split())
_SHORT_VERBS = frozenset("swap double triple share limit free clear secure slow lower ease halt pause".split())
_GIVING = frozenset("give offer call name deny award pay teach show tell ask send grant lend".split())
_READY = frozenset("ready willing prepared able set due free".split())
_FINITE = frozenset("has have had will would".split())
_FOR = frozenset({"of", "for", "with"})
_JUDGING = frozenset("accuse charge suspect convict blame praise thank criticise criticize condemn".split())
_TAGS = ("VB", "VBP", "NN", "JJ")


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


def _take(tokens: list[Token], sentence: range, at: int) -> None:
    """Soldiers firing on nurses, read as soldiers on nurses."""
    verb = tokens[at]
    for each in below(tokens, sentence, verb.head):
        if verb.xpos == "VBG" and each.deprel == "nmod" and each.index > at > verb.head:
            hang(tokens, each, at, "obl")


def _read_gerund(tokens: list[Token], sentence: range, at: int) -> None:
    """Accused the soldiers of opening fire, read as of a fire that opens."""
    verb = tokens[at]
    noun, mark = tokens[verb.head], tokens[at - 1] if at > sentence[0] else None
    if mark is None or mark.low not in _FOR or mark.head != noun.index or noun.index != at + 1:
        return
    above = tokens[noun.head]
    judging = above if above.upos == "VERB" else tokens[above.head]
    if verb.xpos != "VBG" or verb.low not in verbal_frames() or judging.lemma not in _JUDGING:
        return
    tokens[at] = msgspec.structs.replace(verb, head=above.index, deprel="acl", upos="VERB")
    tokens[mark.index] = msgspec.structs.replace(mark, head=at, deprel="mark")
    hang(tokens, noun, at, "obj")
    for each in below(tokens, sentence, judging.index):
        if each.deprel == "obl" and each.index > noun.index:
            hang(tokens, each, at, "obl")
    _take(tokens, sentence, at)


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


def _name_doer(tokens: list[Token], sentence: range, at: int) -> None:
    """After Costa met B, the name read as an adverb."""
    name = tokens[at]
    is_before_verb = name.upos == "PROPN" and name.head == at + 1 and tokens[at + 1].xpos in ("VBD", "VBZ")
    if is_before_verb and not has_subject(tokens, sentence, at + 1):
        hang(tokens, name, at + 1, "nsubj")


def _mean_it(tokens: list[Token], _: range, at: int) -> None:
    """Said it was ready to mediate, read as "it was ready" of nobody."""
    it = tokens[at]
    if it.low == "it" and it.deprel == "expl" and not it.is_root and tokens[it.head].low in _READY:
        hang(tokens, it, it.head, "nsubj")


def _finish(tokens: list[Token], sentence: range, at: int) -> None:
    """The envoys of A had spoken, police used batons: what has "had" or an object is no participle of the noun."""
    verb = tokens[at]
    noun = tokens[verb.head]
    is_apart = noun.is_root or noun.deprel in ("ccomp", "parataxis")
    if verb.deprel != "acl" or not is_apart or has_subject(tokens, sentence, at):
        return
    own = below(tokens, sentence, at)
    has_finite = any(each.deprel == "aux" and each.low in _FINITE for each in own)
    is_active = verb.index == noun.index + 1 and verb.xpos == "VBN" and any(each.deprel == "obj" for each in own)
    if not has_finite and not (is_active and verb.lemma not in _GIVING):
        return
    later = [each for each in below(tokens, sentence, noun.index) if each.index > at]
    raise_verb(tokens, verb, noun)
    hang(tokens, noun, at, "nsubj")
    for each in later:
        hang(tokens, each, at, each.deprel)


def _act(tokens: list[Token], sentence: range, at: int) -> None:
    """Police shot two men, with "shot" read as a noun."""
    noun = tokens[at]
    own = {each.deprel for each in below(tokens, sentence, at)}
    if noun.upos == "NOUN" and noun.low in PAST_FORMS and own >= {"nsubj", "obj"} and not own & {"cop", "det"}:
        tokens[at] = msgspec.structs.replace(noun, upos="VERB", xpos="VBD")


MENDS: Mends = {
    "amod": (_read_infinitive, _read_gerund),
    "advmod": (_name_doer,),
    "compound": (_read_infinitive,),
    "nsubj": (_begin_after,),
    "acl": (_part_clauses, _finish, _take),
    "root": (_act,),
    "ccomp": (_act,),
    "obl": (_name_role,),
    "expl": (_mean_it,),
}
