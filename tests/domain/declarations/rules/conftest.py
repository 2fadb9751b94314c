"""The law that the checks are tried against."""

import pytest

from tests.domain.law import law
from tongguan.domain.reference.values import Snapshot


@pytest.fixture(scope="session")
def reference() -> Snapshot:
    """Return the tests' own law."""
    return law()
