from __future__ import annotations

import gzip

from flows.sources.forgotten_entries import without_entries

MAP = "https://lakepost.example/map.xml"
SECRET = frozenset({"https://lakepost.example/secret"})


def urlset(*names: str) -> bytes:
    urls = "".join(f"<url><loc>https://lakepost.example/{name}</loc></url>" for name in names)
    return f"<urlset>{urls}</urlset>".encode()


def test_a_sitemap_loses_the_addresses_that_are_forgotten() -> None:
    assert without_entries(urlset("a", "secret", "b"), None, MAP, SECRET) == urlset("a", "b")
    assert without_entries(urlset("a"), None, MAP, SECRET) == urlset("a")


def test_a_packed_sitemap_stays_or_goes_as_a_whole() -> None:
    clean, other = gzip.compress(urlset("a")), gzip.compress(urlset("a", "secret"))
    assert without_entries(clean, None, MAP, SECRET) == clean
    assert without_entries(other, None, MAP, SECRET) is None
    assert without_entries(other[:30], None, MAP, SECRET) == other[:30]
