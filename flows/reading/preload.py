"""Imported once by the server that worker processes are forked from: what each of them would load again otherwise.

Cleaning one small page here and reading one small text, in which there is something for every extractor to find, loads
the libraries, their tables and the language model.
"""

from datetime import UTC, date, datetime

from extractors.cleaning import Claimed
from extractors.extractor import discover
from extractors.language import pipeline
from flows.feeds.work import read_or_refuse
from flows.reading.work import clean_page, keep_loaded, read_text

_PARAGRAPH = b"<p>The first page that a process cleans costs what its libraries take to load, and not only once.</p>"

_TEXT = (
    "GULU, Uganda, March 2 — Police arrested 12 people in Gulu on Monday, Amal Haddad, the mayor, told reporters. "
    "“We condemn the attack on the Ministry of Health,” said Tomas Okello of the World Food Programme, who met Kenya's "
    "foreign minister last week and will visit Tripoli in April. He called for an end to the violence."
)

clean_page(
    b"<html><head><title>A page</title></head><body><article>" + 9 * _PARAGRAPH + b"</article></body></html>",
    "text/html",
    Claimed("https://example.org/2026/03/02/a-page"),
    datetime(2026, 3, 2, tzinfo=UTC),
)
read_or_refuse(b"<rss version='2.0'><channel/></rss>", None, "https://example.org/feed.xml")
read_text(_TEXT, date(2026, 3, 2), "en", tuple(discover()))
pipeline.load()
keep_loaded()
