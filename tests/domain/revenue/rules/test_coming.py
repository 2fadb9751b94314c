"""How goods came decides whose rates apply to them, and how late they were declared."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tests.domain.declarations.samples import DAY, sound_export
from tests.domain.law import law
from tests.domain.revenue.rules.goods import at_rates, declared
from tongguan.domain.cargo.values import BillRow
from tongguan.domain.reference.rules.pack import read_pack
from tongguan.domain.reference.values import Snapshot
from tongguan.domain.revenue.rules.assess import assess
from tongguan.domain.revenue.rules.coming import Coming, coming_of, rate_day
from tongguan.domain.revenue.values import Assessment, Tax
from tongguan.kernel.identifiers import new_id
from tongguan.kernel.time import LOCAL

PACK = Path(__file__).parents[4] / "regions" / "jingjinji"


def day(ago: int) -> date:
    return DAY - timedelta(days=ago)


@pytest.fixture(scope="module")
def region() -> Snapshot:
    """Return the law of the first region, which has the VAT rates through the years."""
    found, faults = read_pack(PACK)
    assert faults == ()
    return found


def moment(on: date) -> datetime:
    """Return nine in the morning of a day, in the region."""
    return datetime.combine(on, time(9), LOCAL)


def test_goods_declared_in_advance_are_taxed_as_on_the_day_of_their_transport(
    region: Snapshot,
) -> None:
    accepted, came = date(2019, 3, 31), date(2019, 4, 1)
    goods = declared("10000", commodity="8482102000")

    provisional = assess(goods, reference=region, day=accepted)
    owed = assess(goods, reference=region, day=accepted, coming=Coming(came))

    assert provisional.levied(Tax.DUTY) == owed.levied(Tax.DUTY) == Decimal("800.00")
    assert provisional.levied(Tax.VAT) == Decimal("1728.00")
    assert owed.levied(Tax.VAT) == Decimal("1404.00")
    assert (owed.day, owed.transport, provisional.transport) == (came, came, None)


@pytest.mark.parametrize(
    ("coming", "rates"),
    [
        (Coming(), DAY),
        (Coming(day(3)), DAY),
        (Coming(day(-3)), day(-3)),
        (Coming(day(3), transit=True), DAY),
        (Coming(day(3), transit=True, reached=day(-2)), day(-2)),
        (Coming(day(9), transit=True, reached=day(2)), DAY),
    ],
    ids=["unknown", "came before", "to come", "on the road", "reached later", "had reached"],
)
def test_the_later_of_acceptance_and_coming_is_decisive(coming: Coming, rates: date) -> None:
    assert rate_day(DAY, coming) == rates


@pytest.mark.parametrize(
    ("coming", "fee"),
    [
        (Coming(day(20)), 2500),
        (Coming(day(20), transit=True), 2500),
        (Coming(day(20), transit=True, reached=day(14)), 0),
        (Coming(day(40), transit=True, reached=day(20)), 2500),
        (Coming(day(14), transit=True), 0),
        (Coming(day(20), transit=True, reached=day(-3)), 2500),
        (Coming(day(19), transit=True, reached=day(0)), 0),
        (Coming(day(19), transit=True, reached=day(1)), 0),
    ],
    ids=[
        "port",
        "asked late",
        "in time",
        "declared late",
        "asked in time",
        "reached later",
        "declared on arrival",
        "declared a day after arrival",
    ],
)
def test_transit_has_a_term_to_ask_for_it_and_one_to_declare(coming: Coming, fee: int) -> None:
    owed = assess(declared("1000000"), reference=at_rates(), day=DAY, coming=coming)

    assert owed.fee == fee


@pytest.mark.parametrize(("came", "days"), [(date(2026, 11, 11), 5), (date(2026, 11, 10), 6)])
def test_a_day_earlier_is_a_day_of_fee_more(came: date, days: int) -> None:
    accepted = date(2026, 11, 30)

    owed = assess(declared("1000000"), reference=at_rates(), day=accepted, coming=Coming(came))

    [fee] = [one for one in owed.charges if one.tax == Tax.LATE_DECLARATION.value]
    assert fee.inputs[2] == days


def test_the_terms_of_transit_are_those_of_the_region() -> None:
    rules = law(transit_request_days="30", transit_declaration_days="30")
    asked = Coming(day(20), transit=True)
    declared_late = Coming(day(50), transit=True, reached=day(20))

    for coming in (asked, declared_late):
        assert assess(declared("1000000"), reference=rules, day=DAY, coming=coming).fee == 0


def test_an_export_knows_no_coming() -> None:
    owed = assess(sound_export(), reference=law(), day=DAY, coming=Coming(day(90)))

    assert owed == assess(sound_export(), reference=law(), day=DAY)


def test_what_is_stored_keeps_how_the_goods_came() -> None:
    coming = Coming(day(40), transit=True, reached=day(20))
    owed = assess(declared("1000000"), reference=at_rates(), day=DAY, coming=coming)

    assert Assessment.read(owed.stored()) == owed
    assert Assessment.read(owed.as_json()) == owed


def test_a_fee_counted_beyond_the_announced_holidays_says_so() -> None:
    rules = at_rates()
    later = rules.calendar.ends + timedelta(days=30)
    came = Coming(later - timedelta(days=20))

    owed = assess(declared("1000000"), reference=rules, day=later, coming=came)

    [fee] = [one for one in owed.charges if one.tax == Tax.LATE_DECLARATION.value]
    assert fee.notes == ("CALENDAR_ENDED",)


def test_goods_reported_at_a_site_of_the_destination_have_reached_it(region: Snapshot) -> None:
    at = moment(day(5))
    bill = BillRow(
        new_id(), "B", "import", "2", "S", "V", "0202", "", 1, Decimal(1), None, at, "0202-01",
        transport_at=moment(day(9)), reached_at=at,
    )  # fmt: skip

    there = coming_of(bill, transit=True, destination="0202", reference=region)
    elsewhere = coming_of(bill, transit=True, destination="0101", reference=region)
    ordinary = coming_of(bill, transit=False, destination="0202", reference=region)

    assert there == Coming(day(9), transit=True, reached=day(5))
    assert elsewhere == Coming(day(9), transit=True)
    assert ordinary == Coming(day(9))
