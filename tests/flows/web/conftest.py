from __future__ import annotations

import pytest

from tests.flows.sites import Web


@pytest.fixture
def web() -> type[Web]:
    return Web
