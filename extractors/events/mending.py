"""Mends what the parser gets wrong most often: a headline-like "Norway halted aid" read as one long noun phrase.

The verb then hangs on its object as if it described it, or on its subject as if it were a participle, and the sentence
has a noun for its root. A tree is only mended where its root is such a noun and has no verb of its own.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from extractors.events.interruptions import resume
from extractors.events.joints import MENDS as JOINTS
from extractors.events.leads import free_from_opening, mend_leads
from extractors.events.lexicon import present_forms, verbal_frames
from extractors.events.predicates import MENDS as PREDICATES
from extractors.events.trees import NOMINAL, below, hang, move
from extractors.events.word_forms import PAST_FORMS
from extractors.language.tokens import Token
from storage.vocabulary import Span

_SAYING = ("say", "tell", "add", "warn", "insist", "declare", "announce", "claim", "argue", "report")
_HAVING = ("has", "have", "had")
_MENDS = {each: (*PREDICATES.get(each, ()), *JOINTS.get(each, ())) for each in (*JOINTS, *PREDICATES)}
_DESCRIBING = ("amod", "compound", "acl")


def mended(tokens: tuple[Token, ...], sentences: Iterable[range], opening: Span | None) -> tuple[Token, ...]:
    """The tokens, with the head and relation of a few changed; the words of the opening line take part in no clause."""
    found = list(tokens)
    if opening is not None:
        free_from_opening(found, opening)
    for at, token in enumerate(found):
        if token.low == "fire" and at > 1 and found[at - 2].low == "cease":
            found[at] = msgspec.structs.replace(token, lemma="ceasefire")
    for sentence in sentences:
        _mend_sentence(found, sentence)
        if any(found[at] is not tokens[at] for at in sentence) and not _is_tree(found, sentence):
            found[sentence[0] : sentence[-1] + 1] = tokens[sentence[0] : sentence[-1] + 1]
    return tuple(found)


def _raise_coming(tokens: list[Token], sentence: range) -> None:
    """Is about to meet, read as being about it: meet is what the clause says, to come."""
    for at in sentence[:-2]:
        about, verb = tokens[at], tokens[at + 2]
        is_coming = about.low == "about" and tokens[at + 1].low == "to" and verb.head == at and verb.upos == "VERB"
        if not is_coming:
            continue
        copula = next((each for each in sentence if tokens[each].head == at and tokens[each].deprel == "cop"), None)
        if copula is None:
            continue
        for each in sentence:
            if tokens[each].head == at and each not in (at, at + 2):
                tokens[each] = msgspec.structs.replace(tokens[each], head=verb.index)
        tokens[copula] = msgspec.structs.replace(tokens[copula], deprel="aux")
        head = verb.index if about.is_root else about.head
        tokens[verb.index] = msgspec.structs.replace(verb, head=head, deprel=about.deprel)
        tokens[at] = msgspec.structs.replace(about, head=verb.index, deprel="advmod")


def _is_tree(tokens: list[Token], sentence: range) -> bool:
    """Whether every token hangs on a root."""
    hanging: set[int] = set()
    for at in sentence:
        way, each = set[int](), tokens[at]
        while not each.is_root and each.index not in hanging:
            if each.index in way:
                return False
            way.add(each.index)
            each = tokens[each.head]
        hanging |= way
    return True


def _mend_sentence(found: list[Token], sentence: range) -> None:
    mend_leads(found, sentence)
    for at in sentence:
        for mend in _MENDS.get(found[at].deprel, ()):
            mend(found, sentence, at)
    _raise_coming(found, sentence)
    resume(found, sentence)
    root = next((found[at] for at in sentence if found[at].is_root), None)
    if root is None:
        return
    for at in sentence:
        each = found[at]
        if each.upos in NOMINAL and (each.is_root or each.deprel in ("ccomp", "parataxis")):
            _mend(found, sentence, each)
        elif each.deprel == "nsubj" and _is_said(found, sentence, each):
            _mend(found, sentence, msgspec.structs.replace(each, deprel="ccomp"))
    if root.upos in NOMINAL:
        return
    if root.upos == "AUX":
        _raise_participle(found, sentence, root)
    else:
        _hang_below_said(found, sentence, root)


def _mend(tokens: list[Token], sentence: range, root: Token) -> None:
    hanging = below(tokens, sentence, root.index)
    if any(each.deprel == "cop" for each in hanging) or _make_present(tokens, sentence, root, hanging):
        return
    for verb in hanging:
        before = _before_adverbs(tokens, verb.index)
        if before and tokens[before - 1].low in _HAVING:
            before = _before_adverbs(tokens, before - 1)
        follows_name = before > sentence[0] and tokens[before - 1].upos in NOMINAL
        is_present = verb.xpos == "NNS" and verb.low in present_forms() and tokens[before - 1].upos == "PROPN"
        if not follows_name or verb.deprel not in _DESCRIBING or not (_is_past(verb) or is_present):
            continue
        if verb.deprel == "acl":
            if verb.index == root.index + 1 and root.upos == "PROPN":
                _make_root(tokens, verb, root, "nsubj")
                move(
                    tokens,
                    (each for each in hanging if each.index > verb.index and each.deprel in ("obl", "punct", "advmod")),
                    verb,
                )
                return
        elif verb.index < root.index and _raise_before(tokens, sentence, verb, root, hanging):
            return


def _raise_before(tokens: list[Token], sentence: range, verb: Token, root: Token, hanging: list[Token]) -> bool:
    """Norway halted aid, read as halted aid of Norway's: whether somebody stands before the verb."""
    own = [
        each
        for each in tokens[sentence[0] : verb.index]
        if each.head == verb.index
        and (each.deprel.startswith("nsubj") or (each.deprel == "compound" and each.upos in NOMINAL))
    ]
    kinds = ("compound", "nsubj", "nmod", "amod")
    before = [each for each in hanging if each.index < verb.index]
    subject = [each for each in before if each.upos in NOMINAL and each.deprel in kinds]
    if not own and not subject:
        return False
    _make_root(tokens, verb, root, "obj")
    if own:
        hang(tokens, own[-1], verb.index, "nsubj")
    for n, each in enumerate(sorted(subject, key=lambda each: -each.index)):
        is_doer = n == 0 and not own
        hang(tokens, each, verb.index if is_doer else (own or subject)[-1].index, "nsubj" if is_doer else "compound")
    described = (each for each in before if each.deprel in ("det", "amod") and each.upos != "PROPN")
    move(tokens, described, own[-1] if own else max(subject, key=lambda each: each.index))
    return True


def _is_said(tokens: list[Token], sentence: range, noun: Token) -> bool:
    """Rebels seized a hill, residents said, read as two subjects of "said"."""
    above = tokens[noun.head]
    if above.lemma not in _SAYING or above.index < noun.index:
        return False
    later = (each for each in below(tokens, sentence, above.index) if each.index > noun.index)
    return any(each.deprel.startswith("nsubj") for each in later)


def _before_adverbs(tokens: list[Token], at: int) -> int:
    """Where a verb begins with the adverbs before it: recently seized."""
    while at and tokens[at - 1].upos == "ADV" and not tokens[at - 1].is_root:
        at -= 1
    return at


def _is_past(token: Token) -> bool:
    return token.xpos in ("VBD", "VBN") or (token.upos == "NOUN" and token.low in PAST_FORMS)


def _make_root(tokens: list[Token], verb: Token, root: Token, deprel: str) -> None:
    head = verb.index if root.is_root else root.head
    tokens[verb.index] = msgspec.structs.replace(verb, head=head, deprel=root.deprel, upos="VERB", xpos="VBD")
    tokens[root.index] = msgspec.structs.replace(root, head=verb.index, deprel=deprel)


def _hang_below_said(tokens: list[Token], sentence: range, root: Token) -> None:
    """What is said depends on who says it, wherever "X said" stands."""
    for at in sentence:
        said = tokens[at]
        is_saying = said.deprel == "parataxis" and said.head == root.index and said.index > root.index
        if not is_saying or said.lemma not in _SAYING:
            continue
        if any(tokens[each].head == at and tokens[each].deprel == "nsubj" for each in sentence):
            tokens[at] = msgspec.structs.replace(said, head=at, deprel="root")
            tokens[root.index] = msgspec.structs.replace(root, head=at, deprel="ccomp")
            return


def _make_present(tokens: list[Token], sentence: range, root: Token, below: list[Token]) -> bool:
    """Heads, visits, vetoed after a bare name, taken for nouns: whether the sentence was mended."""
    before = tokens[root.index - 1] if root.index else None
    if before is not None and before.deprel.startswith("flat"):
        before = tokens[before.head]
    is_plural = root.xpos in ("NNS", "NNPS") and root.low in present_forms()
    is_past = root.low.endswith("ed") and root.low in verbal_frames()
    if before is None or not (is_plural or is_past) or before.upos != "PROPN" or before not in below:
        return False
    is_described = ("det", "nmod:poss", "case", "nummod", "nsubj")
    if any(each.deprel in is_described for each in below if each.index < before.index):
        return False
    tokens[root.index] = msgspec.structs.replace(root, upos="VERB", xpos="VBZ")
    others = {"nmod": "obl", "acl": "advcl", "nmod:unmarked": "obl:unmarked"}
    for each in below:
        deprel = "nsubj" if each.index == before.index else others.get(each.deprel, each.deprel)
        has_case = any(tokens[at].head == each.index and tokens[at].deprel == "case" for at in sentence)
        is_after = each.index > root.index and not has_case
        deprel = "obj" if is_after and each.deprel in ("nmod", "appos", "vocative", "nmod:unmarked") else deprel
        head = before.index if each.index < before.index and each.deprel in ("compound", "amod") else root.index
        tokens[each.index] = msgspec.structs.replace(each, head=head, deprel=deprel)
    return True


def _raise_participle(tokens: list[Token], sentence: range, root: Token) -> None:
    """Has imposed sanctions, read as having what is imposed."""
    verb = tokens[root.index + 1] if root.index + 1 in sentence else None
    if verb is None or root.low not in _HAVING or verb.xpos not in ("VBN", "VBD") or verb.deprel != "amod":
        return
    thing = tokens[verb.head]
    if thing.head != root.index or thing.deprel != "obj":
        return
    for at in sentence:
        if tokens[at].head == root.index and at != root.index:
            tokens[at] = msgspec.structs.replace(tokens[at], head=verb.index)
    tokens[verb.index] = msgspec.structs.replace(verb, head=verb.index, deprel="root")
    tokens[root.index] = msgspec.structs.replace(root, head=verb.index, deprel="aux")
