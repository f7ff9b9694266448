"""Every case folder is a text and what its extractor must find in it: cases/<extractor>/<case>/."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from extractors.extractor import discover
from extractors.language.reading import Reading
from storage.events import Finding

CASES = sorted(path.parent for path in (Path(__file__).parent / "cases").glob("*/*/expected.json"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}-{case.name}")
def test_an_extractor_finds_what_the_case_says(case: Path) -> None:
    expected = json.loads((case / "expected.json").read_text("utf-8"))
    text = (case / "text.txt").read_text("utf-8")
    reading = Reading(text, date.fromisoformat(expected.get("published_on", "2024-03-22")), expected.get("language"))
    found = [in_words(finding, text) for finding in discover()[case.parent.name].read(reading)]
    keys = [sorted(finding) for finding in expected["findings"]]
    told = [{key: each[key] for key in wanted} for each, wanted in zip(found, keys, strict=False)]
    assert told + found[len(told) :] == expected["findings"]


def in_words(finding: Finding, text: str) -> dict[str, Any]:
    """The finding as JSON with the words of each span in its place."""
    return {key: _spelled(value, text) for key, value in msgspec.to_builtins(finding).items()}


def _spelled(value: Any, text: str) -> Any:
    if isinstance(value, list):
        return [_spelled(each, text) for each in value]
    return text[value["start"] : value["end"]] if isinstance(value, dict) and set(value) == {"start", "end"} else value
