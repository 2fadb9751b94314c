"""Where goods are that are to be examined: nobody unpacks what is not there."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.domain.holding import NOW
from tongguan.domain.cargo.values import BillRow
from tongguan.domain.clearance.lifecycle import HoldKind, Turn, Why
from tongguan.domain.clearance.values import HoldRow
from tongguan.domain.inspection.rules.whereabouts import whereabouts
from tongguan.domain.inspection.values import Whereabouts
from tongguan.kernel.identifiers import DeclarationId, HoldId, new_id

HERE, AWAITED, MOVING, ELSEWHERE = Whereabouts
BILL = BillRow(
    new_id(), "B1", "import", "2", "", "", "0202", "0202-01", 1, Decimal(1), None, NOW, "0202-01"
)


def held(kind: HoldKind, office: str = "0202", *, ended: bool = False) -> HoldRow:
    at = NOW + timedelta(hours=1) if ended else None
    return HoldRow(
        HoldId(new_id()),
        DeclarationId(new_id()),
        "",
        "",
        kind,
        Turn.CARRIER,
        office,
        Why.MOVING,
        {},
        NOW,
        None,
        at,
        "",
    )


ARRIVAL, TRANSIT = HoldKind.ARRIVAL, HoldKind.TRANSIT


@pytest.mark.parametrize(
    ("holds", "bill", "lies_at", "where"),
    [
        ([], None, "", HERE),
        ([], BILL, "0202", HERE),
        ([held(ARRIVAL)], None, "", AWAITED),
        ([held(ARRIVAL, ended=True)], BILL, "0202", HERE),
        ([], replace(BILL, arrived_at=None, arrived_site=""), "", AWAITED),
        ([], replace(BILL, arrived_at=None, manifested=False), "", HERE),
        ([], BILL, "0101", ELSEWHERE),
        ([held(TRANSIT)], BILL, "0101", MOVING),
        ([held(TRANSIT, ended=True)], BILL, "0101", HERE),
        ([held(TRANSIT, "0115", ended=True)], BILL, "0202", ELSEWHERE),
        ([held(TRANSIT, "0115")], BILL, "0202", HERE),
        ([held(ARRIVAL), held(TRANSIT, ended=True)], BILL, "0202", AWAITED),
    ],
)
def test_goods_are_here_when_they_came_to_this_office(
    holds: list[HoldRow], bill: BillRow | None, lies_at: str, where: Whereabouts
) -> None:
    assert whereabouts("0202", holds, bill, lies_at) is where
