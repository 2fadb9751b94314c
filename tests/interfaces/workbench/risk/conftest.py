"""A risk desk at work, served so that a browser can open it."""

from collections.abc import Iterator

import pytest

from tests.interfaces.pages.conftest import address
from tests.interfaces.workbench.risk.scene import Desk, set_up
from tongguan.domain.risk.active import forget

__all__ = ["address"]


@pytest.fixture
def desk(transactional_db: None) -> Iterator[Desk]:
    yield set_up()
    forget()
