"""The words around a name that say what somebody is: titles, offices, ranks, and the sectors they belong to."""

from __future__ import annotations

import re

from extractors.language.cue_words import CUES, TITLES, UNNAMED
from extractors.language.entities.known import known_name
from extractors.language.speakers import Token

_SECTOR_WORDS = {
    "GOV": "president premier minister chancellor governor gov secretary mayor ambassador envoy king queen prince "
    "princess emir sultan official officials government ministry administration diplomat diplomats cabinet ministers "
    "monarch regime authorities councilman councilwoman commissioner presidential",
    "LEG": "senator senators sen sens representative rep reps congressman congresswoman lawmaker lawmakers mp mps "
    "legislator legislators parliament senate congress speaker deputies parliamentarian",
    "MIL": "general gen lt col maj capt colonel major captain sergeant sgt lieutenant admiral commander army military "
    "soldier soldiers troops troop navy forces marshal brigadier defense defence serviceman servicemen",
    "COP": "police sheriff detective inspector superintendent policeman policemen officer officers constable "
    "investigators investigator gendarmerie",
    "JUD": "judge justice prosecutor prosecutors attorney court judges magistrate tribunal",
    "REL": "pope archbishop bishop cardinal rev reverend rabbi imam ayatollah priest pastor cleric clerics patriarch "
    "monk monks church",
    "REB": "rebel rebels militant militants insurgent insurgents guerrilla guerrillas fighters warlord militia "
    "militias separatist separatists jihadist jihadists",
    "OPP": "opposition dissident dissidents",
    "PTY": "party republican democrat democratic candidate nominee candidates republicans democrats",
    "SPY": "intelligence spy",
    "EDU": "professor prof teacher teachers student students university school academic",
    "MED": "doctor doctors nurse nurses surgeon medic medics physician health hospital",
    "JRN": "journalist journalists reporter reporters editor correspondent newspaper broadcaster",
    "BUS": "ceo chairman chairwoman executive trader traders businessman businesswoman company investor economist "
    "shopkeeper entrepreneur",
    "LAB": "worker workers union unions miner miners strikers",
    "AGR": "farmer farmers peasants villagers villager herders herder",
    "CVL": "resident residents protester protesters demonstrator demonstrators civilian civilians witness witnesses "
    "neighbor neighbors neighbour neighbours relative relatives survivor survivors voters voter family families",
    "REF": "refugee refugees migrant migrants displaced",
    "SOC": "activist activists campaigner campaigners volunteer volunteers aid charity",
    "CRM": "gangster smuggler smugglers cartel trafficker traffickers gang gangs",
}
SECTOR_OF = {word: sector for sector, words in _SECTOR_WORDS.items() for word in words.split()}
_MOST_ROLE_WORDS = 8
_DETERMINERS = frozenset("the a an its his her their".split())
_ENDING_HEAD = frozenset("of for at in to from with on who whose which that and".split())
_JOINING = frozenset("of for and the".split())
_HONORIFICS = frozenset("mr mrs ms miss dr sir dame lord lady".split())
_HEADS = (
    TITLES
    | UNNAMED
    | frozenset(
        "emir sultan marshal brigadier premier sheikh ministers presidents singer actor author lawyer historian "
        "father mother wife husband son daughter brother sister colleague founder head boss owner player journalist "
        "reporter correspondent columnist lawmaker rebel warlord cleric magistrate prosecutor mp "
        "councillor councillors councilor headmaster headmistress dean rector archaeologist geologist engineer nurse "
        "secretary-general vice-president datuk vizier generals generalissimo singers".split()
    )
)
_PORTFOLIOS = frozenset(
    "affairs territorial energy labor labour environment agriculture transport trade commerce education culture "
    "security national treasury home water oil planning industry tourism information communications emergency "
    "economic social public works interior development housing fisheries mines".split()
)
# words that make a title but never stand for a person by themselves
_ONLY_INSIDE = (
    frozenset(
        "state foreign defense defence interior finance health acting former press senate house majority minority "
        "campaign deputy vice prime attorney democratic independent police justice".split()
    )
    | _PORTFOLIOS
)
_APPOSITION = re.compile(r"\s?,\s+((?:the|a|an|its|his|her|their)?\s?[^,.;:()“”\"\n—–]{3,90})")  # noqa: RUF001

_BEFORE_NAME = re.compile(r"([^,.;:()“”\"\n—–]{3,80}),\s$")  # noqa: RUF001
_STARTS_ROLE = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er)\s(?=\S)|(?<!\S)(?=[A-Z][\w’'-]*['’]s?\s)")  # noqa: RUF001


def is_title_word(word: str) -> bool:
    """Whether a word may stand in a title before a name, sectors' nouns included."""
    low = word.lower().rstrip(".")
    return low in TITLES or low in _HEADS or low in _PORTFOLIOS


def sectors_of(words: str) -> tuple[str, ...]:
    """PLOVER sectors that the words of a role or a description tell of, primary first.

    >>> sectors_of("Egyptian defence minister")
    ('GOV', 'MIL')
    """
    found = [SECTOR_OF[word] for word in re.findall(r"[\w-]+", words.lower()) if word in SECTOR_OF]
    if "GOV" in found and "minister" in words.lower():
        found.insert(0, "GOV")
    return tuple(dict.fromkeys(found))


def title_before(words: list[Token], at: int, text: str) -> list[Token]:
    """The words of the title that ends before the word *at*: Israeli Prime Minister; empty where there is none."""
    first = at
    while first > 0:
        word = words[first - 1]
        gap = text[word.end : words[first].start]
        if gap.strip(" .") or len(gap) > 2 or at - first >= _MOST_ROLE_WORDS:  # noqa: PLR2004 — a point and a blank
            break
        if not (is_title_word(word.text) or word.low in _JOINING or _is_of_country(word.text) or "'" in word.text):
            break
        first -= 1
    title = words[first:at]
    while title and title[0].low in _JOINING:
        title = title[1:]
    has_head = any(word.low in _HEADS and word.low not in _ONLY_INSIDE for word in title)
    return title if has_head and title[-1].low not in _JOINING else []


def _is_of_country(word: str) -> bool:
    known = known_name(word)
    return known is not None and known.kind in ("NORP", "LOC")


def is_honorific(title: str) -> bool:
    """Whether a title only is polite: Mr, Dr."""
    return title.lower().rstrip(".") in _HONORIFICS


def stands_for_person(role: list[str]) -> bool:
    """Whether the head of a phrase is what somebody is: the mayor of Osh; not the mayor's office, a rebel group."""
    edge = next((n for n, word in enumerate(role) if n and word.lower() in _ENDING_HEAD), len(role))
    is_clause = any(word.lower() in CUES for word in role[:edge])  # …, said the labour minister
    return bool(role) and not is_clause and role[edge - 1].lower().strip(".") in _HEADS - _ONLY_INSIDE


def words_after(text: str, end: int) -> list[str]:
    """The words of an apposition after a name, article included; none where none stands there."""
    match = _APPOSITION.match(text, end, end + 100)
    is_closed = match and text[match.end() : match.end() + 1] in (",", ".", ";", "—", "–")  # noqa: RUF001
    return match[1].split() if match and is_closed else []


def role_after(text: str, end: int) -> str | None:
    """The role that an apposition after a name states, as in: Amal Haddad, the foreign minister of Tunisia."""
    words = words_after(text, end)
    if not words:
        return None
    names_role = any(word.lower().strip(".") in _HEADS - _ONLY_INSIDE for word in words)
    begins = words[0] in _DETERMINERS or is_title_word(words[0]) or _is_of_country(words[0]) or words[0][0].isupper()
    if not (names_role and begins) or len(words) > _MOST_ROLE_WORDS + 1:
        return None
    return " ".join(words[1:] if words[0] in ("the", "a", "an") else words)


def role_before(text: str, start: int) -> str | None:
    """The role that a name after a comma belongs to, as in: the governor of Osh, Aibek Sultanov."""
    return " ".join(words_before(text, start)) or None


def words_before(text: str, start: int) -> list[str]:
    """The words of such a role, none where there is none."""
    match = _BEFORE_NAME.search(text, max(0, start - 90), start)
    if not match:
        return []
    for begin in reversed(list(_STARTS_ROLE.finditer(match[1]))):  # the nearest first: met the head of the port, …
        words = match[1][begin.end() :].split()
        if 0 < len(words) <= _MOST_ROLE_WORDS and any(word.lower() in _HEADS - _ONLY_INSIDE for word in words[:4]):
            return words
    return []
