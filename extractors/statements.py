"""Who said what, to whom, when: the direct, mixed and indirect speech that English news reports.

Whole quotations are found by their marks, everything else by verbs of saying and the parse. Speakers are resolved to
the article's entities; what cannot be told stays null.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar, Literal

import msgspec
from typing_extensions import Doc

from extractors.extractor import extractor
from extractors.language.reading import Reading
from extractors.language.reporting.speech import Speech
from storage.events import Finding, Span, event


@event
class StatementReported(Finding, frozen=True, kw_only=True):
    """Somebody is reported to have said something."""

    anchor: ClassVar[tuple[str, ...]] = ("content",)
    kind: Annotated[
        Literal["direct", "mixed", "indirect"],
        Doc("direct: nothing but quoted words; mixed: some words in quotation marks; indirect: none"),
    ]
    content: Annotated[
        list[Span], Doc("what was said, quotation marks and a leading that included; one span for each piece")
    ]
    quoted: Annotated[list[Span], Doc("the words in quotation marks, without the marks")]
    cue: Annotated[Span | None, Doc("the words that report it, such as said; null where none stands beside it")]
    cue_lemma: Annotated[str | None, Doc("the cue's base form, such as say")]
    speaker_span: Annotated[Span | None, Doc("the phrase that names the speaker, title included; may be a pronoun")]
    speaker: Annotated[str | None, Doc("the speaker's name, of pronouns whom they mean; null where it cannot be told")]
    speaker_id: Annotated[str | None, Doc("the speaker as an entity, scheme:id; null where it was not resolved")] = None
    speaker_code: Annotated[str | None, Doc("the speaker's country or organisation code; null where unresolved")] = None
    speaker_sectors: Annotated[list[str], Doc("PLOVER sectors of the speaker, primary first; may be empty")] = (
        msgspec.field(default_factory=list)
    )
    addressee: Annotated[str | None, Doc("to whom it was said, as it stands in the text")] = None
    said_on: Annotated[date | None, Doc("the day it was said; null where it was not resolved")] = None
    anonymous: Annotated[bool | None, Doc("true: no name is given; false: the speaker has one; null: untold")] = None
    nested_in: Annotated[Span | None, Doc("first piece of the statement that quotes this one; else null")] = None


@extractor(version=1, languages=["en"])
def statements(reading: Reading) -> Iterator[StatementReported]:
    """The statements of a text, in its order."""
    for each in reading.speeches:
        yield _finding(each)


def _finding(each: Speech) -> StatementReported:
    speaker = each.speaker
    return StatementReported(
        kind=each.kind,
        content=each.content,
        quoted=each.quoted,
        cue=each.cue,
        cue_lemma=each.lemma,
        speaker_span=each.phrase,
        speaker=speaker.name,
        speaker_id=speaker.entity.entity_id if speaker.entity else None,
        speaker_code=speaker.code,
        speaker_sectors=list(speaker.sectors),
        addressee=each.addressee,
        said_on=each.said_on,
        anonymous=speaker.is_anonymous,
        nested_in=each.nested_in,
    )
