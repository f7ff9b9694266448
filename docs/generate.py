"""Writes `docs/schema.md` from the event classes and view files.

uv run python docs/generate.py
"""

# ruff: noqa: INP001 - a script, no package

from __future__ import annotations

from pathlib import Path

from flows.vocabulary import vocabulary
from storage.edition.documented import schema_page

if __name__ == "__main__":
    Path(__file__).with_name("schema.md").write_text(schema_page(vocabulary()), "utf-8")
