"""Everything an edition is generated from: event classes and views, found by whoever knows the extractors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files

from storage import events
from storage.canonical import canonical, sha256_hex
from storage.edition.filling import FILLING
from storage.edition.macros import Macro, shared_macros
from storage.edition.periods import period_sql
from storage.edition.tables import create_statements, fill_statement
from storage.edition.views import View, in_order, shared_views
from storage.vocabulary import Event, event_classes, modules_in


@dataclass(frozen=True)
class Vocabulary:
    """Event classes by record type, the views in an order in which they can be made, and the macros beside them."""

    classes: Mapping[str, type[Event]]
    views: Sequence[View]
    macros: Sequence[Macro] = field(default_factory=shared_macros)

    @property
    def questions(self) -> Sequence[Macro | View]:
        """What is made after the tables, in order: the macros, then the views."""
        return [*self.macros, *self.views]

    def table_statements(self) -> list[str]:
        """DDL of all tables, with comments."""
        shared = files("storage.edition").joinpath("shared.sql").read_text("utf-8")
        return [shared, *(statement for cls in self.classes.values() for statement in create_statements(cls))]

    @cached_property
    def schema_sha256(self) -> str:
        """Changes when any class, view or other SQL of the edition does: it is then rebuilt."""
        filled = [[cls.schema_version, fill_statement(cls)] for cls in self.classes.values()]
        parts = [self.table_statements(), filled, FILLING, period_sql(), [each.sql for each in self.questions]]
        return sha256_hex(canonical(parts))


def vocabulary(findings: Mapping[str, type[Event]], finding_views: Sequence[View]) -> Vocabulary:
    """The shared records and views together with those of the extractors."""
    shared = {name: cls for module in modules_in(events) for name, cls in event_classes(module).items()}
    return Vocabulary(dict(sorted({**shared, **findings}.items())), in_order([*shared_views(), *finding_views]))
