"""What the language pipeline is worth: every figure as a table, measured on test texts that it was not trained on.

`python benchmarks/language.py [DATA] [--model NAME]`. DATA holds the treebanks; where it is missing, only speed and
size are measured, on sentences written for this.
"""

from __future__ import annotations

import argparse
import importlib
import resource
import time
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from extractors.language.model_file import PACKED, shipped_folder
from extractors.language.pipeline import Pipeline, load
from extractors.language.reading import Reading
from extractors.language.tokens import Parse
from storage.vocabulary import Span

if TYPE_CHECKING:
    from extractors.language.training.conllu import Sentence
    from extractors.language.training.scoring import Scores, Told
    from extractors.language.training.tagged import Tagged

_DATA = Path("../shared/nlp/data")
_SYNTAX_COLUMNS = ("tokens", "sentences", "UPOS", "XPOS", "lemma", "UAS", "LAS", "nsubj", "obj", "ccomp", "conj")
_ARTICLE_WORDS, _ARTICLES = 600, 60
_OWN_SENTENCES = (
    "“We shall rebuild every house,” Amal Haddad, the mayor of Tripoli, told reporters on Tuesday. ",
    "At least 14 people were injured when a bus left the road near Nakuru, police said. ",
    "The two governments signed the agreement in Geneva after three weeks of talks, according to a spokesman. ",
    "Critics accused the ministry of ignoring warnings that the dam upstream of Kakhovka had been damaged. ",
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=_DATA, help=f"folder with the treebanks ({_DATA})")
    parser.add_argument("--model", help="a spaCy pipeline of your own, by name or folder")
    arguments = parser.parse_args()
    console = Console(width=140)
    before = _megabytes()
    importlib.import_module("spacy")  # no part of loading the model
    imported, started = _megabytes(), time.perf_counter()
    pipeline = load(arguments.model)
    seconds, loaded = time.perf_counter() - started, _megabytes()
    if (arguments.data / "ewt").is_dir():
        console.print(_syntax_table(arguments.data, pipeline), _names_table(arguments.data, pipeline))
    else:
        console.print(f"[yellow]No treebanks in {arguments.data}: scores are left out.[/] Give the folder as argument.")
    console.print(_cost_table(arguments.model, seconds, (before, imported, loaded)))


def _syntax_table(data: Path, pipeline: Pipeline) -> Table:
    from extractors.language.training.scoring import score_syntax

    rows = ((name, score_syntax(groups, _Syntax(pipeline))) for name, groups in _syntax_tests(data))
    return _table("Grammar, F1 from raw text (CoNLL 2018)", _SYNTAX_COLUMNS, rows)


def _syntax_tests(data: Path) -> Iterator[tuple[str, Iterable[list[Sentence]]]]:
    from extractors.language.training.documents import fixed_groups, paragraphs
    from extractors.language.training.treebanks import Treebanks

    treebanks = Treebanks(data)
    yield "EWT test", fixed_groups(treebanks.ewt_test(), 6)
    yield "GUM test", fixed_groups(treebanks.gum("test"), 6)
    yield "GUM test, news", fixed_groups(treebanks.gum("test", genre="news"), 6)
    yield "GUM test, by paragraph", paragraphs(treebanks.gum("test"))
    yield "GUM test, news, by paragraph", paragraphs(treebanks.gum("test", genre="news"))
    yield "PUD", fixed_groups(treebanks.pud(), 1)
    yield "PUD, news half", fixed_groups(treebanks.pud("n"), 1)


def _names_table(data: Path, pipeline: Pipeline) -> Table:
    from extractors.language.training.scoring import score_names

    table = Table("", "P", "R", "F1 strict", "F1 span", "PERSON", "ORG", "LOC", "names", title="Names")
    for test, texts in _names_tests(data):
        scores = score_names(texts, lambda text: [(name.span, name.kind) for name in _parsed(pipeline, text).names])
        strict = scores["strict"]
        kinds = (scores[kind].f1 for kind in ("span", "PERSON", "ORG", "LOC"))
        figures = [strict.precision, strict.recall, strict.f1, *kinds]
        table.add_row(test, *(f"{figure:.1f}" for figure in figures), str(strict.wanted))
    return table


def _names_tests(data: Path) -> Iterator[tuple[str, Iterable[Tagged]]]:
    from extractors.language.training import gum_names
    from extractors.language.training.tagged import universal_ner
    from extractors.language.training.treebanks import Treebanks

    treebanks = Treebanks(data)
    yield "UNER EWT test", universal_ner(treebanks.uner("ewt", "test"))
    yield "UNER PUD", universal_ner(treebanks.uner("pud", "test"))
    yield "UNER PUD, news half", universal_ner(treebanks.uner("pud", "test"), prefix="n")
    yield "GUM test (derived)", gum_names.tagged(list(treebanks.gum("test")))
    yield "GUM test, news (derived)", gum_names.tagged(list(treebanks.gum("test", genre="news")))


class _Syntax:
    """What a pipeline tells of a text, in the words of the scorer."""

    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline = pipeline

    def __call__(self, text: str) -> tuple[Iterable[Told], Iterable[Span]]:
        from extractors.language.training.scoring import Told

        parse = _parsed(self.pipeline, text)
        tokens = parse.tokens
        extents = [(token.start, token.end) for token in tokens]
        told = [Told(extents[t.index], extents[t.head], t.upos, t.xpos, t.lemma.lower(), t.deprel) for t in tokens]
        return told, [Span(tokens[each[0]].start, tokens[each[-1]].end) for each in parse.sentences]


def _parsed(pipeline: Pipeline, text: str) -> Parse:
    return pipeline.parse(text, [Span(0, len(text))])


def _table(title: str, columns: tuple[str, ...], rows: Iterable[tuple[str, Scores]]) -> Table:
    table = Table("", *columns, title=title)
    for test, scores in rows:
        table.add_row(test, *(f"{scores[column].f1:.1f}" for column in columns))
    return table


def _cost_table(model: str | None, load_seconds: float, megabytes: tuple[float, float, float]) -> Table:
    articles = list(_articles())
    words = sum(len(article.split()) for article in articles)
    Reading(articles[0], date(2024, 3, 22), "en", model).tokens  # noqa: B018 - the first one fills caches
    started = time.process_time()
    found = sum(len(Reading(article, date(2024, 3, 22), "en", model).tokens) for article in articles)
    seconds = time.process_time() - started
    table = Table("cost", "measured", title=f"{len(articles)} articles of {_ARTICLE_WORDS} words, one core")
    table.add_row("words per second of CPU", f"{words / seconds:,.0f} ({found / seconds:,.0f} tokens)")
    table.add_row("articles per second of CPU", f"{len(articles) / seconds:.1f}")
    table.add_row("load time, spaCy imported", f"{load_seconds:.2f} s")
    memory = " / ".join(f"{each:.0f} MB" for each in (*megabytes, _megabytes()))
    table.add_row("memory before, with spaCy, loaded, peak", memory)
    if model is None:
        table.add_row("size of the packed model", f"{len(shipped_folder().joinpath(PACKED).read_bytes()) / 1e6:.2f} MB")
    return table


def _articles() -> Iterator[str]:
    """Articles of two sentences a paragraph; numbers make each its own."""
    for article in range(_ARTICLES):
        paragraphs: list[str] = []
        while sum(len(paragraph.split()) for paragraph in paragraphs) < _ARTICLE_WORDS:
            at = article + len(paragraphs)
            first, second = _OWN_SENTENCES[at % 4], _OWN_SENTENCES[(at + 1 + at // 4) % 4]
            paragraphs.append(f"{first}{second}".replace("14", str(14 + at)).strip())
        yield "\n\n".join(paragraphs)


def _megabytes() -> float:
    """The most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
