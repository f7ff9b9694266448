"""Pages made to hang, fool or fill: each with what must come of it. Generated, no page is anybody's."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from datetime import UTC, datetime

CAPTURED_AT = datetime(2026, 3, 5, 18, tzinfo=UTC)
WORDS = (
    "<p>The ferry from Suva to Levuka sails again from Friday, harbour master Sera Nabou said after the inspection.</p>"
    "<p>It was laid up since the storm in January. Nurses and teachers crossed in fishing boats for seven weeks.</p>"
    "<p>“The engine is new and the hull is not,” Nabou told people who were waiting on the pier with their bags.</p>"
)
SAYS = "harbour master Sera Nabou said"
NAMES = ["Sera " + "".join(chr(97 + int(digit)) for digit in str(n)) for n in range(2_000)]
SIGNS = " ".join(f"a{n}='<>'" for n in range(60_000))
JSON_LD = '<script type="application/ld+json">{}</script>'


@dataclass(frozen=True)
class Page:
    """A body with its label, and what must come of it: words of its text, or the reason why there is none."""

    body: bytes
    says: str | None = SAYS
    refused: str | None = None
    content_type: str = "text/html"
    method: str | None = None


def article(head: str = "", words: str = WORDS, title: str = "Ferry sails again") -> str:
    """A plain page around *words*."""
    return (
        f"<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{words}</article></body></html>"
    )


def page(markup: str, says: str | None = SAYS, **given: str | None) -> Page:
    """A page from its markup."""
    refused = given.pop("refused", None)
    return Page(markup.encode(), None if refused else says, refused, **given)  # type: ignore[arg-type]


_LAUGHS = "".join(
    f'<!ENTITY l{n} "{"&l" + str(n - 1) + ";" if n else "ha"}{f"&l{n - 1};" * 9 if n else ""}">' for n in range(12)
)

PAGES: dict[str, Page] = {
    "malformed JSON-LD": page(article(JSON_LD.format('{"@type":"NewsArticle","author":{"name":"' * 2_000))),
    "JSON-LD of five megabytes": page(article(JSON_LD.format('{"a":["' + '","'.join(["x" * 40] * 120_000) + '"]}'))),
    "JSON-LD nested without end": page(article(JSON_LD.format("[" * 100_000))),
    "JSON-LD with a bomb of a number": page(
        article(JSON_LD.format('{"@type":"Article","wordCount":1' + "0" * 100_000 + "}"))
    ),
    "100,001 paragraphs": page(article("", "<p>x" * 100_001), refused="hostile"),
    "500,000 line breaks": page(article("", "x<br>" * 500_000), refused="hostile"),
    "60,000 attributes on one tag": page(
        f"<html><body {' '.join(f'a{n}=1' for n in range(60_000))}>{WORDS}", refused="hostile"
    ),
    "60,000 attributes with signs in them": page(f"<html><p {SIGNS}>{WORDS}", refused="hostile"),
    "tags nested 30,000 deep": page(f"<html><body>{'<div>' * 30_000}{WORDS}", refused="no_text"),
    "bold begun 30,000 times": page(f"<html><body>{'<b>' * 30_000}{WORDS}", refused="no_text"),
    "tables in tables": page(f"<html><body>{'<table><tr><td>' * 10_000}{WORDS}", refused="no_text"),
    "a paragraph of 60,000 pieces": page(
        article("", f"<p>{'<span>word </span>' * 60_000}</p>"), "word word", method="resiliparse"
    ),
    "NUL in words": page(article("", WORDS.replace("Nabou", "Na\0bou").replace("Suva", "Su&#0;va"))),
    "halves of surrogate pairs": page(article("", WORDS.replace("Friday", "Friday &#xD800;&#xDFFF;&#x110000;"))),
    "Japanese with a Western label": Page(
        article("", "<p>" + "フェリーは金曜日から再び運航すると港長が点検の後に述べた。" * 4 + "</p>").encode("cp932"),
        "フェリーは金曜日から",
        content_type="text/html; charset=iso-8859-1",
    ),
    "a charset that does not exist": page(article(), content_type="text/html; charset=x-klingon"),
    "UTF-7 by label": page(article("<title>+ADw-script+AD4-</title>"), content_type="text/html; charset=utf-7"),
    "UTF-16 without a mark": Page(article().encode("utf-16-le")),
    "a PDF as HTML": Page(b"%PDF-1.7\n" + bytes(range(256)) * 400, None, "not_an_article"),
    "an image as HTML": Page(b"\x89PNG\r\n\x1a\n" + bytes(4_000), None, "not_an_article"),
    "an archive as HTML": Page(gzip.compress(bytes(10_000_000)), None, "not_an_article"),
    "random bytes": Page(bytes((n * n * 7 + n // 3) % 256 for n in range(200_000)), None, "no_text"),
    "one line of two megabytes": page(article("", f"<p>{'The ferry sails. ' * 120_000}</p>"), "The ferry sails."),
    "a billion laughs in XHTML": page(
        f"<?xml version='1.0'?><!DOCTYPE html [{_LAUGHS}]>{article('', WORDS + '<p>&l11;</p>')}",
        content_type="application/xhtml+xml",
    ),
    "an entity that names a file": page(
        "<?xml version='1.0'?><!DOCTYPE html [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
        + article("", WORDS + "<p>&f;</p>"),
        content_type="application/xhtml+xml",
    ),
    "a comment that does not end": page(f"<html><body><!-- {WORDS * 2_000}", refused="no_text"),
    "a script that does not end": page(f"<html><body><script>{WORDS * 2_000}", refused="no_text"),
    "a title of a megabyte": page(article(title="Ferry " * 170_000)),
    "200 authors": page(article("".join(f"<meta name='author' content='{NAMES[n]}'>" for n in range(200)))),
    "an image inside of three megabytes": page(
        article("", f"{WORDS}<img src='data:image/png;base64,{'A' * 3_000_000}'>")
    ),
    "dates at both ends of time": page(
        article(
            JSON_LD.format('{"@type":"NewsArticle","datePublished":"9999-12-31T23:59:59-14:00"}')
            + "<meta property='article:published_time' content='0001-01-01T00:00:00+14:00'>"
        )
    ),
    "addresses that are none": page(
        article("<link rel='canonical' href='javascript:alert(1)'><meta property='og:url' content='http://[::1'>")
    ),
}
