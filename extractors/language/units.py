"""What a number may be a number of: money, shares, times, ages, measures, each by the words that follow or precede it.

A bare dollar is the American one and a bare pound sign the British one; rupees, pesos, francs and other names that
several countries share have no currency unless the country stands with them.
"""

# ruff: noqa: E501 — tables read best in whole rows, lists of words as words

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

UnitType = Literal["percent", "money", "duration", "age", "measure"]


@dataclass(frozen=True)
class Unit:
    """A unit and where its words stand."""

    type: UnitType
    name: str
    currency: str | None
    start: int
    end: int
    scale: int = 1  # 75 USD million, 120 MEUR


_ISO = (
    "USD EUR GBP JPY CNY CHF CAD AUD NZD SEK NOK DKK RUB UAH PLN TRY INR PKR BDT LKR NPR KRW BRL MXN ARS COP CLP PEN ZAR"
    " NGN KES GHS EGP ILS SAR AED QAR KWD IRR IQD SGD HKD TWD THB IDR MYR PHP VND HUF CZK RON BGN GEL AMD AZN KZT"
).split()
_SYMBOLS = {
    "$": ("dollar", "USD"), "US$": ("dollar", "USD"), "C$": ("dollar", "CAD"), "CA$": ("dollar", "CAD"),
    "A$": ("dollar", "AUD"), "AU$": ("dollar", "AUD"), "NZ$": ("dollar", "NZD"), "HK$": ("dollar", "HKD"),
    "S$": ("dollar", "SGD"), "NT$": ("dollar", "TWD"), "R$": ("real", "BRL"), "€": ("euro", "EUR"), "£": ("pound", "GBP"),
    "¥": ("yen", "JPY"), "元": ("yuan", "CNY"), "₡": ("colón", "CRC"), "₾": ("lari", "GEL"), "₭": ("kip", "LAK"),
    "₫": ("dong", "VND"), "₸": ("tenge", "KZT"), "₮": ("tugrik", "MNT"), "₵": ("cedi", "GHS"), "₲": ("guarani", "PYG"),
    "₼": ("manat", "AZN"), "֏": ("dram", "AMD"), "៛": ("riel", "KHR"), "৳": ("taka", "BDT"), "ரூ": ("rupee", None),
    "₿": ("bitcoin", None), "Mex$": ("peso", "MXN"), "MX$": ("peso", "MXN"), "Rmb": ("yuan", "CNY"),
    "RMB": ("yuan", "CNY"), "rmb": ("yuan", "CNY"), "Bs.": ("bolívar", "VES"), "zł": ("zloty", "PLN"), "Ksh": ("shilling", "KES"), "₹": ("rupee", "INR"), "₽": ("rouble", "RUB"), "₩": ("won", "KRW"), "₴": ("hryvnia", "UAH"),
    "₪": ("shekel", "ILS"), "₺": ("lira", "TRY"), "₦": ("naira", "NGN"), "฿": ("baht", "THB"), "₱": ("peso", "PHP"),
    "Rs": ("rupee", None), "Rs.": ("rupee", None), "rs": ("rupee", None),
}  # fmt: skip
_MONEY = {
    "dollars? bucks?": ("dollar", "USD"), "euros?": ("euro", "EUR"), "yen": ("yen", "JPY"),
    "yuan renminbi rmb": ("yuan", "CNY"), "roubles? rubles?": ("rouble", "RUB"), "hryvnias? hryvnia": ("hryvnia", "UAH"),
    "zlotys? zloty": ("zloty", "PLN"), "shekels?": ("shekel", "ILS"), "baht": ("baht", "THB"),
    "rupiah": ("rupiah", "IDR"), "ringgit": ("ringgit", "MYR"), "naira": ("naira", "NGN"), "rand": ("rand", "ZAR"),
    "reais": ("real", "BRL"), "forints?": ("forint", "HUF"), "taka": ("taka", "BDT"), "rials?": ("rial", None),
    "rupees?": ("rupee", None), "pesos?": ("peso", None), "francs?": ("franc", None), "dinars?": ("dinar", None),
    "riyals?": ("riyal", None), "dirhams?": ("dirham", None), "kron(?:or|er|a|e)": ("krona", None),
    "lira": ("lira", None), "shillings?": ("shilling", None), "cents?": ("cent", None), "pence": ("penny", "GBP"),
    "sterling": ("pound", "GBP"), "penn(?:y|ies)": ("penny", "GBP"), "pesetas?": ("peseta", None),
    "markka": ("markka", None), "guilders?": ("guilder", None), "kwacha": ("kwacha", "ZMW"), "birr": ("birr", "ETB"),
    "bitcoins? btc": ("bitcoin", None), "satoshis?": ("satoshi", None), "kips?": ("kip", "LAK"),
    "lari": ("lari", "GEL"), "tenge": ("tenge", "KZT"), "tugriks?": ("tugrik", "MNT"), "(?:viet.?nam\\w*.)?dong": ("dong", "VND"),
    "riels?": ("riel", "KHR"), "kyats?": ("kyat", "MMK"), "kwanzas?": ("kwanza", "AOA"), "cedis?": ("cedi", "GHS"),
    "meticais": ("metical", "MZN"), "lempiras?": ("lempira", "HNL"), "quetzals?": ("quetzal", "GTQ"),
    "c[oó]rdobas?": ("córdoba", "NIO"), "col[oó]n(?:es|s)?": ("colón", None), "bol[ií]vars?": ("bolívar", "VES"),
    "bolivianos?": ("boliviano", "BOB"), "guaran[ií](?:e?s)?": ("guarani", "PYG"), "gourdes?": ("gourde", "HTG"),
    "dalasis?": ("dalasi", "GMD"), "leones?": ("leone", "SLE"), "ariary": ("ariary", "MGA"), "manats?": ("manat", None),
    "le[vu]a?": ("lev", None), "lei": ("leu", None), "kunas?": ("kuna", "HRK"), "korunas?": ("koruna", None),
    "ouguiyas?": ("ouguiya", "MRU"), "pulas?": ("pula", "BWP"), "drachmas?": ("drachma", "GRD"), "escudos?": ("escudo", None),
    "deutschmarks?": ("mark", "DEM"), "kuai": ("yuan", "CNY"),
}  # fmt: skip
_COUNTRIES = {
    "us dollar": "USD", "american dollar": "USD", "canadian dollar": "CAD", "australian dollar": "AUD",
    "new zealand dollar": "NZD", "hong kong dollar": "HKD", "singapore dollar": "SGD", "british pound": "GBP",
    "egyptian pound": "EGP", "indian rupee": "INR", "pakistani rupee": "PKR", "sri lankan rupee": "LKR",
    "nepali rupee": "NPR", "mexican peso": "MXN", "argentine peso": "ARS", "chilean peso": "CLP",
    "colombian peso": "COP", "philippine peso": "PHP", "swiss franc": "CHF", "iraqi dinar": "IQD",
    "kuwaiti dinar": "KWD", "saudi riyal": "SAR", "qatari riyal": "QAR", "iranian rial": "IRR", "turkish lira": "TRY",
    "kenyan shilling": "KES", "ugandan shilling": "UGX", "swedish krona": "SEK", "norwegian krona": "NOK",
    "danish krona": "DKK", "japanese yen": "JPY", "chinese yuan": "CNY", "russian rouble": "RUB",
    "uae dirham": "AED", "emirati dirham": "AED", "lebanese pound": "LBP", "sudanese pound": "SDG",
    "syrian pound": "SYP", "south african rand": "ZAR", "finnish markka": "FIM", "dutch guilder": "NLG",
    "french franc": "FRF", "belgian franc": "BEF", "italian lira": "ITL", "spanish peseta": "ESP", "irish pound": "IEP",
}  # fmt: skip
_DURATIONS = {
    "seconds? secs?": "second", "minutes? mins?": "minute", "hours? hrs? hr": "hour", "days?": "day", "weeks?": "week",
    "months?": "month", "years? yrs?": "year", "decades?": "decade", "centur(?:y|ies)": "century",
    "nights?": "night", "fortnights?": "fortnight", "weekends?": "weekend", "milliseconds?": "millisecond",
}  # fmt: skip
_MEASURES = {
    "miles?": "mile", "(?:foot|feet)": "foot", "inch(?:es)?": "inch", "yards?": "yard",
    "nautical.miles?": "nautical mile", "light.years?": "light year",
    "hectares?": "hectare", "acres?": "acre",
    "(?:metric.tons?|tonnes?)": "tonne", "tons?": "ton", "kilos?": "kilogram",
    "pounds? lbs?": "pound", "ounces?": "ounce", "barrels?": "barrel", "gallons?": "gallon", "bushels?": "bushel",
    "carats?": "carat", "knots?": "knot", "hertz": "hertz", "calories?": "calorie", "radians? rad": "radian",
    "horsepower": "horsepower", "decibels?": "decibel", "teaspoons?": "teaspoon",
    "tablespoons?": "tablespoon", "pints?": "pint", "quarts?": "quart",
    "mph": "mile per hour", "kph km/h kmh kmph km/hr": "kilometre per hour", "m/s": "metre per second",
    "basis.points?": "basis point",
    "(?:degrees?.|°.?)(?:celsius|centigrade|c)": "degree Celsius", "(?:degrees?.|°.?)(?:fahrenheit|f)": "degree Fahrenheit", "celsius celcius": "degree Celsius",
    "fahrenheit": "degree Fahrenheit", "degrees? deg": "degree",
}  # fmt: skip
_SIGNS = {
    "km": "kilometre", "cm": "centimetre", "mm": "millimetre", "m": "metre", "kg": "kilogram", "g": "gram",
    "mg": "milligram", "μg": "microgram", "µg": "microgram", "t": "tonne", "ft": "foot", "dm": "decimetre", "nm": "nanometre", "ha": "hectare", "MW": "megawatt", "GW": "gigawatt", "kW": "kilowatt",
    "kWh": "kilowatt hour", "MWh": "megawatt hour", "GB": "gigabyte", "MB": "megabyte", "TB": "terabyte", "kB": "kilobyte",
    "KB": "kilobyte", "mb": "megabyte", "gb": "gigabyte", "Mbps": "megabit per second", "kHz": "kilohertz", "MHz": "megahertz",
    "GHz": "gigahertz", "km/h": "kilometre per hour", "m/s": "metre per second", "kV": "kilovolt", "TWh": "terawatt hour",
    "GWh": "gigawatt hour", "″": "inch",
    "°C": "degree Celsius", "°F": "degree Fahrenheit", "°": "degree", "sq km": "square kilometre", "oz": "ounce",
    "km²": "square kilometre", "m²": "square metre", "m2": "square metre", "km2": "square kilometre", "ml": "millilitre", "m³": "cubic metre", "C": "degree Celsius",
}  # fmt: skip
_PERCENT = {"(?:percentage|percent).points?": "percentage point", "per.?cent pct percentage percents %": "percent"}
_AGES = {"(?:year|month|week|day)s?.olds?": "year", "(?:years|year|months|weeks|days).of.age yo": "year"}
_TABLES: dict[UnitType, dict[str, str]] = {
    "percent": _PERCENT,
    "age": _AGES,
    "money": {words: name for words, (name, _) in _MONEY.items()},
    "duration": _DURATIONS,
    "measure": _MEASURES,
}
_CURRENCIES = dict(_MONEY.values())


_PREFIXES = "pico|nano|micro|milli|centi|deci|kilo|mega|giga|tera"
_PREFIXED = {
    "met(?:er|re)s?": "metre", "gram(?:me)?s?": "gram", "lit(?:er|re)s?": "litre", "watts?": "watt", "volts?": "volt",
    "watt.hours?": "watt hour", "bytes?": "byte", "bits?": "bit", "joules?": "joule", "amperes?": "ampere",
    "pascals?": "pascal", "hertz": "hertz",
}  # fmt: skip


def _names() -> Iterator[tuple[re.Pattern[str], UnitType, str]]:
    for kind, table in _TABLES.items():
        for words, name in table.items():
            for pattern in words.split():
                yield re.compile(rf"(?:{pattern})", re.IGNORECASE), kind, name
    for prefix in ("", *_PREFIXES.split("|")):
        for pattern, name in _PREFIXED.items():
            if prefix or name not in {"bit", "hertz"}:  # two bits are little, and hertz stands above
                yield re.compile(f"(?:{prefix}{pattern})", re.IGNORECASE), "measure", prefix + name


_NAMES = tuple(_names())
_PREFIX = r"(?:(?P<of>square|sq\.?|cubic)[ \u00a0-])?"
_COUNTRY = "|".join(sorted({name.rpartition(" ")[0] for name in _COUNTRIES}, key=len, reverse=True))
_ALL_NAMES = "|".join(each.pattern for each, *_ in _NAMES)
_AFTER = re.compile(
    rf"(?P<gap>[ \u00a0\u202f\n-]{{0,2}})(?:(?P<country>{_COUNTRY}|U\.S\.)[ ])?{_PREFIX}(?P<name>{_ALL_NAMES})(?![\w%])"
    rf"(?:[ ]per[ ](?P<per>second|minute|hour|day|week|month|year|hectare|acre|litre|liter|gallon)\b)?",
    re.IGNORECASE,
)
_ALL_SIGNS = "|".join(map(re.escape, sorted(_SIGNS, key=len, reverse=True)))
_SIGN_AFTER = re.compile(
    rf"(?:[ \u00a0\u202f-]?(?P<sign>{_ALL_SIGNS})(?!\w)(?!/|-shirt)|[ ]?[\[({{<](?P<inner>{_ALL_SIGNS})[\])}}>])"
)
_ISO_AFTER = re.compile(
    rf"[ \u00a0]?(?P<mega>M)?(?P<iso>{'|'.join(_ISO)}|usd|eur|gbp)(?:[ ](?P<scale>million|billion|trillion|mn|bn|m)\b)?(?!\w)"
)
_SCALES = {"million": 10**6, "mn": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9, "trillion": 10**12}
_ONE_SIGNS = "".join(sign for sign in _SYMBOLS if len(sign) == 1)
_SIGN_MONEY_AFTER = re.compile(rf"[ \u00a0\u202f]?(?P<symbol>[{_ONE_SIGNS}]|ரூ|zł)(?![ ]?[0-9])(?![^\W\d_])")
_BEFORE = re.compile(
    rf"(?:(?<![\w$])(?P<symbol>{'|'.join(map(re.escape, sorted(_SYMBOLS, key=len, reverse=True)))})"
    rf"|(?<!\w)(?:(?i:(?P<signed>{'|'.join(_ISO)})\$)|(?P<mega>M)?(?P<iso>{'|'.join(_ISO)}|usd|eur|gbp)))[ \u00a0]?$"
)
_INCH = re.compile(r"(?<=[0-9])in(?!\w)")
_WON = re.compile(r"[ \u00a0]won(?!\w)")


def money_before(text: str, at: int) -> Unit | None:
    """The currency sign or code that ends before a number."""
    begin = max(0, at - 6)
    match = _BEFORE.search(text[begin:at])
    if not match:
        return None
    code = (match["signed"] or match["iso"] or "").upper()
    name, currency = _SYMBOLS[match["symbol"]] if match["symbol"] else (code.lower(), code)
    return Unit("money", name, currency, begin + match.start(), at, 10**6 if match["mega"] else 1)


def unit_after(text: str, at: int, *, is_large: bool = False) -> Unit | None:
    """The unit that follows a number; pounds are money where they are millions."""
    if money := _money_after(text, at):
        return money
    if match := _AFTER.match(text, at):
        return _named(match, is_large=is_large)
    if is_large and (match := _WON.match(text, at)):
        return Unit("money", "won", "KRW", match.start() + 1, match.end())
    return _sign_after(text, at)


def _money_after(text: str, at: int) -> Unit | None:
    if match := _SIGN_MONEY_AFTER.match(text, at):
        name, currency = _SYMBOLS[match["symbol"]]
        return Unit("money", name, currency, match.start("symbol"), match.end())
    if match := _ISO_AFTER.match(text, at):
        scale = 10**6 if match["mega"] else _SCALES.get(match["scale"], 1)
        return Unit("money", match["iso"].lower(), match["iso"].upper(), match.start("iso"), match.end(), scale)
    return None


def _sign_after(text: str, at: int) -> Unit | None:
    if match := _SIGN_AFTER.match(text, at):
        sign = "sign" if match["sign"] else "inner"
        return Unit("measure", _SIGNS[match[sign]], None, match.start(sign), match.end())
    if match := _INCH.match(text, at):
        return Unit("measure", "inch", None, at, match.end())
    return None


def _named(match: re.Match[str], *, is_large: bool) -> Unit | None:
    word = match["name"]
    kind, name = next(row[1:] for row in _NAMES if row[0].fullmatch(word))
    currency = _CURRENCIES.get(name) if kind == "money" else None
    if kind == "age":
        name = next((each for each in ("month", "week", "day") if word.lower().startswith(each)), "year")
    if match["of"]:
        name = f"{'cubic' if match['of'].lower() == 'cubic' else 'square'} {name}"
    if country := match["country"]:
        currency = _COUNTRIES.get(f"{country.lower().replace('.', '')} {name}")
        if currency is None:
            return None
        kind = "money"
    if name == "pound" and is_large and kind == "measure":
        kind, currency = "money", "GBP"
    if kind == "measure" and match["per"]:
        name = f"{name} per {match['per'].lower().replace('liter', 'litre')}"
    start = match.start("country" if country else "of" if match["of"] else "name")
    return Unit(kind, name, currency, start, match.end("per" if kind == "measure" and match["per"] else "name"))
