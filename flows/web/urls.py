"""Addresses: which may be asked for, how they are written, and when two of them name the same article.

`normalised` is the identity of an article and must never change: it rests on nothing but this file and, for host names
beyond ASCII, on IDNA. It drops only what is known to carry no content. courlan's normalisation is not used: also when
not strict it drops `cid`, `eid`, `uid`, `gallery`, `source` and keys without a value (`?12345`), so that different
articles merge.
"""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import AddressValueError, IPv6Address
from socket import inet_aton, inet_ntoa
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from yarl import URL

from flows.web.errors import BadUrlError

DEFAULT_PORTS = {"http": 80, "https": 443}
MAX_URL_CHARS = 8_000  # servers refuse longer request lines

# Keys that say where a reader came from, never what is read. Words that some site uses for content (source, ref, cid,
# uid, partner, campaign) are left alone: a page fetched twice costs less than two articles merged.
_CLICKS = """
    fbclid gclid gclsrc dclid gbraid wbraid msclkid twclid ttclid yclid ysclid igshid igsh mibextid li_fat_id epik
    irclickid _branch_match_id rb_clickid s_kwcid fb_action_ids fb_action_types fb_source fb_ref __twitter_impression
"""  # counted by advertisers and social networks
_AUDIENCE = """
    _ga _gl ga_source ga_medium ga_term ga_content ga_campaign xtor ns_mchannel ns_source ns_campaign ns_linkname ns_fee
    wt_mc wt_zmc wt.mc_id wt.mc_ev _openstat guccounter guce_referrer guce_referrer_sig
"""  # Google Analytics, AT Internet, comScore, Webtrends, Mapp, Openstat, Yahoo
_NEWSLETTERS = """
    mc_cid mc_eid _hsenc _hsmi __hstc __hssc __hsfp hsctatracking mkt_tok vero_id vero_conv oly_anon_id oly_enc_id _kx
"""  # Mailchimp, HubSpot, Marketo, Vero, Olytics, Klaviyo
_NEWSROOMS = """
    cmp smid smtyp ocid cmpid ncid traffic_source maca
"""  # Guardian, New York Times, Microsoft and BBC, Bloomberg, AOL, Al Jazeera, Deutsche Welle
TRACKING_KEYS = frozenset((_CLICKS + _AUDIENCE + _NEWSLETTERS + _NEWSROOMS).split())
TRACKING_PREFIXES = ("utm_", "at_", "hsa_", "mtm_", "pk_", "piwik_", "itm_")  # families with free endings

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\Z")
_NUMERIC = re.compile(r"(?:^|\.)(?:0x[0-9a-f]*|[0-9]+)\Z")
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_MAX_HOST_CHARS = 253


def normalised(url: str) -> str:
    """The one way to write *url*, without fragment and tracking keys: what an article is known by.

    Keys keep their order and every escape that matters, so that the address can still be asked for. Applying it twice
    changes nothing.

    Raises:
        BadUrlError: not an http(s) address, no host, a port or host that cannot be, user name or control characters.
    """
    base, _, query = requestable(url).partition("?")
    kept = "&".join(pair for pair in query.split("&") if pair and not _is_tracking(pair))
    return f"{base}?{kept}" if kept else base


def requestable(url: str) -> str:
    """The address as it is sent: ASCII, escaped, without fragment, dot segments and default port.

    Raises:
        BadUrlError: see `normalised`.
    """
    return _read(url).sent


def absolute(url: str, link: str | None) -> str | None:
    """A link as it is meant within the document from *url*, as it is sent; None when it leads nowhere."""
    try:
        return requestable(urljoin(url, link)) if link else None
    except (BadUrlError, ValueError):  # ValueError: what urljoin makes of broken brackets
        return None


def host_of(url: str) -> str:
    """The machine an address leads to: `example.org`, with its port where that is none of the default ones.

    With http and with https it is the same: who asks for rest with one of them is not asked with the other.

    Raises:
        BadUrlError: see `normalised`.
    """
    return _read(url).host


def origin_of(url: str) -> str:
    """Scheme, host and port of an address, as far as they must be written: `https://example.org`.

    Raises:
        BadUrlError: see `normalised`.
    """
    return _read(url).origin


class _Address(NamedTuple):
    host: str
    origin: str
    sent: str


@lru_cache(maxsize=4096)  # a page's address is looked at half a dozen times while it is fetched
def _read(url: str) -> _Address:
    parts = _split(url)
    host, port, default = _host(url, parts), _port(url, parts), DEFAULT_PORTS[parts.scheme]
    machine = host if port in (None, default) else f"{host}:{port}"
    origin = f"{parts.scheme}://{machine}"
    query = _escaped(url, parts.query, safe="/:?@!$&'()*+,;=-._~%")
    path = _without_dot_segments(_escaped(url, parts.path, safe="/:@!$&'()*+,;=-._~%"))
    return _Address(machine, origin, f"{origin}{path or '/'}{'?' if query else ''}{query}")


def _split(url: str) -> SplitResult:
    text = url.strip()
    if _CONTROL.search(text):
        raise BadUrlError(url, "contains control characters")
    if len(text) > MAX_URL_CHARS:
        raise BadUrlError(text[:80], f"is {len(text)} characters long; {MAX_URL_CHARS} are read")
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise BadUrlError(url, str(error)) from error
    if parts.scheme not in DEFAULT_PORTS:
        raise BadUrlError(url, "is not an http or https address")
    if "@" in parts.netloc:
        raise BadUrlError(url, "carries a user name; addresses are kept, credentials are not")
    return parts


def _host(url: str, parts: SplitResult) -> str:
    host = parts.hostname or ""
    if ":" in host:
        return f"[{_ipv6(url, host)}]"
    host = (host if host.isascii() else _idna(url, host)).removesuffix(".")
    if len(host) > _MAX_HOST_CHARS or not _HOST.match(host):
        raise BadUrlError(url, f"has no usable host name ({host!r})")
    return _dotted(url, host) if _NUMERIC.search(host) else host


def _dotted(url: str, host: str) -> str:
    """An IPv4 address in the usual notation: 2130706433, 0x7f.1 and 0177.0.0.1 are all 127.0.0.1."""
    try:
        return inet_ntoa(inet_aton(host))
    except OSError as error:
        raise BadUrlError(url, f"has a number for a host that is no address ({host!r})") from error


def _ipv6(url: str, host: str) -> str:
    try:
        return str(IPv6Address(host.partition("%")[0]))  # a zone names one of our own interfaces
    except AddressValueError as error:
        raise BadUrlError(url, str(error)) from error


def _idna(url: str, host: str) -> str:
    try:
        return (URL.build(scheme="http", host=host).raw_host or "").lower()
    except ValueError as error:
        raise BadUrlError(url, f"has a host name that IDNA cannot write ({host!r})") from error


def _port(url: str, parts: SplitResult) -> int | None:
    try:
        port = parts.port
    except ValueError as error:
        raise BadUrlError(url, str(error)) from error
    if port == 0:
        raise BadUrlError(url, "names port 0")
    return port


def _escaped(url: str, text: str, safe: str) -> str:
    # a lone % first: else %%341 would turn into %41 and, the next time, into A
    try:
        text = quote(_LONE_PERCENT.sub("%25", text), safe=safe)
    except UnicodeEncodeError as error:
        raise BadUrlError(ascii(url), "contains half of a surrogate pair") from error
    return _ESCAPE.sub(_canonical_escape, text) if "%" in text else text


def _canonical_escape(match: re.Match[str]) -> str:
    character = chr(int(match[0][1:], 16))
    return character if character in _UNRESERVED else match[0].upper()


def _without_dot_segments(path: str) -> str:
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _is_tracking(pair: str) -> bool:
    key = pair.partition("=")[0].lower().removeprefix("amp;")  # from links whose ampersands were escaped twice
    return key in TRACKING_KEYS or key.startswith(TRACKING_PREFIXES)
