"""An examination whose officers are to be drawn."""

import pytest

from tests.domain.inspection.drawing import PEOPLE, admit, inspected
from tests.domain.risk.cases import trader
from tongguan.facilities.accounts.values import NewPosting, Role
from tongguan.kernel.identifiers import DeclarationId, HoldId


@pytest.fixture
def case() -> tuple[DeclarationId, HoldId]:
    """An inspection at 0202, where four inspectors are posted; one more is posted elsewhere."""
    for name in PEOPLE:
        admit(name, NewPosting(Role.INSPECTOR, district="02"))
    admit("far", NewPosting(Role.INSPECTOR, office="0101"))
    return inspected(trader())
