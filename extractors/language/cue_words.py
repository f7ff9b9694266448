"""The words that tell who speaks in English news: verbs of saying, titles, and the nouns of people without names."""

# ruff: noqa: E501 — lists of words read best as words

from __future__ import annotations

# lemma, then the past where it is not formed with -ed
_VERBS = """
say:said tell:told write:wrote speak:spoke add announce ask argue assert acknowledge admit advise affirm agree allege
answer appeal assure boast call caution charge:charged claim comment complain concede conclude confess confirm contend
continue:continued counter cry:cried declare decry:decried demand deny:denied describe disclose echo emphasize emphasise
exclaim explain express forecast fret fume gush hint identify imply:implied inform insist interject joke lament laugh lie
maintain mention mutter muse note object observe opine plead pledge post predict promise pronounce proclaim quip question
read:read reassure recall reckon recommend recount reflect reiterate relate remark remember remind repeat reply:replied
report respond retort reveal rule scoff scream shout sigh state stress suggest summarize swear:swore taunt testify:testified
think:thought thunder tweet urge vent venture voice vow wail warn whisper wonder yell begin:began go:went conclude
lash:lashed point:pointed rail reason blast email estimate elaborate chant
"""

# verbs that introduce speech only beside a quotation that is marked as such by a comma or colon
WEAK_LEMMAS = frozenset({"go", "begin", "read", "point", "post", "lie", "think", "call", "rule", "charge", "speak"})


def _forms(entry: str) -> dict[str, str]:
    lemma, _, past = entry.partition(":")
    stem = lemma.removesuffix("e")
    third = (
        lemma[:-1] + "ies" if _ends_in_y(lemma) else lemma + ("es" if lemma.endswith(("s", "sh", "ch", "o")) else "s")
    )
    double = {"quip": "quipp", "fret": "frett", "admit": "admitt", "begin": "beginn"}.get(lemma, stem)
    return dict.fromkeys((lemma, third, past or double + "ed", double + "ing"), lemma)


def _ends_in_y(lemma: str) -> bool:
    return lemma.endswith("y") and lemma[-2] not in "aeiou"


CUES: dict[str, str] = {form: lemma for entry in _VERBS.split() for form, lemma in _forms(entry).items()} | {
    "lying": "lie"
}

PRONOUNS = frozenset("he she they it we i you who".split())

DETERMINERS = frozenset(
    "a an the one two three four five six another some many several most other his her its their".split()
)

# words a title is made of when they stand before a name; adjectives of place before them belong to the title too
TITLES = frozenset(
    """
    mr mrs ms miss dr prof professor sir dame lord lady sen senator rep representative gov governor president vice premier
    prime minister chancellor secretary state foreign defense defence interior finance health justice attorney general
    gen lt col maj capt sgt colonel major captain sergeant lieutenant admiral commander judge justice mayor chief police
    sheriff officer detective inspector superintendent king queen prince princess pope archbishop bishop cardinal rev
    reverend father sister rabbi imam sheikh ayatollah ambassador envoy spokesman spokeswoman spokesperson director
    chairman chairwoman chair ceo leader speaker deputy acting former congressman congresswoman councilman councilwoman
    commissioner coach analyst economist editor candidate campaign manager adviser advisor strategist pollster press
    senate house majority minority republican democratic independent democrat lawmaker executive coordinator activist
    nominee
    """.split()
)

# people who are quoted without a name
UNNAMED = frozenset(
    """
    official officials source sources resident residents witness witnesses diplomat diplomats aide aides person people
    man woman men women analyst analysts expert experts officer officers spokesman spokeswoman spokesperson protester
    protesters demonstrator demonstrators soldier soldiers neighbor neighbors neighbour neighbours relative relatives
    villager villagers survivor survivors activist activists critic critics observer observers investigator investigators
    lawmaker lawmakers voter voters supporter supporters worker workers doctor doctors student students parent parents
    driver farmer shopkeeper teacher nurse refugee refugees migrant trader traders economist economists insider insiders
    """.split()
)

ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof sen sens rep reps gov gen lt col maj capt sgt rev st jr sr no vs etc inc corp co ltd u.s u.k u.n d.c".split()
) | frozenset("jan feb mar apr jun jul aug sep sept oct nov dec".split())
