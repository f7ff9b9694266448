"""The whole vocabulary: shared records and views, and those of every extractor that is found."""

from __future__ import annotations

import sys
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import ModuleType

import extractors
from extractors.events.rules import NAME, rules_view
from extractors.extractor import discover
from storage.edition.views import View, views_in
from storage.edition.vocabulary import Vocabulary
from storage.edition.vocabulary import vocabulary as join
from storage.vocabulary import Event, event_classes, modules_in


@cache
def vocabulary() -> Vocabulary:
    """Event classes and views of dateline, its extractors and installed plug-ins."""
    findings: dict[str, type[Event]] = {}
    views: list[View] = [*views_in(files(extractors)), View(NAME, rules_view())]
    for module in (*modules_in(extractors), *_plug_ins()):
        findings |= event_classes(module)
    for module in _plug_ins():
        views += _view_beside(module)
    return join(findings, views)


def _plug_ins() -> list[ModuleType]:
    """Modules of extractors that come from other distributions."""
    names = {each.read.__module__ for each in discover().values()}
    return [sys.modules[name] for name in sorted(names) if not name.startswith("extractors.")]


def _view_beside(module: ModuleType) -> list[View]:
    """A plug-in's view: `<name>.sql` beside its module."""
    found = Path(module.__file__ or "").with_suffix(".sql")
    return [View(found.name, found.read_text("utf-8"))] if found.is_file() else []
