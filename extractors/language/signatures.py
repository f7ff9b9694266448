"""Names that stand beside a quotation without a verb: “…” — Amal Haddad; Amal Haddad, a teacher: “…”."""

# ruff: noqa: RUF001 — typographic marks are meant

from __future__ import annotations

import re

from extractors.language.cue_words import CUES
from extractors.language.entities.titles import stands_for_person
from extractors.language.speakers import tokens_between
from storage.events import Span

_WINDOW_CHARACTERS = 400
_MOST_ROLE = 5  # words
_VERBS = frozenset({"is", "are", "was", "were", "has", "had", "have"})
_SIGNATURE = re.compile(
    r"\s*,?\s*(?:[—―–]|--?)\s*((?:[^\W\d_a-z][\w.'’-]*\s+(?:(?:de|di|da|du|der|den|van|von|al|el|bin|ibn|la)\s+){0,2}){1,4}"
    r"[^\W\d_a-z][\w'’-]*)(?:,\s[^.,\n]{1,50})?\.?\s*\Z"
)
_HEADED = re.compile(
    r"((?:[^\W\d_a-z][\w.'’-]*\s+){1,4}[^\W\d_a-z][\w'’-]*)(?:,\s[^.:;\n“”\"]{1,60}|\s\([^)\n]{1,40}\))?:\s*\Z"
)


def signature(text: str, start: int, limit: int) -> Span | None:
    """The name after a dash, where that is all that follows a quotation: “…” — Amal Haddad, farmer."""
    match = _SIGNATURE.match(text[start : min(limit, start + _WINDOW_CHARACTERS)])
    return Span(start + match.start(1), start + match.end(1)) if match else None


def heading_name(text: str, start: int, end: int) -> Span | None:
    """Amal Haddad, a teacher: “…” or Labour minister: “…”, where nothing else stands before it in its paragraph."""
    lead = text[start:end].strip() if end - start < _WINDOW_CHARACTERS else ""
    role = lead[:-1].split()
    if lead.endswith(":") and lead[0].isupper() and len(role) <= _MOST_ROLE and stands_for_person(role):
        at = text.index(lead, start)
        return Span(at, at + len(lead) - 1)
    match = _HEADED.match(text[start:end].lstrip()) if lead else None
    if match is None:
        return None
    words = {token.low for token in tokens_between(match[0], 0, len(match[0]))}
    at = text.index(match[1], start)
    return None if words & (_VERBS | CUES.keys()) else Span(at, at + len(match[1]))
