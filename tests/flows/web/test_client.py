from __future__ import annotations

import asyncio
import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, get_args, get_type_hints

import brotli
import pytest
import zstandard

from flows.night.polling import as_exchange
from flows.web.answers import Answer, Limits, seconds_to_wait
from flows.web.errors import FetchError
from storage.captures import CaptureWriter, read_capture
from storage.events import ArticleFetchFailed
from storage.home import Home
from storage.records import new_run_id

HASTY = Limits(total_seconds=0.3, read_seconds=0.1, connect_seconds=0.1, max_body_bytes=100_000)


def ask(web: Any, routes: dict[str, Any], path: str = "/a", **how: Any) -> Answer:
    async def run() -> Answer:
        async with web.Site(routes) as site, web.client() as client:
            return await client.get(site.url(path), **how)

    return asyncio.run(run())


def fail(web: Any, routes: dict[str, Any], path: str = "/a", **how: Any) -> FetchError:
    with pytest.raises(FetchError) as caught:
        ask(web, routes, path, **how)
    return caught.value


def kinds_of(error: type[FetchError]) -> Iterator[type[FetchError]]:
    for kind in error.__subclasses__():
        yield kind
        yield from kinds_of(kind)


def test_the_reasons_are_those_of_the_vocabulary() -> None:
    assert {each.reason for each in kinds_of(FetchError)} == set(get_args(get_type_hints(ArticleFetchFailed)["reason"]))


def test_an_answer_is_kept_as_it_came(web: Any) -> None:
    packed = gzip.compress(b"<p>Rain in Kisumu</p>")
    headers = {"Content_Type": "text/html; charset=x", "ETag": '"1"', "X_Odd": "caf\xe9", "Content_Encoding": "gzip"}
    got = ask(web, {"/a": web.answer(packed, **headers)})
    assert (got.body, got.raw_body) == (b"<p>Rain in Kisumu</p>", packed)
    assert (got.status, got.reason, got.http_version) == (200, "Said", "1.1")
    assert (got.content_type, got.etag, got.last_modified) == ("text/html; charset=x", '"1"', None)
    assert ("X-Odd", "caf\xe9") in got.headers
    assert got.received_at.tzinfo is UTC
    sent = dict(got.request_headers)
    assert sent["User-Agent"].startswith("dateline/")
    assert sent["User-Agent"].endswith(" (+https://example.org/bot)")
    assert sent["Accept-Encoding"] == "gzip, deflate, br, zstd"


@pytest.mark.parametrize("path", ["/a%2Fb?q=%C3%A4+1&x", "/~a/%25"])
def test_an_address_is_sent_as_it_is_written(web: Any, path: str) -> None:
    assert ask(web, {path: web.answer(b"here")}, path).body == b"here"


def test_no_cookie_is_ever_sent_back(web: Any) -> None:
    async def run() -> list[Any]:
        async with web.Site({"/a": web.answer(b"", Set_Cookie="id=1; Path=/")}) as site, web.client() as client:
            await client.get(site.url("/a", "localhost"))
            await client.get(site.url("/a", "localhost"))
            return site.asked

    assert all("cookie" not in asked.headers for asked in asyncio.run(run()))


def test_validators_come_back_and_304_is_an_answer(web: Any) -> None:
    async def unchanged(asked: Any, writer: Any) -> None:
        assert asked.headers["if-none-match"] == '"1"'
        assert asked.headers["if-modified-since"] == "Mon, 01 Jan 2024 00:00:00 GMT"
        writer.write(b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n')

    got = ask(web, {"/a": unchanged}, etag='"1"', last_modified="Mon, 01 Jan 2024 00:00:00 GMT")
    assert (got.status, got.body, got.etag) == (304, b"", '"1"')


def test_a_validator_goes_back_byte_for_byte_or_not_at_all(web: Any) -> None:
    utf8, latin = '"caf\xc3\xa9"', '"caf\xe9"'  # as bytes stand in ISO-8859-1

    async def run() -> tuple[Answer, Answer, str]:
        routes = {"/a": web.answer(ETag=utf8), "/b": web.answer(ETag=latin, Content_Type="text/html; x=\xe9")}
        async with web.Site(routes) as site, web.client() as client:
            one, other = await client.get(site.url("/a")), await client.get(site.url("/b"))
            await client.get(site.url("/a"), etag=one.etag)
            return one, other, site.asked[-1].headers["if-none-match"]

    one, other, sent = asyncio.run(run())
    assert (one.etag, sent) == ('"café"', utf8)
    assert (other.etag, other.content_type) == (None, "text/html; x=\ufffd")


def test_304_without_a_condition_is_no_answer(web: Any) -> None:
    assert fail(web, {"/a": web.answer(status=304)}).reason == "refused"


@pytest.mark.parametrize(
    ("status", "reason", "is_final"),
    [
        (206, "refused", False),  # nobody asked for a part
        (401, "refused", False),
        (403, "refused", False),
        (404, "not_found", True),
        (410, "gone", True),
        (429, "rate_limited", False),
        (451, "refused", False),
        (500, "server_error", False),
        (503, "server_error", False),
        (300, "refused", False),
        (302, "refused", False),
    ],
)
def test_statuses_and_what_they_mean(web: Any, status: int, reason: str, is_final: bool) -> None:
    error = fail(web, {"/a": web.answer(b"sorry", status=status)})
    assert (error.status, error.reason, error.is_final) == (status, reason, is_final)
    assert error.url.endswith("/a")


def test_a_short_retry_after_is_waited_for_once(web: Any) -> None:
    async def run() -> tuple[Answer, list[float]]:
        clock = web.Clock()
        busy = web.answer(status=429, Retry_After="7")
        routes = {"/a": web.in_turn(busy, web.answer(b"now"))}
        async with web.Site(routes) as site, web.client(clock) as client:
            return await client.get(site.url("/a")), clock.slept

    answer, slept = asyncio.run(run())
    assert (answer.body, slept) == (b"now", [7.0])


@pytest.mark.parametrize(
    ("status", "header", "asked"), [(429, "7", 2), (429, "3600", 1), (503, "3600", 1), (500, None, 2)]
)
def test_how_often_one_run_asks(web: Any, status: int, header: str | None, asked: int) -> None:
    async def run() -> tuple[int, FetchError]:
        headers = {"Retry_After": header} if header else {}
        async with web.Site({"/a": web.answer(status=status, **headers)}) as site, web.client() as client:
            with pytest.raises(FetchError) as caught:
                await client.get(site.url("/a"))
            return site.count("/a"), caught.value

    count, error = asyncio.run(run())
    assert count == asked
    assert error.retry_after == (float(header) if header else None)


def test_a_server_that_recovers_is_heard(web: Any) -> None:
    assert ask(web, {"/a": web.in_turn(web.answer(status=502), web.answer(b"up"))}).body == b"up"


def test_redirects_are_followed(web: Any) -> None:
    routes = {"/a": web.redirect("/b?c", 301), "/b?c": web.redirect("//localhost:{port}/d"), "/d": web.answer(b"end")}

    async def run() -> tuple[Answer, str]:
        async with web.Site(routes) as site, web.client() as client:
            routes["/b?c"] = web.redirect(f"//localhost:{site.port}/d#part", 302)
            return await client.get(site.url("/a")), site.url("/d", "localhost")

    answer, end = asyncio.run(run())
    assert (answer.body, answer.final_url, answer.permanent_redirect_to) == (b"end", end, None)


def test_an_address_moved_for_ever_says_where(web: Any) -> None:
    answer = ask(web, {"/a": web.redirect("/b", 301), "/b": web.redirect("/c", 308), "/c": web.answer()})
    assert answer.permanent_redirect_to == answer.final_url
    assert answer.final_url.endswith("/c")


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("/a", "redirect_loop"),
        ("/a#again", "redirect_loop"),
        ("file:///etc/passwd", "bad_url"),
        ("javascript:alert(1)", "bad_url"),
        ("http://user:word@127.0.0.1/", "bad_url"),
        ("http://[/", "bad_url"),
        ("http://\xff\xfe/", "bad_url"),
    ],
)
def test_redirects_that_lead_nowhere(web: Any, target: str, reason: str) -> None:
    error = fail(web, {"/a": web.redirect(target)})
    assert error.reason == reason
    assert error.url.endswith("/a")


def test_redirects_without_end_are_left(web: Any) -> None:
    routes = {f"/{number}": web.redirect(f"/{number + 1}") for number in range(30)}
    assert fail(web, routes, "/0").reason == "redirect_loop"
    assert ask(web, {**routes, "/10": web.answer(b"ten")}, "/0").body == b"ten"


NOTATIONS = [
    "127.0.0.1",
    "localhost",
    "news.localhost",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "127.1",
    "[::ffff:127.0.0.1]",
    "[::1]",
    "0",
    "１２７。0.0.1",  # noqa: RUF001
    "169.254.169.254",
]


@pytest.mark.parametrize("host", NOTATIONS)
def test_private_addresses_are_not_reached_in_any_notation(web: Any, host: str) -> None:
    async def run() -> tuple[list[Any], FetchError]:
        async with web.Site({"/a": web.answer(b"secret")}) as site, web.client(allow_private=False) as client:
            with pytest.raises(FetchError) as caught:
                await client.get(site.url("/a", host))
            return site.asked, caught.value

    asked, error = asyncio.run(run())
    assert (asked, error.reason, error.is_final) == ([], "blocked_address", True)


@pytest.mark.parametrize("encode", [gzip.compress, brotli.compress, zstandard.ZstdCompressor().compress])
def test_a_bomb_is_too_large(web: Any, encode: Any) -> None:
    name = {"zlib": "gzip", "gzip": "gzip", "brotli": "br"}.get(getattr(encode, "__module__", None) or "", "zstd")
    bomb = web.answer(encode(bytes(30_000_000)), Content_Encoding=name)
    assert fail(web, {"/a": bomb}, limits=Limits(max_body_bytes=100_000)).reason == "too_large"


def test_an_endless_body_is_too_large(web: Any) -> None:
    limits = Limits(max_body_bytes=100_000)
    assert fail(web, {"/a": web.endless(b"x" * 10_000)}, limits=limits).reason == "too_large"


def test_a_body_over_its_cap_is_cut_where_that_is_allowed(web: Any) -> None:
    answer = ask(web, {"/a": web.endless(b"x" * 600)}, limits=Limits(max_body_bytes=1_000, cuts_body=True))
    assert (answer.body, answer.is_cut) == (b"x" * 1_000, True)


def test_a_dripping_body_meets_the_deadline(web: Any) -> None:
    assert fail(web, {"/a": web.endless(b"x", seconds=0.01)}, limits=HASTY).reason == "timeout"


def test_a_silent_server_is_too_slow(web: Any) -> None:
    assert fail(web, {"/a": web.silence}, limits=HASTY).reason == "timeout"


def test_a_server_that_falls_silent_is_too_slow_on_a_new_connection_and_on_one_that_is_kept(web: Any) -> None:
    limits = Limits(total_seconds=300, connect_seconds=150, read_seconds=0.1)

    async def run() -> list[str]:
        async with web.Site({"/a": web.answer(b"ok"), "/b": web.silence}) as site, web.client() as client:
            reasons = []
            for _ in range(2):
                with pytest.raises(FetchError) as caught:
                    await client.get(site.url("/b"), limits=limits)
                reasons.append(caught.value.reason)
                await client.get(site.url("/a"))
            return reasons

    assert asyncio.run(run()) == ["timeout", "timeout"]


def test_a_dripping_chain_of_redirects_shares_one_deadline(web: Any) -> None:
    async def slow(_: Any, writer: Any) -> None:
        await asyncio.sleep(0.05)
        await web.redirect(f"/{len(asked)}")(_, writer)
        asked.append(_.path)

    asked: list[str] = []
    routes = {"/a": slow, **{f"/{number}": slow for number in range(10)}}
    assert fail(web, routes, limits=HASTY).reason == "timeout"
    assert len(asked) < 8


@pytest.mark.parametrize("headers", [{}, {"Content_Encoding": "gzip"}])
def test_a_body_shorter_than_announced_is_incomplete(web: Any, headers: dict[str, str]) -> None:
    body = gzip.compress(b"all of it" * 100) if headers else b"all of it"
    assert fail(web, {"/a": web.answer(body, length=len(body) + 9, **headers)}).reason == "incomplete"


def test_encodings_in_several_lines_are_all_undone_and_kept(web: Any, home: Home) -> None:
    packed = brotli.compress(gzip.compress(b"Rain in Kisumu"))
    got = ask(web, {"/a": web.answer(packed, Content_Encoding="gzip", content_encoding="br")})
    with CaptureWriter(home, new_run_id()) as captures:
        place = captures.exchange(as_exchange(got))
    assert got.body == read_capture(home, place).body == b"Rain in Kisumu"


def test_an_encoded_body_that_ends_early_is_incomplete(web: Any) -> None:
    half = gzip.compress(bytes(range(256)) * 40)[:200]
    assert fail(web, {"/a": web.answer(half, Content_Encoding="gzip")}).reason == "incomplete"


def test_a_body_that_is_not_what_its_encoding_says_is_incomplete(web: Any) -> None:
    assert fail(web, {"/a": web.answer(b"plain", Content_Encoding="br")}).reason == "incomplete"


def test_what_does_not_speak_http_is_unreachable(web: Any) -> None:
    async def babble(_: Any, writer: Any) -> None:
        writer.write(b"220 mail.example ESMTP\r\n\r\n")

    assert fail(web, {"/a": babble}).reason == "unreachable"


def test_a_closed_door_is_unreachable(web: Any) -> None:
    async def run() -> None:
        async with web.Site({}) as site:
            url = site.url("/a")
        async with web.client() as client:
            await client.get(url)

    with pytest.raises(FetchError) as caught:
        asyncio.run(run())
    assert caught.value.reason == "unreachable"


def test_a_long_header_is_read(web: Any) -> None:
    assert ask(web, {"/a": web.answer(b"ok", Content_Security_Policy="x" * 20_000)}).body == b"ok"


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120),
        ("90.5", 90.5),
        ("Fri, 22 Mar 2024 12:01:00 GMT", 60),
        ("Friday, 22-Mar-24 12:01:00 GMT", 60),  # RFC 850
        ("Fri Mar 22 12:01:00 2024", 60),  # asctime
        ("Fri, 22 Mar 2024 12:01:00", 60),
        ("Fri, 22 Mar 2024 12:01:00 -0000", 60),
        ("2024-03-22T12:01:00Z", 60),
        ("1711108860", 60),  # counted from 1970
        ("Fri, 22 Mar 2024 11:00:00 GMT", 0),
        ("9" * 20, 1e9),
    ],
)
def test_what_retry_after_can_say(said: str, seconds: float) -> None:
    assert seconds_to_wait(said, datetime(2024, 3, 22, 12, 0, tzinfo=UTC)) == seconds


def test_what_says_nothing_about_when_to_come_back() -> None:
    now = datetime(2024, 3, 22, 12, 0, tzinfo=UTC)
    for nonsense in (None, "", "soon", "-5", "9" * 5_000, "Fri, 99 Mar 2024 12:01:00 GMT"):
        assert seconds_to_wait(nonsense, now) is None
