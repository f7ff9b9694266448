from __future__ import annotations

import pytest

from storage.home import Home
from tests.flows.conftest import fill


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Two nights of the sample press, published; tests only read it."""
    return fill(Home(tmp_path_factory.mktemp("filled")))
