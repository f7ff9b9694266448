"""Numbers that count nothing: dates, years, clock times, telephone numbers, addresses, results, numbers in names."""

# ruff: noqa: E501, RUF001 — patterns read best whole; typographic marks are meant

from __future__ import annotations

import re
from bisect import bisect_right
from decimal import Decimal

from storage.events import Span

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)"
)
_SMALL = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_ORDINAL = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|[a-z]{3,7}teenth|twentieth|twenty-first"
_DAY = r"[0-9]{1,2}(?:st|nd|rd|th)?(?:[ ]?[-–/][ ]?[0-9]{1,2}|[ ](?:and|to|or)[ ][0-9]{1,2})?(?:st|nd|rd|th)?"
_YEAR = r"(?:,?[ ][12][0-9]{3}(?![0-9,]))"
_ANY_CASE = (
    "no\\.|nos\\.|number|page|pages|pp?\\.|section|chapter|article|paragraph|clause|appendix|volume|episode|flight|room"
    "|level|phase|stage|version|route|highway|resolution|tier"
)
_NAMES = (
    "Boeing|Airbus|Antonov|Tupolev|Ilyushin|Embraer|Sukhoi|Figure|Table|Season|Interstate|Gate|Platform|Step|Part|Type"
    "|Category|Model|Title|Channel|Apollo|Formula|Group|Unit|Case|Bill|Act|Proposition|Amendment|District|Ward|Precinct"
    "|Block|Lot|Row|Seat|Line|Psalm|World[ ]War|Super[ ]Bowl|Windows|iPhone|PlayStation|Xbox|Area|Agenda|Vision|Camp"
    "|Checkpoint|Studio|Station|Zone|Track|Pier|Berth|Engine|Covid|Band|Order|Protocol|Top|Day|Week|Round|Game|Chapter"
    "|Falcon|Soyuz|Voyager|Radio|Fox|Pier|Terminal|Bus|Train|Apartment|Suite|Floor|Building|Number|NO|Rule|Law"
)
_STREET = r"(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Drive|Square|Place|Way|Terrace|Court|Crescent)\b"
_CLOCK_ZONE = r"(?:GMT|UTC|EST|EDT|CET|PST|BST|IST|hrs|hours[ ]local|local[ ]time|h)\b"
_NO_FIGURES = re.compile(
    rf"""
    (?<!\w)(?:
      {_MONTH}\.?[ \n]{_DAY}(?![0-9])(?!,[0-9]{{3}}){_YEAR}?
      |{_DAY}[ \n](?:of[ ])?{_MONTH}\b\.?{_YEAR}?
      |(?:{_ORDINAL})[ ]of[ ]{_MONTH}\b
      |{_MONTH}\.?,?[ ][12][0-9]{{3}}(?![0-9])
      |[0-9]{{4}}-[0-9]{{2}}(?:-[0-9]{{2}})?(?![0-9])
      |[0-9]{{1,2}}[/.][0-9]{{1,2}}[/.][0-9]{{2,4}}(?![0-9])
      |[0-9]{{1,2}}(?:[:.][0-9]{{2}})?(?:[ ]?[-–][ ]?[0-9]{{1,2}}(?:[:.][0-9]{{2}})?)?[ \u00a0]?(?:[ap]\.m\b|[AaPp][Mm]\b)
      |(?:{_SMALL})[ ](?:[ap]\.m\b|[ap]m\b)
      |[0-9]{{1,2}}[:][0-9]{{2}}(?:[:][0-9]{{2}})?
      |[0-9]{{1,2}}\.[0-9]{{2}}[ ]{_CLOCK_ZONE}
      |[0-9]{{3,4}}[ ]?(?:GMT|UTC|EST|EDT|CET|hrs|hours[ ]local)\b
      |(?:{_SMALL}|[0-9]{{1,2}})(?:[ ]o['’]clock|[ ](?:in[ ]the[ ](?:morning|afternoon|evening)|at[ ]night)\b)
      |[0-9]{{3}}[-.][0-9]{{3}}[-.][0-9]{{4}}|[0-9]{{3}}-[0-9]{{4}}(?![0-9])
      |(?:9/11|24/7|7/7)(?![0-9])
      |(?i:https?://|www\.)\S{{1,400}}
      |[\w.+-]{{1,60}}@[\w.-]{{1,80}}
      |[0-9]{{1,5}}[A-Za-z]?[ ](?:[A-Z][\w.'’]{{0,20}}[ ]){{1,3}}{_STREET}
      |(?i:{_ANY_CASE})[ \u00a0]?(?:[0-9]+(?:\.[0-9]+)*(?![0-9]|,[0-9]|[ ](?:million|billion|thousand|per|people))|(?i:{_SMALL})\b)
      |(?:{_NAMES})[ \u00a0-](?:[0-9]{{1,4}}(?![0-9]|[,.][0-9]|[ ](?:million|billion|thousand|per|people)|%)|(?i:{_SMALL})\b)
      |(?i:group)[ ]of[ ](?:Seven|Eight|Ten|Twenty|7|8|20|77)\b
      |(?i:(?:{_ORDINAL}|[0-9]{{1,2}}(?:st|nd|rd|th))(?:[ ]and[ ][\w-]{{1,12}})?[ -]centur(?:y|ies))
      |(?i:at[ ]first|(?:for|to)[ ]n[ao]ught)\b
      |(?:First|Second|Third|Fourth|Fifth)[ ](?:World|Lady|Minister|Amendment|Reich|Republic|Avenue|Temple|Intifada|Division)
      |(?i:first[ ](?:of[ ]all|lady|name|ladies|responders?|aid|glance|hand|degree))\b
      |(?i:(?:first|second|third|fourth)[ ]quarter)(?![ ]of[ ]a)
      |(?i:second[ ](?:hand|nature|thoughts?|guess))\b
      |(?i:per|split|every|each|a|any|the[ ]last)[ ]second(?=[ ]?(?:[.,;:!?)”"]|$|\n|and\b|or\b|later\b|before\b|of\b|after\b))
      |(?i:no|any|some|every|each|the|this|that|which|another|last|next|by|loved)[ ]one(?!\w|[ -](?:hundred|thousand|million|mile|kilomet|met(?:er|re)s?\b|dollar|euro|per[ ]?cent|hour|minute|month|year))
      |(?i:one)(?:[ ](?:of|another|day|can|could|must|should|would|who|is|was|has|that|thing|by[ ]one|might|may)\b|[-](?:time|sided|off|way)\b|['’]s)
      |(?i:number|square|back[ ]to)[ ](?i:one)\b
      |(?i:fifty-fifty|one[ -]on[ -]one|one[ -]to[ -]one|half-brother|half-sister|half-time|half[ ]time)\b
      |(?i:(?:first|second)[ -]half|half[ -]?way)\b
      |(?i:won|wins?|winning|beat|beaten|beating|lost|losing|drew|victory|defeat(?:ed)?|lead|led|score|scored|voted|vote|tied?|ruled|decision|ruling)
        [ ,:](?:[\w'’]{{1,20}}[ ]){{0,4}}[0-9]{{1,3}}[-–][0-9]{{1,3}}(?![0-9])
    )
    |\+[0-9][0-9 ().-]{{6,18}}[0-9]
    |\([0-9]{{3}}\)[ ]?[0-9]{{3}}[-. ][0-9]{{4}}
    |\[[0-9]{{1,3}}\]|\#[0-9]+
    |^[ \t]{{0,8}}[0-9]{{1,3}}[.)](?=[ \t])
    |['’][0-9]{{2}}s?\b
    |(?<![0-9])[0-9]{{1,20}}[ ]?[x×*^][ ]?10\^?
    """,
    re.VERBOSE | re.MULTILINE,
)
_PLAIN_YEAR = re.compile(r"(?:1[5-9]|20)[0-9]{2}")
_COUNTED_PEOPLE = re.compile(
    r"[ ](?:people|troops|soldiers|workers|men|women|children|police|officers|residents|civilians|refugees|homes"
    r"|protesters|students|jobs|employees|members|houses|families|migrants|prisoners|others|were|miles|members)\b"
)


class NoFigures:
    """The places of a text where numbers are no figures."""

    def __init__(self, text: str) -> None:
        self.spans = [Span(*match.span()) for match in _NO_FIGURES.finditer(text)]
        self._starts = [span.start for span in self.spans]

    def cover(self, start: int) -> bool:
        """Whether one of them begins no later than the place and reaches beyond it."""
        at = bisect_right(self._starts, start) - 1
        return at >= 0 and self.spans[at].end > start


def is_year(text: str, start: int, end: int, value: Decimal) -> bool:
    """Whether four plain digits are a year: a count of that size is written with a comma or says of what it is one."""
    if not _PLAIN_YEAR.fullmatch(text, start, end) or value != value.to_integral_value():
        return False
    return not _COUNTED_PEOPLE.match(text, end)
