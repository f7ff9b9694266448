"""Times of day: 3 p.m. GMT, 15:30, noon, 1400 hours."""

from __future__ import annotations

from extractors.language.time_rules import Found, Meaning, rule

_OFFSETS = {
    "gmt": "Z", "utc": "Z", "bst": "+01:00", "cet": "+01:00", "cest": "+02:00", "eet": "+02:00", "eest": "+03:00",
    "msk": "+03:00", "est": "-05:00", "edt": "-04:00", "cst": "-06:00", "cdt": "-05:00", "mst": "-07:00",
    "mdt": "-06:00", "pst": "-08:00", "pdt": "-07:00", "jst": "+09:00", "kst": "+09:00", "aest": "+10:00",
    "aedt": "+11:00", "sast": "+02:00", "pkt": "+05:00", "wib": "+07:00", "hkt": "+08:00", "sgt": "+08:00",
}  # fmt: skip
_ZONE = rf"(?:\s\(?(?P<zone>{'|'.join(_OFFSETS).upper()})(?:\b\)?))?"
_NOON = 12
_HOURS, _MINUTES = 24, 60


def _clock(found: Found) -> Meaning | None:
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = found["half"].replace(".", "").replace(" ", "")
    if half and not 1 <= hour <= _NOON:
        return None
    if half:
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    if hour > _HOURS or minute >= _MINUTES:
        return None
    return _at(found, f"{hour:02}:{minute:02}")


def _spoken(found: Found) -> Meaning:
    return _at(found, {"noon": "12:00", "midday": "12:00", "midnight": "24:00"}[found["word"]])


def _at(found: Found, time: str) -> Meaning:
    return Meaning("TIME", f"{found.written_on.isoformat()}T{time}{_OFFSETS.get(found['zone'], '')}")


RULES = (
    rule(
        "clock",
        rf"(?P<hour>\d{{1,2}})(?:[:.](?P<minute>\d\d))?\s?(?P<half>[aApP]\.\s?[mM]\.?|[aApP][mM]\b){_ZONE}",
        _clock,
    ),
    rule("clock", rf"(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?![:\d]|\s?(?i:[ap]\.?m)){_ZONE}", _clock),
    rule(
        "clock",
        rf"(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d)\s(?:(?P<zone>{'|'.join(_OFFSETS).upper()})\b|hours)",
        _clock,
    ),
    rule("clock", r"(?P<hour>1[0-2]|[1-9])\so['\u2019]clock", _clock),
    rule("clock", rf"(?i:(?P<word>noon|midday|midnight)){_ZONE}", _spoken),
)
