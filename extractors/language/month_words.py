"""Month names and their usual abbreviations in the languages of Western news agencies: a word's month, 1 to 12."""

from __future__ import annotations

# one month a line; abbreviations are written without their point
_NAMES = """
january jan januar jänner janvier janv enero ene gennaio gen janeiro
february feb februar febr février févr fév febrero febbraio febb fevereiro fev
march mar märz mär mars marzo março
april apr avril avr abril abr aprile
may mai mayo maggio mag maio
june jun juni juin junio giugno giu junho
july jul juli juillet juil julio luglio lug julho
august aug août agosto ago
september sep sept septembre septiembre settembre sett set setembro
october oct oktober okt octobre octubre ottobre ott outubro out
november nov novembre noviembre novembro
december dec dezember dez décembre déc diciembre dic dicembre dezembro
"""

MONTHS: dict[str, int] = {
    name: month for month, names in enumerate(_NAMES.split("\n")[1:-1], start=1) for name in names.split()
}
