"""Mends sentences with an aside after who acts: "Russia, which has bases there, urged restraint".

The parser takes such a name for the root and hangs the verb after the second comma somewhere below it. Who stands
before an aside does what stands right behind it.
"""

from __future__ import annotations

from extractors.events.trees import NOMINAL, below, hang, has_subject, move, raise_verb
from extractors.events.word_forms import PAST_FORMS
from extractors.language.tokens import Token

_RELATIVE = frozenset({"who", "which", "whose", "whom", "where"})
_AUXILIARY = frozenset({"has", "have", "had", "also"})
_FINITE = ("VBD", "VBN", "VBZ")
_SUBJECTS = ("nsubj", "nsubj:pass")
_CLAUSES = ("ccomp", "parataxis")
_LATER = {"nmod": "obl", "acl": "advcl", "nmod:unmarked": "obl:unmarked"}


def resume(tokens: list[Token], sentence: range) -> None:
    """Mends one sentence in place."""
    commas = [at for at in sentence if tokens[at].text == ","]
    for first in commas[:-1]:
        if first == sentence[0]:
            continue
        name = _before(tokens, first)
        verb = _behind(tokens, sentence, [at for at in commas if at > first])
        if name is None or verb is None or verb.head == verb.index or has_subject(tokens, sentence, verb.index):
            continue
        if tokens[first + 1].low in _RELATIVE:
            relative = _relative(tokens, sentence, name, first, verb)
            if relative is not None:
                _mend(tokens, sentence, name, verb, relative)
                return
        elif _is_apart(name) and _has_apposition(tokens, sentence, name, first, verb):
            _mend(tokens, sentence, name, verb, None)
            return


def _before(tokens: list[Token], comma: int) -> Token | None:
    """The head of the phrase that ends before a comma, where it can be who acts."""
    at = tokens[comma - 1]
    while not at.is_root and at.head < comma and tokens[at.head].upos in NOMINAL:
        at = tokens[at.head]
    return at if at.upos in NOMINAL and (_is_apart(at) or at.deprel in _SUBJECTS) else None


def _is_apart(name: Token) -> bool:
    return name.is_root or name.deprel in _CLAUSES


def _behind(tokens: list[Token], sentence: range, commas: list[int]) -> Token | None:
    """The first finite verb right behind one of the commas."""
    for comma in commas:
        at = comma + 1
        while at in sentence and (tokens[at].upos == "ADV" or tokens[at].low in _AUXILIARY):
            at += 1
        if at in sentence and _is_finite(tokens[at]):
            return tokens[at]
    return None


def _is_finite(token: Token) -> bool:
    return (token.xpos in _FINITE and token.upos == "VERB") or (token.upos == "NOUN" and token.low in PAST_FORMS)


def _relative(tokens: list[Token], sentence: range, name: Token, comma: int, verb: Token) -> Token | None:
    """The verb of the aside; None where the sentence is read as it should be."""
    inside = [tokens[at] for at in range(comma, verb.index) if at in sentence]
    own = next((each for each in inside if each.head == name.index and each.deprel == "acl:relcl"), None)
    if own is not None and _is_apart(name):
        return own
    above = tokens[name.head]
    is_main = above in inside and name.deprel in _SUBJECTS and tokens[comma + 1].head == above.index
    return above if is_main and verb.head == above.index and verb.deprel == "conj" else None


def _has_apposition(tokens: list[Token], sentence: range, name: Token, comma: int, verb: Token) -> bool:
    is_below = verb.head == name.index and verb.deprel in ("acl", "amod")
    return is_below and any(
        each.deprel == "appos" and comma < each.index < verb.index for each in below(tokens, sentence, name.index)
    )


def _mend(tokens: list[Token], sentence: range, name: Token, verb: Token, relative: Token | None) -> None:
    described = tokens[verb.head] if verb.deprel in ("amod", "compound") and verb.head > verb.index else None
    top = name if _is_apart(name) else tokens[name.head]
    later = [each for each in below(tokens, sentence, name.index) if each.index > verb.index]
    if relative is not None:
        later += [each for each in below(tokens, sentence, relative.index) if each.index > verb.index]
    raise_verb(tokens, verb, top)
    hang(tokens, name, verb.index, "nsubj")
    for each in later:
        hang(tokens, each, verb.index, _LATER.get(each.deprel, each.deprel))
    if described is not None:
        hang(tokens, described, verb.index, "obj")
    if relative is not None:
        hang(tokens, relative, name.index, "acl:relcl")
    ends = [each for each in below(tokens, sentence, name.index) if each.deprel == "punct" and each.index > verb.index]
    move(tokens, ends, verb)
