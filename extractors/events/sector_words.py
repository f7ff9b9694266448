"""Nouns for people and bodies that tell their PLOVER sector, beyond the roles that entities know."""

from __future__ import annotations

from functools import cache

from extractors.events.clauses import Clauses
from extractors.language.entities.titles import sectors_of
from extractors.language.tokens import Token

_FORMER = frozenset({"former", "ousted", "exiled", "ex"})
_OFFICES = frozenset({"GOV", "MIL", "LEG", "JUD", "COP"})  # who held one is of the elites now, PLOVER says
_PLACES = frozenset("states countries capitals posts bases nations".split())  # more often where than who
_SPEAKING_FOR = frozenset("officials official spokesman spokeswoman sources forces".split())
# nouns for people or bodies beyond the roles that name a sector
_MORE_SECTORS = {
    "UAF": "gunman gunmen attacker attackers assailant assailants bomber bombers shooter",
    "CVL": "people person man men woman women child children boy girl villager villagers protester demonstrator "
    "crowd crowds citizen citizens passenger passengers pupil pupils shopper shoppers fan fans mourner mourners "
    "worshipper worshippers prisoner prisoners hostage hostages detainee detainees supporter supporters rioter "
    "rioters tourist tourists trader traders critic critics victim victims family bystander fisherman fishermen "
    "herder herders dozens hundreds thousands settler settlers youth teenager "
    "marcher striker motorist pensioner",
    "REB": "taliban jihadi jihadis guerrillas extremist extremists terrorist terrorists insurgency hardliner "
    "paramilitary paramilitaries mutineer mutineers separatists militiaman militiamen",
    "MIL": "general generals airforce jet jets warplane warplanes pilot pilots crew conscript recruit trainee trainees "
    "guard guards contingent fleet garrison convoy patrol base barracks",
    "GOV": "inspector inspectors observer observers consul ambassadors state country nation premier delegation "
    "negotiator negotiators counterpart counterparts leader leaders "
    "administration junta ministers secretary prince king queen emir sultan consul aide aides spokesman spokeswoman "
    "embassy government spokesperson capital mayor mayors governor department agency commission authority",
    "LAB": "driver drivers baker bakers docker dockers nurse nurses teacher teachers miner miners trucker truckers "
    "welder welders tailor tailors employee employees staff",
    "BUS": "shopkeepers firm firms maker makers bank banker bankers airline airlines corporation companies factory",
    "LEG": "house deputy deputies legislature legislatures assembly",
    "COP": "gendarme gendarmes coastguard",
    "JRN": "newspapers reporter media editor editors paper website blogger",
    "JUD": "prosecution jury courts lawyers lawyer",
    "OPP": "opponent opponents challenger rival rivals",
    "CRM": "smuggler smugglers pirate pirates kidnapper kidnappers gang gangs thieves raider raiders hacker hackers "
    "mob",
    "SOC": "volunteers group groups charity ngo campaigner environmentalist environmentalists",
    "REL": "bishop bishops clergy nun nuns pope pastor pastors priests worshipper",
}
SECTOR_OF = {word: sector for sector, words in _MORE_SECTORS.items() for word in words.split()}


def is_role(word: str) -> bool:
    """Whether a word in small letters names people or bodies of some sector."""
    return bool(sectors_of_word(word))


@cache
def sectors_of_word(word: str) -> tuple[str, ...]:
    """The sectors that a noun tells of, in singular or plural, as roles have them before what stands here."""
    return _of_roles(word) or ((own,) if (own := _own(word)) else ())


@cache
def _of_roles(word: str) -> tuple[str, ...]:
    return next((found for each in _numbers(word) if (found := sectors_of(each))), ())


@cache
def _own(word: str) -> str | None:
    return next((SECTOR_OF[each] for each in _numbers(word) if each in SECTOR_OF), None)


def _numbers(word: str) -> tuple[str, ...]:
    """A noun and, of a plural, its singular."""
    if word in _PLACES or not word.endswith("s"):
        return (word,)
    return (word, word.removesuffix("ies") + "y" if word.endswith("ies") else word[:-1])


def sectors_told(clauses: Clauses, token: Token) -> tuple[str, ...]:
    """The sectors that a noun and the words that describe it tell of, primary first; empty for things."""
    own, head = _own(token.low), _of_roles(token.low)
    if not own and not head:
        return ()
    described = " ".join(each.low for each in clauses.below(token) if each.deprel in ("compound", "amod"))
    more = sectors_of(described)
    first = head or ((own,) if own else ())
    if set(described.split()) & _FORMER and set(head) & _OFFICES:
        return ("ELI",)
    if own in ("CVL", "SOC", "GOV") and more and not head:
        first = (*more, *first)
    if "opposition" in described:
        first = (*first, "OPP")
    if head == ("GOV",) and more and token.low in _SPEAKING_FOR:
        first = (*more, *first)
    return tuple(dict.fromkeys(first))
