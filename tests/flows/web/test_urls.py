from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.web.errors import BadUrlError
from flows.web.urls import TRACKING_KEYS, host_of, normalised, origin_of, requestable

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
urls = st.builds(
    lambda scheme, host, port, path, query, fragment: f"{scheme}://{host}{port}/{path}?{query}#{fragment}",
    st.sampled_from(["http", "HTTPS"]),
    st.sampled_from(["news.example", "NEWS.Example.", "[2001:DB8::1]", "bücher.example", "127.0.0.1"]),
    st.sampled_from(["", ":80", ":443", ":8080"]),
    texts.map(lambda text: text.replace("?", "").replace("#", "")),
    texts.map(lambda text: text.replace("#", "")),
    texts,
)


@given(urls)
def test_normalising_twice_changes_nothing(url: str) -> None:
    once = normalised(url)
    assert normalised(once) == once
    assert once.isascii()
    assert requestable(once) == once


@given(st.from_regex(r"[a-z]{1,8}", fullmatch=True).filter(lambda key: key not in TRACKING_KEYS), texts, texts)
def test_addresses_that_differ_in_what_a_server_reads_never_merge(key: str, one: str, other: str) -> None:
    left, right = (normalised(f"https://news.example/a?{key}={quote(value, safe='')}") for value in (one, other))
    assert (left == right) == (one == other)


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("HTTP://News.Example:80/a#part", "http://news.example/a"),
        ("https://news.example", "https://news.example/"),
        ("https://news.example./a?", "https://news.example/a"),
        ("https://news.example/a?utm_source=rss&id=7&CMP=fb&smid=tw", "https://news.example/a?id=7"),
        ("https://news.example/a?id=7&amp;utm_medium=x", "https://news.example/a?id=7"),
        ("https://news.example/x/../a/./b", "https://news.example/a/b"),
        ("https://news.example/%7euser/%c3%a4", "https://news.example/~user/%C3%A4"),
        ("https://news.example/ä ö", "https://news.example/%C3%A4%20%C3%B6"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("http://2130706433/", "http://127.0.0.1/"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("http://0177.0.0.1/", "http://127.0.0.1/"),
        ("  https://news.example/a\n", "https://news.example/a"),
    ],
)
def test_ways_to_write_one_address(url: str, same: str) -> None:
    assert normalised(url) == same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("?12345", "?12346"),
        ("?cid=1", "?cid=2"),
        ("?uid=1", "?uid=2"),
        ("?gallery=1", "?gallery=2"),
        ("?source=a", "?source=b"),
        ("?a=1&b=2", "?b=2&a=1"),
        ("a%2Fb", "a/b"),
        ("a/", "a"),
        ("A", "a"),
    ],
)
def test_addresses_that_may_be_two_articles_stay_two(one: str, other: str) -> None:
    assert normalised(f"https://news.example/{one}") != normalised(f"https://news.example/{other}")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "news.example/a",
        "ftp://news.example/",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://",
        "http:///a",
        "http://user:word@news.example/",
        "http://news.example\\@other.example/",
        "http://news.example/a\x00b",
        "http://news.example/a\r\nHost: other.example",
        "http://a..b/",
        "http://news example/",
        "http://news.example:99999/",
        "http://news.example:0/",
        "http://[::1/",
        "http://1.2.3.4.5/",
        "http://news.256/",
        f"http://{'a' * 64}.example/",
        "http://news.example/\ud800",
        "http://news.example/" + "a" * 9_000,
    ],
)
def test_what_is_no_address_of_a_page_is_refused(url: str) -> None:
    with pytest.raises(BadUrlError) as caught:
        normalised(url)
    assert caught.value.reason == "bad_url"
    assert caught.value.is_final


def test_hosts_and_origins() -> None:
    assert host_of("https://News.example/a") == host_of("http://news.example:80/b") == "news.example"
    assert host_of("http://[::1]:8080/") == "[::1]:8080"
    assert origin_of("https://news.example:443/a?b") == "https://news.example"
