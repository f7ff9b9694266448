"""Waiting for what another process does."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

PATIENCE_SECONDS = 240


def until(condition: Callable[[], Any], what: str) -> Any:
    """Look again until it is so; the test fails when it never is."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        with suppress(OSError):
            if found := condition():
                return found
        time.sleep(0.2)
    return pytest.fail(f"{what} did not happen within {PATIENCE_SECONDS} seconds")
