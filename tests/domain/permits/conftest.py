"""Numbers are taken anew for each test: the blocks of the test before are gone with its tables."""

import pytest

from tongguan.processes.lodgement.record import NUMBERS


@pytest.fixture(autouse=True)
def _numbers_of_this_test() -> None:
    NUMBERS.forget()
