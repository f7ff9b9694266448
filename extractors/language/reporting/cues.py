"""Which words of a parse report speech, and who is their subject."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractors.language.cue_words import CUES, WEAK_LEMMAS
from extractors.language.month_words import MONTHS
from storage.vocabulary import Span

if TYPE_CHECKING:
    from extractors.language.reading import Reading
    from extractors.language.tokens import Token

# report speech only where a clause depends on them
_MORE_LEMMAS = (
    "pledge vow threaten accuse propose advise allege testify signal conclude forecast plead maintain contend insist "
    "warn swear order instruct request urge invite encourage beg blame criticize criticise condemn reject dismiss "
    "praise call deny claim stress underline underscore reaffirm promise report suggest hint imply write agree note"
)
# beside a quotation these report, of a clause they tell something else
_NOT_OF_CLAUSES = frozenset("laugh cry start remember recall continue think begin go observe relate object".split())
LEMMAS = (frozenset(CUES.values()) - WEAK_LEMMAS - _NOT_OF_CLAUSES) | frozenset(_MORE_LEMMAS.split())
# what follows these is said even when it is no clause: announced a deal
OF_THINGS = frozenset(
    """
    announce deny confirm acknowledge admit demand propose recommend predict reject condemn criticize criticise dismiss
    blame accuse praise urge promise threaten describe call stress emphasize note claim
    """.split()
)
_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj")
_CUT_OFF = ("acl:relcl", "acl", "appos", "parataxis", "advcl", "punct", "dep", "cop", "ccomp")
_MOST_SPEAKER_TOKENS = 18


def is_cue(token: Token) -> bool:
    """Whether the word reports: a finite form or a participle of a verb of saying."""
    if token.upos not in ("VERB", "AUX") or token.xpos not in ("VBD", "VBZ", "VBP", "VBN", "VBG"):
        return False
    return lemma_of(token) in LEMMAS and not token.text[:1].isupper()


def is_plain_cue(reading: Reading, token: Token) -> bool:
    """Whether what the tagger took for an infinitive reports: Observers in Virginia say."""
    if token.xpos != "VB" or lemma_of(token) not in LEMMAS or token.text[:1].isupper():
        return False
    below = reading.dependents[token.index]
    is_bound = any(each.deprel.startswith("aux") or each.deprel == "mark" for each in below)
    return (
        token.deprel not in ("xcomp", "conj")
        and not is_bound
        and any(each.deprel == "nsubj" and each.index < token.index for each in below)
    )


def lemma_of(token: Token) -> str:
    """The cue's base form; the word list goes before the lemmatizer."""
    return CUES.get(token.low) or token.lemma.lower()


def subject_of(reading: Reading, cue: Token) -> Token | None:
    """The head of the cue's subject: its own, else that of the verb it is joined to."""
    own = [each for each in reading.dependents[cue.index] if each.deprel in _SUBJECTS]
    if own or cue.is_root:
        before = [each for each in own if each.index < cue.index]
        return before[-1] if before else own[0] if own else None
    if cue.deprel in ("conj", "advcl", "xcomp") and cue.head < cue.index:
        head = reading.tokens[cue.head]
        return next((each for each in reading.dependents[head.index] if each.deprel in _SUBJECTS), None)
    return None


def agent_of(reading: Reading, cue: Token) -> Token | None:
    """Who is named with by: accused by critics."""
    for each in reading.dependents[cue.index]:
        below = reading.dependents[each.index]
        if each.deprel.startswith("obl") and any(it.deprel == "case" and it.low == "by" for it in below):
            return each
    return None


def phrase_of(reading: Reading, head: Token) -> Span:
    """The noun phrase around its head, without clauses and appositions that hang on it."""
    dropped = {
        under.index
        for each in reading.dependents[head.index]
        if each.deprel in _CUT_OFF or (each.deprel == "conj" and each.upos == "VERB")
        for under in reading.subtree(each)
    }
    kept = [each for each in reading.subtree(head) if each.index not in dropped]
    at = next(n for n, each in enumerate(kept) if each.index == head.index)
    first = last = at
    while first > 0 and kept[first - 1].index == kept[first].index - 1 and at - first < _MOST_SPEAKER_TOKENS:
        first -= 1
    while last + 1 < len(kept) and kept[last + 1].index == kept[last].index + 1 and last - at < _MOST_SPEAKER_TOKENS:
        last += 1
    while first < at and kept[first].upos in ("PUNCT", "ADP", "SCONJ", "CCONJ", "ADV"):
        first += 1
    if first < at and _ends_date(reading, kept[first]):
        first += 1
    while last > at and kept[last].upos == "PUNCT":
        last -= 1
    return Span(kept[first].start, kept[last].end)


def _ends_date(reading: Reading, token: Token) -> bool:
    """Whether a month before a name belongs to the day before it: on 3 March Egypt said."""
    is_month = token.text[:1].isupper() and token.low in MONTHS
    return is_month and token.index > 0 and reading.tokens[token.index - 1].upos == "NUM"


def is_quoted(tokens: Sequence[Token]) -> bool:
    """Whether a quotation that opens among the tokens is still open at their end."""
    marks = [token.text for token in tokens if token.text in ("“", "”", '"')]
    return bool(marks) and (marks[-1] == "“" or (marks[-1] == '"' and len(marks) % 2 == 1))
