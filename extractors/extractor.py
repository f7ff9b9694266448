"""What an extractor is, and how they are found: by walking this folder and the entry point `dateline.extractors`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path

import extractors
from extractors.language import pipeline
from extractors.language.reading import Reading
from storage.vocabulary import Finding, modules_in

_OF_READER = (".py", ".tsv", ".xz")
Read = Callable[[Reading], Iterable[Finding]]


@dataclass(frozen=True)
class Extractor:
    """A named, versioned function from a reading to findings.

    Raise `version` whenever the same text may give other findings. `languages` holds ISO 639-1 codes; None reads all.
    """

    name: str
    version: int
    read: Read
    languages: frozenset[str] | None = None

    def refusal(self, reading: Reading) -> str | None:
        """Why this extractor steps aside for a text, None when it reads it. An unrecognised language is read."""
        if self.languages is None or reading.language is None or reading.language in self.languages:
            return None
        return f"reads {', '.join(sorted(self.languages))}; the text is in {reading.language}"


class DuplicateExtractorError(ValueError):
    """Two extractors carry one name, so their findings could not be told apart."""

    def __init__(self, name: str) -> None:
        super().__init__(f"two extractors are named {name!r}; rename one of them")
        self.name = name


def extractor(*, version: int, languages: Iterable[str] | None = None) -> Callable[[Read], Extractor]:
    """Decorator: make the function an extractor, named by its module's file."""

    def wrap(read: Read) -> Extractor:
        name = read.__module__.rpartition(".")[2]
        return Extractor(name, version, read, None if languages is None else frozenset(languages))

    return wrap


@cache
def discover() -> dict[str, Extractor]:
    """Every extractor by name, in alphabetical order."""
    found: dict[str, Extractor] = {}
    for each in sorted(_all(), key=lambda each: each.name):
        if found.setdefault(each.name, each) is not each:
            raise DuplicateExtractorError(each.name)
    return found


def _all() -> Iterator[Extractor]:
    for module in modules_in(extractors):
        yield from (value for value in vars(module).values() if isinstance(value, Extractor))
    for plug_in in entry_points(group="dateline.extractors"):
        yield plug_in.load()


@cache
def reader_configuration(model: str | None = None) -> str:
    """SHA-256 over the shared reader: code, tables, model and libraries. Another reader makes readings stale."""
    digest = hashlib.sha256(pipeline.configuration(model).encode())
    folder = Path(str(files("extractors.language")))
    for source in sorted(folder.rglob("*")):
        name = source.relative_to(folder).as_posix()
        if source.suffix in _OF_READER and not name.startswith("training/"):
            digest.update(name.encode() + b"\0" + source.read_bytes())
    return digest.hexdigest()
