"""A home that was written once, for tests that need one to look at or to change a copy of."""

from __future__ import annotations

import shutil

import pytest

from storage.home import Home
from tests.storage.homes import fill, published


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Four batches: a poll at position 1, then pages at 3, 7 and 11; the edition is published. Not to be changed."""
    home = Home(tmp_path_factory.mktemp("written"))
    fill(home)
    published(home)
    return home


@pytest.fixture
def kept(written: Home, home: Home) -> Home:
    """A copy of it, to be changed."""
    shutil.copytree(written.root, home.root)
    return home
