"""A risk desk at work, and a browser to see it in."""

from collections.abc import Iterator

import pytest

from tests.interfaces.pages.conftest import address, browser
from tests.interfaces.workbench.risk.scene import Desk, set_up
from tongguan.domain.risk.active import forget

__all__ = ["address", "browser"]


@pytest.fixture
def desk(transactional_db: None) -> Iterator[Desk]:
    yield set_up()
    forget()


@pytest.fixture(autouse=True)
def rows_beside_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test read rows while playwright's loop runs in the same thread."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
