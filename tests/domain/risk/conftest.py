"""What is compiled in the process is forgotten after each test: its tables are gone."""

from collections.abc import Iterator

import pytest

from tongguan.domain.risk.active import forget


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    forget()
    yield
    forget()
