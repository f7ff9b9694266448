"""Who and what English news names: people, organisations, places and nationalities, with every mention.

Names are found by rules and by the language model, typed by gazetteer, titles and the article's own context, and
resolved by the tables in `extractors/language/entities/tables/`. What cannot be told stays unknown: `resolution: none`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from typing_extensions import Doc

from extractors.extractor import extractor
from extractors.language.reading import Reading
from storage.events import Finding, Span, event


@event
class EntityMentioned(Finding, frozen=True, kw_only=True):
    """The text names a person, an organisation, a place or a nationality."""

    anchor: ClassVar[tuple[str, ...]] = ("entity_type", "name")
    spans: Annotated[list[Span], Doc("every mention by name, without titles, in the order of the text")]
    entity_type: Annotated[
        Literal["PERSON", "ORG", "LOC", "NORP"], Doc("PERSON, ORG, LOC, or NORP: a nationality, people or faith")
    ]
    name: Annotated[str, Doc("the usual name where it was resolved, else the fullest that the text gives")]
    entity_id: Annotated[
        str, Doc("scheme:id: iso3166, iso3166-2, geonames or dateline across articles, local within its article")
    ]
    code: Annotated[
        str | None, Doc("ISO 3166-1 alpha-3, or PLOVER's IGO UNO EUR NGO ISM IMG MNC; null where nothing tells")
    ]
    sectors: Annotated[list[str], Doc("PLOVER sectors, primary first; may be empty")]
    role: Annotated[str | None, Doc("role as stated: Egyptian Foreign Minister; of the office table where unstated")]
    resolution: Annotated[
        Literal["country", "region", "place", "organisation", "office", "none"],
        Doc("the table that told who or what it is; none: unknown beyond this article"),
    ]


@extractor(version=1, languages=["en"])
def entities(reading: Reading) -> Iterator[EntityMentioned]:
    """The entities of a text, in the order of their first mentions."""
    for each in reading.entities.all:
        yield EntityMentioned(
            spans=list(each.spans),
            entity_type=each.kind,
            name=each.name,
            entity_id=each.entity_id,
            code=each.code,
            sectors=list(each.sectors),
            role=each.role,
            resolution=each.resolution,
        )
