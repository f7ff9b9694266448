"""Who and what stand around a verb: subject, objects, obliques, as the grammar gives them or lets them be inferred."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from extractors.events.control import addressed
from extractors.events.match import stands_for
from extractors.events.mending import mended
from extractors.events.time_words import is_time
from extractors.language.opening_line import opening_line
from extractors.language.reading import Reading
from extractors.language.tokens import Token
from storage.vocabulary import Span

_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj")
_OBJECTS = ("obj", "iobj")
_OBLIQUE = ("obl", "obl:agent", "obl:unmarked", "nmod", "nmod:unmarked")
_NOUNS = ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "X", "DET")
_HAVING = frozenset({"has", "have", "had"})
_OBJECT_LIKE = frozenset({"obj", "iobj", "ccomp", "xcomp", "aux", "obl:unmarked"})
# verbs that need an object: without one they are done to their subject
DONE_TO = frozenset("arrest detain indict jail imprison sentence deport evict kill wound injure sack".split())
_NEGATIONS = frozenset({"not", "n't", "n\u2019t", "never", "no", "neither", "nor"})
_INHERITING = ("xcomp", "advcl", "conj", "ccomp", "parataxis")


class Clauses:
    """The clauses of a reading."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    @cached_property
    def opening(self) -> Span | None:
        """Where the report says of itself where and when it was written."""
        line = opening_line(self.reading)
        return line.span if line else None

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens of the reading, mended."""
        return mended(self.reading.tokens, self.reading.parse.sentences, self.opening)

    @cached_property
    def _dependents(self) -> dict[int, list[Token]]:
        found: dict[int, list[Token]] = {}
        for token in self.tokens:
            if not token.is_root:
                found.setdefault(token.head, []).append(token)
        return found

    def below(self, token: Token) -> list[Token]:
        """What depends on a token directly, in the order of the text."""
        return self._dependents.get(token.index, [])

    def subtree(self, token: Token) -> frozenset[int]:
        """The places of a token and all below it."""
        found, waiting = {token.index}, [token]
        while waiting:
            for each in self.below(waiting.pop()):
                if each.index not in found:
                    found.add(each.index)
                    waiting.append(each)
        return frozenset(found)

    def head(self, token: Token) -> Token | None:
        """What a token depends on, None for a root."""
        return None if token.is_root else self.tokens[token.head]

    def ancestors(self, token: Token) -> Iterator[Token]:
        """What a token depends on, from near to far."""
        at = self.head(token)
        while at is not None:
            yield at
            at = self.head(at)

    def case(self, token: Token) -> tuple[str, ...]:
        """The prepositions before a noun, or marks before a clause: ("out", "of")."""
        found: list[str] = []
        for each in self.below(token):
            if each.deprel in ("case", "mark") and each.index < token.index:
                found += [each.low, *(more.low for more in self.below(each) if more.deprel == "fixed")]
        return tuple(found)

    def joined(self, token: Token) -> list[Token]:
        """A noun with those that "and" or "or" join to it, "as well as" included."""
        found = [token]
        for each in self.below(token):
            if each.deprel == "conj" and each.upos in _NOUNS:
                found += self.joined(each)
            elif each.deprel == "flat":  # of Ana Costa and B, B may hang on Costa
                found += self.joined(each)[1:]
        return found

    def is_passive(self, verb: Token) -> bool:
        """Whether the grammatical subject is not who acts: was arrested; the man arrested by police."""
        marks = {each.deprel for each in self.below(verb)}
        if marks.isdisjoint({"aux:pass", "nsubj:pass"}):
            if self._is_bare_participle(verb, marks):
                return True
        elif "aux:pass" not in marks and any(each.low in _HAVING for each in self.below(verb)):
            return any(each.low == "been" for each in self.below(verb))  # had spoken by telephone
        if marks & {"aux:pass", "nsubj:pass"} or ("obl:agent" in marks and not marks >= {"nsubj", "obj"}):
            return True
        return verb.deprel == "acl" and verb.xpos == "VBN"

    def _is_bare_participle(self, verb: Token, marks: set[str]) -> bool:
        """Two jailed over plot: headlines leave out "were" of what is done to a number of people."""
        if not stands_for(verb, DONE_TO) or verb.xpos not in ("VBN", "VBD") or marks & _OBJECT_LIKE:
            return False
        subjects = [each for each in self.below(verb) if each.deprel == "nsubj"]
        return any(each.upos == "NUM" or "nummod" in {one.deprel for one in self.below(each)} for each in subjects)

    def subject(self, verb: Token, depth: int = 0) -> Token | None:
        """The grammatical subject, taken over from the clause above where it is left out."""
        for each in self.below(verb):
            if each.deprel in _SUBJECTS:
                return self._antecedent(each, verb)
        above = self.head(verb)
        if above is None or depth > 6:  # noqa: PLR2004 — deeper sentences are lists or parsed wrongly
            return None
        if verb.deprel.startswith("acl"):
            return self._of_noun(verb, above, depth)
        if verb.deprel in _INHERITING and above.upos in ("VERB", "AUX", "ADJ", "NOUN"):
            return self._controller(verb, above, depth)
        return None

    def _of_noun(self, verb: Token, noun: Token, depth: int) -> Token | None:
        """The man who ran, the man running; his decision to run."""
        if self.case(verb)[:1] == ("to",) or "to" in (each.low for each in self.below(verb) if each.deprel == "mark"):
            owner = next((each for each in self.below(noun) if each.deprel == "nmod:poss"), None)
            if owner is not None:
                return owner
            above = self.head(noun)
            return self.subject(above, depth + 1) if above is not None and above.upos == "VERB" else None
        return noun

    def _controller(self, verb: Token, above: Token, depth: int) -> Token | None:
        """Asked X to do, praised X for it: X does; promised to do: who promised; with "and" the first one's subject."""
        if verb.deprel == "conj":
            return (
                None
                if self.is_passive(above)
                and not self.is_passive(verb)
                and any(each.deprel in _OBJECTS for each in self.below(verb))
                else self.subject(above, depth + 1)
            )
        other = addressed(verb, above, self.below)
        if other is not None:
            return other
        is_infinitive = any(each.deprel == "mark" and each.low == "to" for each in self.below(verb))
        if verb.deprel in ("ccomp", "parataxis") and not is_infinitive:
            return None
        return self.subject(above, depth + 1)

    def _antecedent(self, pronoun: Token, verb: Token) -> Token:
        """Who, which, that: the noun they stand for."""
        if verb.deprel == "acl:relcl" and pronoun.low in ("who", "which", "that", "whom"):
            return self.tokens[verb.head]
        return pronoun

    def objects(self, verb: Token) -> list[Token]:
        """What the verb is done to: objects, the subject of a passive, the noun that a relative clause describes."""
        if self.is_passive(verb):
            subject = self.subject(verb)
            more = [each for each in self.below(verb) if each.deprel in (*_OBJECTS, "xcomp") and each.upos in _NOUNS]
            return [*([subject] if subject else []), *more]
        found = [self._antecedent(each, verb) for each in self.below(verb) if each.deprel in _OBJECTS]
        if not found and verb.deprel == "acl:relcl":
            subject, noun = self.subject(verb), self.tokens[verb.head]
            if subject is not None and subject.index != noun.index:
                return [noun]
        if not found:  # an object taken for a predicate: annexed Crimea
            found = [
                each
                for each in self.below(verb)
                if each.deprel in ("xcomp", "appos", "obl:unmarked", "ccomp")
                and each.upos in ("NOUN", "PROPN", "NUM")
                and each.index > verb.index
                and not (self.case(each) or is_time(each) or (each.deprel == "ccomp" and self._is_clause(each)))
            ]
        return found

    def _is_clause(self, noun: Token) -> bool:
        """Whether a noun is what a clause says of somebody: said that he is a spy."""
        return any(each.deprel in ("cop", "mark", *_SUBJECTS) for each in self.below(noun))

    def agents(self, verb: Token) -> list[Token]:
        """Who does it: the subject, or "by" in a passive."""
        if self.is_passive(verb):
            return [
                each
                for each in self.below(verb)
                if each.deprel == "obl:agent" or (each.deprel == "obl" and self.case(each) == ("by",))
            ]
        subject = self.subject(verb)
        if subject is None:
            return []
        more = [each for each in self.below(verb) if each.deprel == "nsubj" and each.index > subject.index]
        return [subject, *(each for each in more if self._follows_and(each))]

    def _follows_and(self, token: Token) -> bool:
        return any(each.deprel == "cc" and each.index < token.index for each in self.below(token))

    def obliques(self, token: Token, prepositions: frozenset[str]) -> Iterator[Token]:
        """Nouns below a token, or below its object, that one of these prepositions introduces."""
        marked = False
        for each in self.below(token):
            if marked and each.deprel == "conj" and "between" in prepositions and not self.case(each):
                yield each
            elif (
                each.deprel in (*_OBLIQUE, "advmod", "xcomp", "advcl", "acl")
                and each.upos in _NOUNS
                and not is_time(each)
            ):
                marked = self._is_marked(each, prepositions) or (marked and self._is_added(each))
                if marked:
                    yield each
        for each in self.below(token):
            if each.deprel in ("obj", "obl", "nsubj:pass", "xcomp", "nmod"):
                for below in self.below(each):
                    if below.deprel in _OBLIQUE and self._is_marked(below, prepositions):
                        yield below

    def _is_added(self, token: Token) -> bool:
        """Joined to what stands before: as well as B."""
        return any(each.deprel == "cc" for each in self.below(token)) and not self.case(token)

    def _is_marked(self, token: Token, prepositions: frozenset[str]) -> bool:
        return any(word in prepositions for word in self.case(token))

    def near(self, token: Token, depth: int = 2) -> list[Token]:
        """What lies below a token up to a depth, its active subject left out."""
        found: list[Token] = []
        for each in self.below(token):
            if each.deprel in ("nsubj", "nsubj:outer", "punct"):
                continue
            found.append(each)
            if depth > 1:
                found += self.near(each, depth - 1)
        return found

    def is_negated(self, token: Token) -> bool:
        """Whether "not", "never", "no" stand at a verb or noun."""
        below = (each for each in self.below(token) if each.deprel in ("advmod", "det", "cc", "cc:preconj"))
        return any(each.low in _NEGATIONS for each in below)
