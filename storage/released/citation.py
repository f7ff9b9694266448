"""How a release is cited: `CITATION.cff`, Citation File Format 1.2.0. Pure: text out.

YAML is written by hand: every value is a JSON string, which YAML reads as it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec


def citation(
    *, title: str, authors: Sequence[str], version: str, released_on: date, digest: str, licence: str | None
) -> str:
    """The citation file; *licence* is an SPDX identifier."""
    lines = [
        "cff-version: 1.2.0",
        'message: "If you use these data, please cite them as below."',
        "type: dataset",
        f"title: {_quoted(title)}",
        "authors:",
        *(f"  - name: {_quoted(author)}" for author in authors),
        f"version: {_quoted(version)}",
        f"date-released: {_quoted(released_on.isoformat())}",
        "identifiers:",
        "  - type: other",
        f"    value: {_quoted(f'sha256:{digest}')}",
        '    description: "Digest of the log at the commit that was released"',
        "keywords:",
        '  - "news"',
        '  - "event data"',
        *([f"license: {_quoted(licence)}"] if licence else []),
    ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return msgspec.json.encode(text).decode()
