"""How busy each site is against the inspections that it can hold a day."""

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.domain.holding import NOW, held, trader
from tests.domain.inspection.examining import admit, examination
from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.inspection.queries import load
from tongguan.domain.reference.queries import snapshot
from tongguan.kernel.time import LOCAL

pytestmark = pytest.mark.django_db(transaction=True)
DAY = NOW.astimezone(LOCAL).date()
INSPECTION = HoldKind.INSPECTION


def test_what_waits_and_what_was_done_is_set_against_what_a_site_can_hold() -> None:
    admit()
    firm = trader()
    for _ in range(2):
        held(firm, INSPECTION)
    examination(firm=firm).whole()
    held(firm, HoldKind.REVIEW)
    held(firm, INSPECTION, office="0401")  # its goods lie at Xingang

    first, second = sorted(load(DAY), key=lambda row: row.office)

    able = snapshot().region.capacity("0202-01", DAY)
    assert able is not None
    assert (first.office, first.site) == ("0202", "0202-01")
    assert (first.waiting, first.done, first.a_day) == (2, 1, able.a_day)
    assert first.share == Decimal(3) / able.a_day
    assert "invented" in first.source
    assert (second.office, second.site, second.waiting) == ("0401", "0401-01", 1)


def test_yesterdays_records_take_up_nothing_today() -> None:
    admit()
    examination().whole()

    assert load(DAY + timedelta(days=1)) == ()
