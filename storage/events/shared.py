"""Types that several records share."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from typing_extensions import Doc

Via = Literal["feed", "sitemap", "wayback", "ccnews", "file", "list"]
DateSource = Literal["feed", "json_ld", "meta", "page", "url", "file", "captured_at"]
Url = Annotated[str, Doc("address the article was discovered at, normalised; urn:sha256:... for a file without one")]
Sha256 = Annotated[str, Doc("SHA-256 of the cleaned text, 64 hexadecimal digits; key of the text store")]
Configuration = Annotated[str, Doc("SHA-256 over the producer's code, options and library versions")]


class CapturePlace(msgspec.Struct, frozen=True):
    """Where a capture lies."""

    warc: Annotated[str, Doc("file name below captures/")]
    offset: Annotated[int, Doc("first byte of the WARC record in the file")]
