"""The words of a page from its bytes, whatever charset is claimed for them.

Publishers mislabel. Bytes that are valid UTF-8 beyond ASCII are UTF-8 whatever any label says: the chance that another
charset looks like it is negligible. After that come the byte order mark, the HTTP label, the page's own label, and the
statistics of charset-normalizer. A Western label is believed only when what it yields looks like words.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HTTP_LABEL = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_PAGE_LABEL = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_PAGE_LABEL_BYTES = 4_096

# what the label means in browsers (WHATWG), where it differs from what the standard of that name says
_MEANT = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
}
# decodes nearly any bytes: never proof
_WESTERN = {"cp1252", "cp1254", "iso8859-15", "iso-8859-15"}
_ACCENTED = re.compile("[\u0080-\u00bf\u00c0-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192]")
# what bytes of East Asian charsets become in a Western one, and Western texts hardly ever hold
_ODD = re.compile("[\u0192\u02c6\u2020\u2021\u2030\u2039\u201a\ufffd\x81\x8d\x8f\x90\x9d]")
_MANY_ODD = 10
_RUN_OF_ACCENTED = re.compile("[\u00c0-\u00ff]{4,}")


def decode(body: bytes, content_type: str | None) -> str:
    """The page as a string; what cannot be read becomes U+FFFD."""
    for mark, charset in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(charset, "replace")
    labels = list(_labels(body, content_type))
    if "iso-2022-jp" in labels and b"\x1b$" in body:  # seven-bit, so it would pass for ASCII
        return body.decode("iso-2022-jp", "replace")
    return _as_utf8(body) or _as_labelled(body, labels) or _as_guessed(body)


def _labels(body: bytes, content_type: str | None) -> Iterator[str]:
    stated = _HTTP_LABEL.search(content_type or "")
    if stated:
        yield _meant(stated[1])
    for match in _PAGE_LABEL.finditer(body[:_PAGE_LABEL_BYTES]):
        yield _meant(match[1].decode("ascii", "replace"))


def _meant(label: str) -> str:
    return _MEANT.get(label.lower(), label.lower())


def _as_utf8(body: bytes) -> str | None:
    """UTF-8 as a whole, or with so few broken bytes that it is UTF-8 that was cut or pasted into."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = sum(1 for character in text if character > "\x7f") - broken
    return text if broken * 20 <= sound else None


def _as_labelled(body: bytes, labels: list[str]) -> str | None:
    for label in labels:
        try:
            text = body.decode(label)
        except (LookupError, UnicodeDecodeError, UnicodeError):
            # a few bytes are undefined in cp1252, and pages use them all the same
            text = body.decode(label, "replace") if label in _WESTERN else ""
        if text and (label not in _WESTERN or _looks_western(text)):
            return text
    return None


def _looks_western(text: str) -> bool:
    """Whether accented letters stand among plain ones, as they do in Western languages and do not in mojibake."""
    accented, odd = len(_ACCENTED.findall(text)), len(_ODD.findall(text))
    if odd > _MANY_ODD and odd * 5 > accented:
        return False
    return _RUN_OF_ACCENTED.search(text) is None or accented * 50 < len(text)


def _as_guessed(body: bytes) -> str:
    from charset_normalizer import from_bytes

    sample = body if len(body) < 20_000 else _telling_lines(body)  # noqa: PLR2004 — enough, and it is slow on more
    best = from_bytes(sample).best()
    return body.decode(best.encoding if best else "cp1252", "replace")


def _telling_lines(body: bytes) -> bytes:
    """The parts of the page that are not ASCII, where its charset shows; markup and scripts only dilute them."""
    telling = (match[0] for match in re.finditer(rb"[^<>\n]{0,80}[\x80-\xff][^<>\n]{0,400}", body))
    return b"\n".join(part for part, _ in zip(telling, range(60), strict=False))
