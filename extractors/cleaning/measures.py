"""What is measured on a text or read off an address: words, fingerprint, publisher; and strings made safe."""

from __future__ import annotations

import re
from functools import cache
from typing import Any
from unicodedata import normalize
from urllib.parse import urlsplit

SHINGLE_WORDS = 5
PERMUTATIONS = 64
SEED = 42
MOST_STATED = 1_000  # characters of a headline, a name or a keyword: it stands in every record for ever

_DENSE = re.compile(r"[\u2e80-\uffdc]")
_DENSE_WEIGHT = 3  # a Chinese, Japanese or Korean character says about as much as three letters
# C0 and C1 controls other than tab and line feed
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
# marks that turn the direction of what follows: a headline must not reorder the line it is shown in
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def words_of(text: str) -> list[str]:
    """The words of a text by Unicode's word boundaries (UAX #29); of Chinese and Japanese each character is one.

    >>> words_of("It's 2.5 °C in 北京.")
    ["It's", '2.5', 'C', 'in', '北', '京']
    """
    words: list[str] = _word_pattern().findall(text)
    return words


@cache
def _word_pattern() -> Any:  # noqa: ANN401 — regex ships no types
    import regex

    # (?w): boundaries as in UAX #29; a word begins at one where a letter or digit follows
    return regex.compile(r"(?w)\b\w.*?\b")


def word_count(text: str) -> int:
    """How many words a text has.

    >>> word_count("Rain fell; the two-day fair in Gulu went on.")
    10
    """
    return len(words_of(text))


def size_of(text: str) -> int:
    """Length of a text in letters, so that scripts can be compared: a dense character counts as several."""
    return len(text) + (_DENSE_WEIGHT - 1) * sum(1 for _ in _DENSE.finditer(text))


def minhash_of(text: str) -> str:
    """MinHash of the lower-cased 5-word shingles: 64 values of 32 bits as 512 hexadecimal digits.

    Texts under 5 words have no shingle and give the empty string.
    """
    import rensa

    words = words_of(text.lower())
    shingles = {" ".join(words[n : n + SHINGLE_WORDS]) for n in range(len(words) - SHINGLE_WORDS + 1)}
    if not shingles:
        return ""
    sketch = rensa.RMinHash(num_perm=PERMUTATIONS, seed=SEED)  # pyright: ignore[reportAttributeAccessIssue] — compiled, without stubs
    sketch.update(sorted(shingles))
    return "".join(f"{value:08x}" for value in sketch.digest())


@cache
def _domains() -> Any:  # noqa: ANN401 — tldextract is imported where it is used
    import tldextract

    # the list of suffixes that ships with the package: no network, no cache folder, the same answer everywhere
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def publisher_of(url: str) -> str | None:
    """Registrable domain of an address; the host itself where it has none (IP addresses, `x.localhost`).

    >>> publisher_of("https://news.example.co.uk/2024/flood.html")
    'example.co.uk'
    """
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    if not host:
        return None
    parts = _domains()(host)
    return f"{parts.domain}.{parts.suffix}" if parts.domain and parts.suffix else host.rstrip(".")


def safe_text(text: str) -> str:
    r"""The text in NFC with line feeds only, without control characters and halves of surrogate pairs.

    >>> safe_text("Gulu\r\n\x00fair")
    'Gulu\nfair'
    """
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    lines = whole.replace("\r\n", "\n").replace("\r", "\n")
    return normalize("NFC", _CONTROL.sub("", lines)).strip()


def safe_line(value: object) -> str | None:
    """A stated string on one line, safe as texts are, without direction marks, not too long; None if empty."""
    if not isinstance(value, str):
        return None
    return " ".join(_BIDI.sub("", safe_text(value[:MOST_STATED])).split()) or None
