from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.feed_list import BadOpmlError, Feed, FeedList
from flows.web.errors import BadUrlError

WORLD = Path(__file__).parents[2] / "deployments" / "feeds" / "world.opml"
names = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=12).filter(
    lambda name: name.strip() == name
)
feeds = st.lists(
    st.builds(
        Feed,
        url=st.builds("https://news.example/{}.xml".format, st.integers(0, 30)),
        title=names,
        site_url=st.none() | st.just("https://news.example/"),
        folders=st.lists(names, max_size=3).map(tuple),
        other=st.just((("type", "rss"), ("data-note", "<&\"'>"))),
    ),
    unique_by=lambda feed: feed.url,
)


def opml(body: str) -> bytes:
    return f'<?xml version="1.0"?><opml version="2.0"><head/><body>{body}</body></opml>'.encode()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "feeds.opml"


def test_a_missing_file_is_an_empty_list(path: Path) -> None:
    assert FeedList.load(path).feeds == ()
    assert not path.exists()


def test_what_was_added_is_there_after_a_restart(path: Path) -> None:
    assert FeedList.load(path).add("https://news.example/feed", "The Lake Post & Co\x00")
    (feed,) = FeedList.load(path).feeds
    assert (feed.url, feed.title, feed.folders) == ("https://news.example/feed", "The Lake Post & Co", ())
    assert [each.name for each in path.parent.iterdir() if each.suffix == ".tmp"] == []


@pytest.mark.parametrize("again", ["https://news.example/feed", "HTTPS://News.example:443/feed#top"])
def test_an_address_that_is_there_adds_nothing(path: Path, again: str) -> None:
    feeds = FeedList.load(path)
    feeds.add("https://news.example/feed")
    before = path.read_bytes()
    assert not feeds.add(again)
    assert path.read_bytes() == before


@pytest.mark.parametrize("url", ["", "news.example/feed", "file:///etc/passwd", "https://a:b@news.example/"])
def test_what_is_no_address_is_refused(path: Path, url: str) -> None:
    with pytest.raises(BadUrlError):
        FeedList.load(path).add(url)
    assert not path.exists()


def test_a_feed_is_removed_wherever_it_stands(path: Path) -> None:
    feeds = FeedList.load(path)
    feeds.import_opml(
        opml(
            '<outline text="A"><outline text="x" xmlUrl="http://x.example/"/></outline><outline text="y" xmlUrl="http://y.example/"/>'
        )
    )
    assert feeds.remove("http://X.example")
    assert not feeds.remove("http://x.example/")
    assert not feeds.remove("")
    assert [feed.url for feed in FeedList.load(path).feeds] == ["http://y.example/"]


def test_two_lists_open_at_once_lose_nothing(path: Path) -> None:
    one, other = FeedList.load(path), FeedList.load(path)
    one.add("http://one.example/")
    other.add("http://other.example/")
    assert len(FeedList.load(path).feeds) == 2


def test_folders_nest_and_merge(path: Path) -> None:
    feeds = FeedList.load(path)
    press = '<outline title="P" xmlurl="http://p.example/"/>'
    nested = f'<outline text="Africa"><outline text="Kenya">{press}</outline></outline>'
    feeds.import_opml(opml(nested))
    imported = feeds.import_opml(
        opml(nested.replace("p.example", "q.example") + nested + '<outline xmlUrl="ftp://z"/>')
    )
    assert [feed.url for feed in imported.added] == ["http://q.example/"]
    assert (imported.known, imported.refused) == (1, ("ftp://z",))
    assert {feed.folders for feed in feeds.feeds} == {("Africa", "Kenya")}
    assert feeds.export().count(b'"Africa"') == 2  # text and title of one outline


def test_what_nobody_here_knows_is_kept(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(
        b'<opml version="1.1"><head><title>mine</title><ownerName>W. Otieno</ownerName></head><body><!-- by hand -->'
        b'<outline text="a" xmlUrl="http://a.example/" category="/x" custom="1"/>'
        b'<outline type="link" url="u"/></body></opml>'
    )
    feeds = FeedList.load(path)
    feeds.add("http://b.example/")
    kept = path.read_bytes()
    for piece in (b"W. Otieno", b"<!-- by hand -->", b'category="/x" custom="1"', b'type="link" url="u"', b'"1.1"'):
        assert piece in kept
    imported = FeedList.load(path.with_name("other.opml"))
    imported.import_opml(kept)
    assert b'custom="1"' in imported.export()


@given(feeds)
def test_an_exported_list_is_imported_the_same(some: list[Feed]) -> None:
    with TemporaryDirectory() as folder:
        first = FeedList.load(Path(folder) / "first.opml")
        first._merge(some)
        second = FeedList.load(Path(folder) / "second.opml")
        second.import_opml(first.export())
        assert first.export() == second.export()
        assert set(second.feeds) == set(some)


@pytest.mark.parametrize(
    ("document", "what"),
    [
        (b"", "no element found"),
        (b"<html><body/></html>", "root element is 'html'"),
        (b"<opml><head/></opml>", "no body"),
        (b'<opml><body><outline text="a></body></opml>', "line 1"),
        (
            b'<!DOCTYPE o [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml><body><outline text="a"/>&x;</body></opml>',
            "entity",
        ),
        (opml("<outline>" * 60 + "</outline>" * 60), "deep"),
        (b"x" * 20_000_001, "bytes"),
        (b'<?xml version="1.0" encoding="klingon"?><opml><body/></opml>', "encoding"),
    ],
)
def test_what_is_no_list_says_what_it_is(path: Path, document: bytes, what: str) -> None:
    with pytest.raises(BadOpmlError, match="the imported document is not an OPML list") as caught:
        FeedList.load(path).import_opml(document)
    assert what in str(caught.value)
    assert not path.exists()


def test_entities_that_grow_are_stopped() -> None:
    grown = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE o [<!ENTITY e0 "lol">{grown}]><opml><body><outline text="&e11;"/></body></opml>'
    with pytest.raises(BadOpmlError):
        FeedList.load(Path("nowhere")).import_opml(bomb.encode())


def test_a_broken_file_is_named_and_left_alone(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"<opml>")
    with pytest.raises(BadOpmlError, match=r"feeds\.opml"):
        FeedList.load(path)
    assert path.read_bytes() == b"<opml>"


def test_a_symbolic_link_stays_one(path: Path) -> None:
    path.parent.mkdir()
    path.symlink_to(path.with_name("real.opml"))
    FeedList.load(path).add("http://a.example/")
    assert path.is_symlink()
    assert len(FeedList.load(path).feeds) == 1


def test_the_starting_list_is_sound(path: Path) -> None:
    imported = FeedList.load(path).import_opml(WORLD.read_bytes())
    assert len(imported.added) >= 40
    assert (imported.known, imported.refused) == (0, ())
    assert all(feed.title and feed.site_url and len(feed.folders) == 1 for feed in imported.added)
