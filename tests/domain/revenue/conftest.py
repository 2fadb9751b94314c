"""Whom the declarations of these tests belong to."""

import pytest

from tests.domain.revenue import cases


@pytest.fixture
def trader(db: None) -> int:
    """Return the id of the samples' trader."""
    return cases.trader()


@pytest.fixture
def owed(trader: int) -> cases.Owed:
    """Return a declaration that waits for payment and nothing else."""
    return cases.owing(trader)


@pytest.fixture
def bank(db: None) -> str:
    """Return the name of a registered bank."""
    cases.register_bank()
    return cases.BANK
