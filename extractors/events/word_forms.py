"""The forms of an English word, as far as rules tell: a lemmatiser's slips ("freed" of "fre") must hide no frame."""

from __future__ import annotations

from functools import cache

_VOWELS = frozenset("aeiou")
_IRREGULAR = {
    "meet": "met",
    "hold": "held",
    "have": "has had having",
    "speak": "spoke spoken",
    "say": "said",
    "give": "gave given",
    "take": "took taken",
    "make": "made",
    "send": "sent",
    "seek": "sought",
    "fly": "flew flown",
    "fight": "fought",
    "strike": "struck stricken",
    "shoot": "shot",
    "begin": "began begun",
    "break": "broke broken",
    "bring": "brought",
    "sell": "sold",
    "buy": "bought",
    "build": "built",
    "rebuild": "rebuilt",
    "lead": "led",
    "leave": "left",
    "tell": "told",
    "throw": "threw thrown",
    "overthrow": "overthrew overthrown",
    "withdraw": "withdrew withdrawn",
    "withhold": "withheld",
    "swear": "swore sworn",
    "steal": "stole stolen",
    "go": "went gone goes",
    "pay": "paid",
    "lay": "laid",
    "lend": "lent",
    "feed": "fed",
    "forgive": "forgave forgiven",
    "sit": "sat",
    "shake": "shook shaken",
    "stand": "stood",
    "undertake": "undertook undertaken",
    "retake": "retook retaken",
    "overrun": "overran",
    "sink": "sank sunk",
    "blow": "blew blown",
    "beat": "beaten",
    "ride": "rode ridden",
    "be": "is are was were been being am",
    "do": "did done does",
    "find": "found",
    "freeze": "froze frozen",
    "unfreeze": "unfroze unfrozen",
    "mobilise": "mobilised",
    "equip": "equipped equipping",
    "acquit": "acquitted acquitting",
    "bear": "bore borne",
    "burn": "burnt",
    "catch": "caught",
    "come": "came",
    "dig": "dug",
    "drive": "drove driven",
    "fall": "fell fallen",
    "forbid": "forbade forbidden",
    "get": "got gotten",
    "keep": "kept",
    "light": "lit",
    "ring": "rang rung",
    "rise": "rose risen",
    "run": "ran",
    "show": "shown",
    "slay": "slew slain",
    "slit": "slit slitting",
    "spread": "spread",
    "stick": "stuck",
    "sweep": "swept",
    "tear": "tore torn",
    "underwrite": "underwrote underwritten",
    "uphold": "upheld",
    "win": "won",
    "write": "wrote written",
    "quit": "quit quitting",
    "cut": "cut cutting",
    "hit": "hit hitting",
    "put": "put putting",
    "set": "set setting",
    "let": "let letting",
    "die": "died dying",
    "woman": "women",
    "child": "children",
    "man": "men",
}

# past forms that a tagger takes for nouns
PAST_FORMS = frozenset({"cut", "shot", "hit", "lent", "sent", "held", "met", "won", "led", "quit", "retook", "struck"})


@cache
def forms(word: str) -> frozenset[str]:
    """A word with its inflected forms, verb's and noun's alike; some that do not exist are among them.

    >>> "freed" in forms("free") and "cities" in forms("city") and "planned" in forms("plan")
    True
    """
    found = {word, *_IRREGULAR.get(word, "").split()}
    if word.endswith("e"):
        return frozenset(found | {word + "s", word + "d", word.removesuffix("e") + "ing", word + "ing"})
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return frozenset(found | {word[:-1] + "ies", word[:-1] + "ied", word + "ing"})
    is_hissing = word.endswith(("s", "sh", "ch", "x", "z"))
    found |= {word + ("es" if is_hissing else "s"), word + "ed", word + "ing"}
    if word[-1] not in "aeiouwxy" and word[-2:-1] in _VOWELS and word[-3:-2] not in _VOWELS:
        found |= {word + word[-1] + "ed", word + word[-1] + "ing"}
    return frozenset(found)
