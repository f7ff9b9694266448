"""Everything an edition is generated from: event classes and views, found by whoever knows the extractors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from storage import events
from storage.canonical import canonical, sha256_hex
from storage.edition.tables import create_statements, fill_statement
from storage.edition.views import View, in_order, shared_views
from storage.vocabulary import Event, event_classes


@dataclass(frozen=True)
class Vocabulary:
    """Event classes by record type, and the views in an order in which they can be made."""

    classes: Mapping[str, type[Event]]
    views: Sequence[View]

    @cached_property
    def schema_sha256(self) -> str:
        """Changes when any class or view does: the edition is then rebuilt."""
        tables = [[create_statements(cls), fill_statement(cls, "rows")] for cls in self.classes.values()]
        return sha256_hex(canonical([tables, [view.sql for view in self.views]]))


def vocabulary(findings: Mapping[str, type[Event]], finding_views: Sequence[View]) -> Vocabulary:
    """The shared records and views together with those of the extractors."""
    classes = {**event_classes(events), **findings}
    return Vocabulary(dict(sorted(classes.items())), in_order([*shared_views(), *finding_views]))
