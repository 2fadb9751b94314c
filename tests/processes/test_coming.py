"""Duties of goods that are declared before, or long after, their transport was declared."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

import pytest
from django.db import transaction

from tests.domain.cargo.factories import SITE, carrier, manifest
from tests.domain.declarations.samples import CONSIGNEE, sound
from tests.domain.revenue import cases
from tests.interfaces.scene import draw_nothing
from tests.journeys.test_last_two_holds import admit
from tongguan.domain.cargo import commands as cargo
from tongguan.domain.cargo.transports import declare_transport
from tongguan.domain.cargo.values import ManifestBill
from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance.lifecycle import Act, HoldKind, State
from tongguan.domain.clearance.queries import open_holds, state_of
from tongguan.domain.declarations.queries import heads
from tongguan.domain.declarations.values import Inland, Mode, Transport
from tongguan.domain.parties.models import Enterprise
from tongguan.domain.revenue import commands as revenue
from tongguan.domain.revenue.models import Assessment, Guarantee, Overpayment, Payment, Refund
from tongguan.domain.revenue.queries import is_settled
from tongguan.domain.revenue.reassessment import assess_anew
from tongguan.domain.revenue.values import Tax
from tongguan.domain.transit import commands as transit
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.facilities.ledger.queries import entries, verify
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.problems import ProblemError
from tongguan.processes.jobs import follow
from tongguan.processes.lodgement.lodge import lodge
from tongguan.processes.lodgement.values import Incoming

pytestmark = pytest.mark.django_db(transaction=True)

NOVEMBER: Final = datetime(2026, 11, 27, 3, tzinfo=UTC)
DECEMBER: Final = datetime(2026, 12, 1, 3, tzinfo=UTC)
"""The exchange rates of November hold on one day, those of December on the other."""
BILL: Final = "COMING1"


def lodged(*, now: datetime = NOVEMBER, **changes: Any) -> DeclarationId:
    """Lodge the sample for a bill, with nothing but what the law of the day asks."""
    given = {"bill": BILL, "containers": (), "entry_date": None, **changes}
    [answer] = lodge([Incoming(sound(**given), None, bytes(32), "json")], by=SYSTEM, now=now)
    assert answer.declaration_id is not None, answer.faults
    follow(now=now)
    return DeclarationId(UUID(str(answer.declaration_id)))


def announced(now: datetime = NOVEMBER) -> None:
    """Have the manifest of the bill come."""
    bill = ManifestBill(BILL, 42, Decimal(3050), CONSIGNEE, SITE)
    cargo.receive_manifest(manifest(bills=(bill,)), by=SYSTEM, now=now)


def declare(at: datetime, *, now: datetime | None = None) -> None:
    """Have the carrier declare the transport, and all follow from it."""
    declare_transport(manifest="M1", at=at, by=SYSTEM, now=now or at)
    follow(now=now or at)


def arrive(now: datetime) -> None:
    """Have the goods reported at their site, and all follow from it."""
    cargo.report_arrival(number=BILL, site=SITE, by=SYSTEM, now=now)
    follow(now=now)


def owed(id_: DeclarationId) -> Assessment:
    """Return the assessment that stands now."""
    return Assessment.objects.get(declaration=id_, replaced_at=None)


def held_for(id_: DeclarationId) -> list[str]:
    """Return the amounts that open PAYMENT holds name."""
    return [row.facts["amount"] for row in open_holds([id_], HoldKind.PAYMENT)]


def other_rate(id_: DeclarationId) -> Decimal:
    """Change the amount that stands as if the rates of acceptance were others; return it.

    The exchange rates of the two months may be the same in the pack; the difference must not.
    """
    row = owed(id_)
    stored = dict(row.charges)
    stored["value"] = str(row.value + 1)
    Assessment.objects.filter(pk=row.pk).update(
        duty=row.duty + 100, total=row.total + 100, charges=stored
    )
    return row.total + 100


def pay(id_: DeclarationId, reference: str, now: datetime) -> Decimal:
    """Pay what is due; return it."""
    amount = revenue.amount_due(id_, at=now).amount
    number = heads([id_])[id_].number
    one = cases.Owed(id_, number, owed(id_).hold_id, amount, 0)  # type: ignore[arg-type]
    cases.pay(one, cases.receipt(one, reference=reference, paid_at=now), now=now)
    return amount


@pytest.fixture(autouse=True)
def people() -> None:
    """Register who declares, and the bank they pay at; nothing is selected by chance."""
    draw_nothing(NOVEMBER)
    admit()
    cases.register_bank()


def test_goods_declared_long_after_their_transport_owe_the_fee_whatever_day_the_trader_states() -> (
    None
):
    announced(NOVEMBER - timedelta(days=20))
    declare(NOVEMBER - timedelta(days=20))

    id_ = lodged(entry_date=NOVEMBER.date())

    # 7 November plus 14 days is Saturday the 21st: the fee begins on Monday the 23rd.
    [charge] = [one for one in owed(id_).charges["charges"] if one[1] == Tax.LATE_DECLARATION.value]
    assert Decimal(charge[6][2]) == 5
    assert owed(id_).late_fee > 0


def test_a_day_of_the_trader_alone_costs_no_fee() -> None:
    id_ = lodged(entry_date=(NOVEMBER - timedelta(days=40)).date())

    assert owed(id_).late_fee == 0


def test_goods_that_arrived_count_from_their_arrival_where_the_carrier_said_nothing() -> None:
    announced(NOVEMBER - timedelta(days=20))
    arrive(NOVEMBER - timedelta(days=20))

    assert owed(lodged()).late_fee > 0


def test_the_same_amounts_stand_when_the_transport_is_declared_under_the_same_rates() -> None:
    announced()
    id_ = lodged()
    before = owed(id_)

    declare(NOVEMBER + timedelta(hours=1))
    arrive(NOVEMBER + timedelta(hours=2))

    assert owed(id_).pk == before.pk
    assert Assessment.objects.count() == 1


def test_an_unpaid_amount_is_replaced_and_the_payment_hold_follows() -> None:
    announced()
    id_ = lodged()
    provisional = other_rate(id_)

    declare(DECEMBER)
    follow(now=DECEMBER)

    new, old = owed(id_), Assessment.objects.get(computed=1)
    assert new.total == provisional - 100
    assert (new.computed, str(new.settled), old.replaced_at) == (2, "0.00", DECEMBER)
    assert held_for(id_) == [str(new.total)]
    assert new.due_date == date(2026, 12, 16)
    assert new.charges["day"] == "2026-12-01"
    kinds = [entry.kind for entry in entries(id_)]
    assert kinds.count("ASSESSED_ANEW") == 1
    assert not verify().broken


def test_what_was_paid_too_little_is_owed_before_the_goods_are_released() -> None:
    announced()
    id_ = lodged()
    row = owed(id_)
    full = row.total
    Assessment.objects.filter(pk=row.pk).update(
        duty=row.duty - 100, total=row.total - 100, charges={**row.charges, "value": "1"}
    )
    pay(id_, "TX-1", NOVEMBER)
    assert held_for(id_) == []

    arrive(DECEMBER)

    assert held_for(id_) == ["100.00"]
    assert state_of(id_) is State.ACCEPTED
    assert pay(id_, "TX-2", DECEMBER) == Decimal("100.00")
    assert held_for(id_) == []
    assert sum(one.amount for one in Payment.objects.all()) == full
    assert is_settled(id_)
    assert not verify().broken


def test_what_was_paid_too_much_is_given_back_once() -> None:
    announced()
    id_ = lodged()
    other_rate(id_)
    pay(id_, "TX-1", NOVEMBER)

    declare(DECEMBER)
    arrive(DECEMBER)

    assert Overpayment.objects.get().amount == Decimal(100)
    assert held_for(id_) == []
    assert owed(id_).due == 0
    assert is_settled(id_)


def test_a_revoked_declaration_gives_back_what_is_left_of_its_payment() -> None:
    announced()
    id_ = lodged()
    paid = other_rate(id_)
    pay(id_, "TX-1", NOVEMBER)
    declare(DECEMBER)

    cancel(id_, DECEMBER)

    assert Refund.objects.get().amount == paid - 100


def test_what_was_secured_is_drawn_anew() -> None:
    announced()
    id_ = lodged()
    other_rate(id_)
    cases.guarantee(Enterprise.objects.get(customs_code="1111900001").pk)
    revenue.secure(declaration_id=id_, guarantee_number="G-1", by=SYSTEM, now=NOVEMBER)

    declare(DECEMBER)

    assert owed(id_).secured_by == "G-1"
    assert Guarantee.objects.get().drawn_cny == owed(id_).total
    assert held_for(id_) == []


def test_a_guarantee_that_is_too_small_for_the_new_amount_leaves_it_to_be_paid() -> None:
    announced()
    id_ = lodged()
    row = owed(id_)
    Assessment.objects.filter(pk=row.pk).update(
        duty=row.duty - 100, total=row.total - 100, charges={**row.charges, "value": "1"}
    )
    trader = Enterprise.objects.get(customs_code="1111900001").pk
    cases.guarantee(trader, row.total - 100)
    revenue.secure(declaration_id=id_, guarantee_number="G-1", by=SYSTEM, now=NOVEMBER)

    declare(DECEMBER)

    assert owed(id_).secured_by == ""
    assert Guarantee.objects.get().drawn_cny == 0
    assert held_for(id_) == [str(row.total)]


def test_the_same_event_again_changes_nothing() -> None:
    announced()
    id_ = lodged()
    other_rate(id_)
    declare(DECEMBER)
    rows = list(Assessment.objects.order_by("computed").values())

    again(id_, DECEMBER + timedelta(hours=1))
    declare_transport(manifest="M1", at=DECEMBER, by=SYSTEM, now=DECEMBER)

    assert list(Assessment.objects.order_by("computed").values()) == rows


def test_goods_in_transit_are_taxed_as_on_the_day_they_reach_their_destination() -> None:
    announced()
    id_ = lodged(
        mode_asked=Mode.TRANSIT, transport=Transport("2", "EXAMPLE STAR", "020W", Inland("4"))
    )
    arrive(NOVEMBER)
    other_rate(id_)

    transit.depart(
        declaration_id=id_, carrier="示例", vehicle="津A00001", seals="S1", by=SYSTEM, now=NOVEMBER
    )
    follow(now=NOVEMBER)
    assert Assessment.objects.count() == 1
    transit.arrive(declaration_id=id_, intact=True, seals="S1", by=SYSTEM, now=DECEMBER)
    follow(now=DECEMBER)

    assert heads([id_])[id_].mode is Mode.TRANSIT
    assert (owed(id_).computed, owed(id_).charges["day"]) == (2, "2026-12-01")
    assert owed(id_).charges["reached"] == "2026-12-01"
    again(id_, DECEMBER + timedelta(hours=1))
    assert owed(id_).computed == 2


def test_a_transport_is_declared_once_and_not_after_its_goods_came() -> None:
    announced()
    arrive(DECEMBER)

    with pytest.raises(ProblemError, match="CAR-040"):
        declare(DECEMBER + timedelta(days=1))
    declare(NOVEMBER, now=DECEMBER)
    with pytest.raises(ProblemError, match="CAR-041"):
        declare(NOVEMBER - timedelta(days=1), now=DECEMBER)


def test_another_carrier_does_not_declare_a_transport() -> None:
    announced()

    with pytest.raises(ProblemError, match="CAR-007"):
        declare_transport(manifest="M1", at=NOVEMBER, by=carrier(1), now=NOVEMBER)


def cancel(id_: DeclarationId, now: datetime) -> None:
    """Revoke a declaration, and do all that follows."""
    with transaction.atomic():
        clearance.move(clearance.lock(id_), Act.CANCEL, by=SYSTEM, now=now)
    follow(now=now)


def again(id_: DeclarationId, now: datetime) -> None:
    """Compute anew although nothing came to be known."""
    with transaction.atomic():
        assess_anew(clearance.lock(id_), by=SYSTEM, now=now)
