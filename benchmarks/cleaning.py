"""How well pages are cleaned, and how fast, on two collections of real pages with their true texts.

    uv run python benchmarks/cleaning.py ../shared/press/pages [--method balanced] [--show 10]

The folder holds `article_extraction_benchmark` (pages, `ground-truth.json`) and `fundus` (for each country a folder of
pages, a JSON file for each publisher and `meta.info`). F1 is the former's own measure: 4-shingles of words as bags, the
shares of found and of true ones each averaged over all pages. A title is right when it is the true one but for case and
quotation marks, when one holds the other, or when nine tenths of their letters agree.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from benchmarks.measuring import Line
from extractors.cleaning import METHODS, Claimed, CleanedText, Method, Rejection, clean

SHINGLE = 4
NEAR = 0.9
_TOKEN = re.compile(r"\w+", re.UNICODE | re.MULTILINE | re.IGNORECASE | re.DOTALL)
_MARKS = str.maketrans(dict.fromkeys("“”„«»‘’‚‹›´`'", '"'))  # noqa: RUF001 - the marks themselves


@dataclass(frozen=True)
class Truth:
    """A page with what its publisher's own data says of it."""

    name: str
    url: str
    body: bytes
    captured_at: datetime
    text: str | None = None
    title: str | None = None
    published_on: str | None = None


def benchmark_pages(folder: Path) -> Iterator[Truth]:
    """The pages of the article extraction benchmark; when they were captured is not told."""
    truths: dict[str, dict[str, str]] = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    for name, truth in truths.items():
        body = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        yield Truth(name, truth["url"], body, datetime(2020, 1, 1, tzinfo=UTC), text=truth["articleBody"])


def fundus_pages(folder: Path) -> Iterator[Truth]:
    """Pages of Fundus' test cases, with title and day where its hand-written parsers found them."""
    for meta in sorted(folder.glob("*/meta.info")):
        facts: dict[str, dict[str, str]] = json.loads(meta.read_text("utf-8"))
        files = sorted(meta.parent.glob("*.html.gz"))
        pages = Counter(file.name.partition("_")[0] for file in files)
        for name, told in ((file.name, facts[file.name]) for file in files):
            publisher = name.partition("_")[0]
            # of several pages of a publisher it is not told which one a truth belongs to
            found = _newest(meta.parent / f"{publisher}.json") if pages[publisher] == 1 else {}
            yield _fundus_page(meta.parent / name, told, found)


def _newest(file: Path) -> dict[str, Any]:
    truths: dict[str, dict[str, Any]] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    return truths[max(truths)] if truths else {}


def _fundus_page(file: Path, told: dict[str, str], found: dict[str, Any]) -> Truth:
    stated = found.get("publishing_date")
    return Truth(
        f"{file.parent.name}/{file.name}",
        told["url"],
        gzip.decompress(file.read_bytes()),
        datetime.fromisoformat(told["crawl_date"]).replace(tzinfo=UTC) + timedelta(hours=1),
        title=found.get("title"),
        published_on=str(stated)[:10] if stated else None,
    )


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The text's 4-shingles with how often each stands there; a shorter text is one shingle."""
    words = _TOKEN.findall(text)
    if 0 < len(words) < SHINGLE:
        return Counter([tuple(words)])
    return Counter(tuple(words[n : n + SHINGLE]) for n in range(len(words) - SHINGLE + 1))


def f1(pairs: Sequence[tuple[str, str]]) -> tuple[float, float, float]:
    """F1, precision and recall of found texts beside true ones, as the benchmark counts them."""
    precisions: list[float] = []
    recalls: list[float] = []
    for found, true in ((shingles(one), shingles(other)) for one, other in pairs):
        shared = sum((found & true).values())
        if found:
            precisions.append(shared / sum(found.values()))
        if true:
            recalls.append(shared / sum(true.values()))
    precision, recall = sum(precisions) / len(precisions), sum(recalls) / len(recalls)
    return 2 * precision * recall / (precision + recall), precision, recall


def is_near(found: str | None, true: str) -> bool:
    """Whether a title is the true one, but for what publishers add or cut."""
    if not found:
        return False
    one, other = (" ".join(each.translate(_MARKS).casefold().split()) for each in (found, true))
    return one in other or other in one or SequenceMatcher(None, one, other).ratio() >= NEAR


def main() -> None:
    """Clean every page and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--method", choices=METHODS, default="balanced")
    parser.add_argument("--show", type=int, default=0, help="how many of the pages that went wrong to name")
    asked = parser.parse_args()
    method: Method = asked.method
    lines = [
        *_texts(list(benchmark_pages(asked.pages / "article_extraction_benchmark")), method),
        *_statements(list(fundus_pages(asked.pages / "fundus")), method, asked.show),
    ]
    print("\n".join(map(str, lines)))


def _cleaned(page: Truth, method: Method) -> CleanedText | Rejection:
    return clean(page.body, "text/html", Claimed(page.url), page.captured_at, method)


def _texts(pages: Sequence[Truth], method: Method) -> Iterator[Line]:
    before = time.process_time()
    found = [_cleaned(page, method) for page in pages]
    spent = time.process_time() - before
    texts = [each.text if isinstance(each, CleanedText) else "" for each in found]
    score, precision, recall = f1([(text, page.text or "") for text, page in zip(texts, pages, strict=True)])
    yield Line(
        f"F1 of {len(pages)} texts (precision, recall)",
        f"{score:.4f} ({precision:.3f}, {recall:.3f})",
        ">= .960",
        score >= 0.96,  # noqa: PLR2004
    )
    refused = Counter(each.reason for each in found if isinstance(each, Rejection))
    yield Line("pages without a text", ", ".join(f"{reason} {n}" for reason, n in refused.items()) or "none")
    yield Line("pages per CPU second, metadata included", f"{len(pages) / spent:.0f}")


def _statements(pages: Sequence[Truth], method: Method, show: int) -> Iterator[Line]:
    wrong: list[str] = []
    right = Counter[str]()
    labels = Counter[str]()
    for page in pages:
        found = _cleaned(page, method)
        labels[found.page_type if isinstance(found, CleanedText) else found.reason] += 1
        headline = found.headline if isinstance(found, CleanedText) else None
        day = str(found.published_on) if isinstance(found, CleanedText) else None
        if page.title:
            right["titles"] += is_near(headline, page.title)
            if not is_near(headline, page.title):
                wrong.append(f"{page.name}: title {headline!r} instead of {page.title!r}")
        if page.published_on:
            right["days"] += day == page.published_on
            if day != page.published_on:
                wrong.append(f"{page.name}: {day} instead of {page.published_on} ({found})"[:220])
    for what, stated in (("titles", [p.title for p in pages]), ("days", [p.published_on for p in pages])):
        number = sum(1 for each in stated if each)
        share = right[what] / number
        yield Line(f"{what} right of {number}", f"{share:.1%}", ">= 95%", share >= 0.95)  # noqa: PLR2004
    yield Line("what the pages were", ", ".join(f"{label} {n}" for label, n in labels.most_common()))
    for line in wrong[:show]:
        print(line)


if __name__ == "__main__":
    main()
