"""Which news agency a text came from: as its byline, its opening or a credit line names it.

A list of agencies by the names they are credited under. Short names are read as they are written (AP, dpa), because in
other letters they are words. An agency that the list does not know is believed where a report opens with it in brackets
and calls it one ("Meridian Wire").
"""

# ruff: noqa: RUF001 — agencies are credited in their own letters, and typographic marks are meant

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_NAMES = """
    AAP: AAP | Australian Associated Press
    AFP: AFP | Agence France-Presse | Agence France Presse
    Agerpres: Agerpres | AGERPRES
    Agência Brasil: Agência Brasil
    Anadolu: Anadolu | Anadolu Agency | Anadolu Ajansı | AA
    ANI: ANI | Asian News International
    ANP: ANP | Algemeen Nederlands Persbureau
    ANSA: ANSA | Ansa
    Antara: Antara | ANTARA
    AP: AP | Associated Press | ASSOCIATED PRESS
    APA: APA | Austria Presse Agentur
    Belga: Belga | BELGA
    Bernama: Bernama | BERNAMA
    Canadian Press: Canadian Press | The Canadian Press | La Presse canadienne
    CTK: CTK | ČTK
    dpa: dpa | DPA | Deutsche Presse-Agentur | dpa-infocom | dpa-AFX
    EFE: EFE | Agencia EFE
    epd: epd
    Europa Press: Europa Press | EUROPA PRESS
    IANS: IANS
    Interfax: Interfax
    IPS: Inter Press Service
    Jiji: Jiji Press | JIJI | JIJI Press
    KNA: KNA | Katholische Nachrichten-Agentur
    Keystone-SDA: SDA | Keystone-SDA | ATS | Keystone-ATS
    Kyodo: Kyodo | Kyodo News | KYODO
    Lusa: Lusa | LUSA
    MTI: MTI
    NAN: NAN | News Agency of Nigeria
    NTB: NTB
    PA Media: PA Media | Press Association | PA
    PAP: PAP
    PTI: PTI | Press Trust of India
    Reuters: Reuters | REUTERS | Thomson Reuters
    Ritzau: Ritzau
    SID: SID | Sport-Informations-Dienst
    STT: STT
    TASR: TASR
    TASS: TASS | ITAR-TASS
    TT: TT
    Ukrinform: Ukrinform
    UPI: UPI | United Press International
    Xinhua: Xinhua | XINHUA | 新华社
    Yonhap: Yonhap
    共同通信: 共同通信
    時事通信: 時事通信
"""
_USUAL = {
    written.strip(): usual.strip()
    for usual, _, names in (line.partition(":") for line in _NAMES.strip().splitlines())
    for written in names.split("|")
}
_CREDITED = "|".join(re.escape(name) for name in sorted(_USUAL, key=len, reverse=True))
# a short name before a surname is somebody's initials
_NAME = re.compile(rf"(?<![\w-])(?P<name>{_CREDITED})(?![\w-])(?! (?!Staff|News|Sport)[A-Z][a-z])")
_OPENING_CHARACTERS = 140
_OPENING_LINES = 4  # a headline, a byline and a photo credit may stand above
_OPENING = re.compile(
    r"[^\n()]{0,80}\((?P<brackets>[^()\n]{2,50})\)\s?(?:[,:.—–―-]|--)|[^\n/]{0,80}\s/(?P<slashes>[^/\n]{2,30})/"
)
_CALLS_ITSELF = re.compile(r"[^\W\d_][\w .'’&-]*\b(?:Wire|News Agency|Press Agency|Newswire|Nachrichtenagentur)")
_CREDIT_LINES = 3
_CREDIT_CHARACTERS = 160  # a credit stands alone on a short line
_ENDING = re.compile(r"[(/–—-]\s?([^()\n]{2,40})[)/.]?\s*\Z")  # or closes the last paragraph: "… (AFP)"
_CREDITS = re.compile(
    r"\s*(?:©|\(c\)|copyright|source|quelle|fonte|fuente|with inputs? from|mit material (?:von|der)|avec|reporting by)?"
    rf"[\s:\d]*(?:the |der |die |l'|l’)?(?:{_CREDITED})\s*(?:[,;/|().:–—-].*|\d{{4}}.*|(?:and|und|et|y|e) .*)?",
    re.IGNORECASE,
)


def agency_of(authors: Sequence[str], text: str) -> str | None:
    """The usual name of the agency; the first that is named, byline before opening before credit lines.

    >>> agency_of([], "GENEVA (Reuters) - Talks went on until midnight.")
    'Reuters'
    """
    named = (*map(_known, authors), *_opening(text), *_credits(text))
    return next((name for name in named if name), None)


def _known(line: str) -> str | None:
    match = _NAME.search(line)
    return _USUAL[match["name"]] if match else None


def _opening(text: str) -> Iterator[str | None]:
    for line in text.split("\n", _OPENING_LINES)[:_OPENING_LINES]:
        if match := _OPENING.match(line[:_OPENING_CHARACTERS]):
            name = match["brackets"] or match["slashes"]
            yield _known(name) or (name if _CALLS_ITSELF.fullmatch(name) else None)


def _credits(text: str) -> Iterator[str | None]:
    lines = text.rstrip().rsplit("\n", _CREDIT_LINES)[-_CREDIT_LINES:]
    for line in reversed(lines):
        if len(line) <= _CREDIT_CHARACTERS and _CREDITS.fullmatch(line):
            yield _known(line)
    if lines and (match := _ENDING.search(lines[-1])):
        yield _known(match[1])
