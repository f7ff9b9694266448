"""Imported once by the server that worker processes are forked from: what each of them would load again otherwise.

Cleaning and reading one small page here loads the libraries, their tables and the language model.
"""

from datetime import UTC, date, datetime

from extractors.cleaning import Claimed
from extractors.extractor import discover
from extractors.language import pipeline
from flows.feeds.work import read_or_refuse
from flows.reading.work import clean_page, keep_loaded, read_text

_PARAGRAPH = b"<p>The first page that a process cleans costs what its libraries take to load, and not only once.</p>"

clean_page(
    b"<html><head><title>A page</title></head><body><article>" + 9 * _PARAGRAPH + b"</article></body></html>",
    "text/html",
    Claimed("https://example.org/2026/03/02/a-page"),
    datetime(2026, 3, 2, tzinfo=UTC),
)
read_or_refuse(b"<rss version='2.0'><channel/></rss>", None, "https://example.org/feed.xml")
read_text(_PARAGRAPH.decode(), date(2026, 3, 2), "en", tuple(discover()))
pipeline.load()
keep_loaded()
