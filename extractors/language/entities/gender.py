"""Whether a person is told to be a woman or a man: by Mr and Ms, by kin and office words, by first names.

What a text says of somebody goes before the table of first names; an office that has only a man's word (chairman,
spokesman) is held by women, too, and goes after it. What is not told stays None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors.language.entities.tables import Gender, first_names

_SURE: dict[Gender, frozenset[str]] = {
    "f": frozenset(
        """
        mrs ms miss madam madame lady dame queen princess empress duchess baroness countess spokeswoman congresswoman
        councilwoman chairwoman businesswoman policewoman actress mother wife widow daughter sister grandmother aunt
        niece girlfriend woman girl nun she her abbess waitress heiress
        """.split()
    ),
    "m": frozenset(
        """
        mr sir lord king prince pope emperor duke baron sultan emir father husband widower son brother grandfather uncle
        nephew boyfriend man boy monk he his him ayatollah businessman policeman fisherman congressman
        """.split()
    ),
}
_LIKELY_MAN = frozenset("spokesman chairman councilman imam cardinal archbishop sheikh fireman serviceman".split())
_WORD = re.compile(r"[a-z]+")
_HEAD_ENDS = frozenset({"of", "for", "to", "in", "from", "at"})


def gender_of(name: str, described: Iterable[str] = ()) -> Gender | None:
    """A person's gender by titles and roles as they stand (*described*), else by the first name.

    >>> gender_of("Amina Sarr"), gender_of("Okello", ["Mr."]), gender_of("Okello"), gender_of("", ["a spokeswoman"])
    ('f', 'm', None, 'f')
    """
    words = {word for each in described for word in _of_head(each.lower())}
    told: set[Gender] = {gender for gender, sure in _SURE.items() if words & sure}
    if len(told) == 1:
        return told.pop()
    first = name.split(maxsplit=1)[0] if " " in name.strip() else ""
    return first_names().get(first) or ("m" if words & _LIKELY_MAN else None)


def _of_head(words: str) -> list[str]:
    """The words before "of": the wife of the king is no king."""
    found: list[str] = []
    for word in _WORD.findall(words):
        if word in _HEAD_ENDS:
            break
        found.append(word)
    return found
