"""What decides, beside a capture's bytes, which text comes out: hashed, so that a changed cleaner makes texts stale."""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from extractors.cleaning.recovery import METHODS, OPTIONS, PLAIN_OPTIONS
from extractors.language import recognition

LIBRARIES = (
    "charset-normalizer",
    "courlan",
    "dateparser",
    "htmldate",
    "jusText",
    "lxml",
    "orjson",
    "py3langid",
    "regex",
    "rensa",
    "resiliparse",
    "tldextract",
    "trafilatura",
)


@cache
def configuration() -> str:
    """SHA-256 over the cleaner's code, its options and the versions of the libraries it rests on."""
    digest = hashlib.sha256()
    sources = sorted(Path(str(files("extractors.cleaning"))).glob("*.py"))
    for source in [*sources, Path(str(recognition.__file__))]:
        digest.update(source.name.encode() + b"\0" + source.read_bytes())
    ways = [METHODS, sorted(OPTIONS.items()), sorted(PLAIN_OPTIONS.items())]
    stated = [*map(repr, ways), unicodedata.unidata_version, f"{sys.version_info[:2]}"]
    stated += [f"{library}=={version(library)}" for library in LIBRARIES]
    digest.update("\n".join(stated).encode())
    return digest.hexdigest()
