"""Goods reported at sites, leaving them, and bound to declarations."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.domain.cargo.factories import (
    BOXES,
    ELSEWHERE,
    NOW,
    OPERATOR,
    SITE,
    BillFactory,
    CargoUnitFactory,
    carrier,
)
from tests.domain.parties.factories import EnterpriseFactory
from tongguan.domain.cargo import commands, goods, problems, queries
from tongguan.domain.cargo.models import Arrival, Bill, Claim
from tongguan.domain.cargo.values import ArrivalKind
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role
from tongguan.facilities.announcements.models import Announcement
from tongguan.facilities.ledger.queries import entries
from tongguan.kernel.identifiers import DeclarationId, new_id
from tongguan.kernel.problems import ProblemError

LATER = NOW + timedelta(hours=1)

pytestmark = pytest.mark.django_db


def report(number: str, **changes: Any) -> tuple[str, ...]:
    return commands.report_arrival(
        **{"number": number, "site": SITE, "by": SYSTEM, "now": NOW, **changes}
    )


def boxed() -> Bill:
    """Return a bill with two containers."""
    bill = BillFactory.create()
    for box in BOXES:
        CargoUnitFactory.create(bill=bill, unit=box)
    return bill


def events() -> list[tuple[str, str]]:
    """Return what was told of goods; of their transport it is told beside the first report."""
    of_goods = Announcement.objects.exclude(kind="TransportDeclared").order_by("id")
    return list(of_goods.values_list("kind", "facts__unit"))


def test_loose_goods_arrive_with_one_report() -> None:
    bill = BillFactory.create()

    assert report(bill.number) == (bill.number,)

    row = queries.bills([bill.number]).answer()[bill.number]
    assert (row.arrived, row.arrived_at, row.arrived_site) == (True, NOW, SITE)
    told = Announcement.objects.get(kind="Arrived")
    assert (told.subject, events()) == (bill.pk, [("Arrived", "")])
    assert told.facts == {"bill": bill.number, "unit": "", "site": SITE}
    [entry] = entries(bill.pk)
    assert (entry.kind, entry.facts["report"]) == ("GOODS_ARRIVED", "ARRIVAL")


def test_a_bill_has_arrived_when_its_last_container_has() -> None:
    bill = boxed()

    assert report(BOXES[0]) == ()
    assert not queries.bills([bill.number]).answer()[bill.number].arrived
    assert report(BOXES[1], now=LATER) == (bill.number,)

    assert queries.bills([bill.number]).answer()[bill.number].arrived_at == LATER
    assert events() == [("UnitArrived", BOXES[0]), ("Arrived", BOXES[1])]


def test_a_bill_reported_as_a_whole_brings_its_containers() -> None:
    bill = boxed()

    report(bill.number)

    rows = queries.unit(BOXES[1], viewer=OPERATOR)
    assert [(row.bill, row.site, row.arrived_at) for row in rows] == [(bill.number, SITE, NOW)]


def test_a_shared_container_brings_every_bill_it_carries() -> None:
    bills = [CargoUnitFactory.create().bill for _ in range(2)]

    assert set(report(BOXES[0])) == {bill.number for bill in bills}


def test_the_same_report_again_changes_nothing() -> None:
    bill = BillFactory.create()
    report(bill.number)

    assert report(bill.number, now=LATER) == (bill.number,)
    assert Arrival.objects.get().at == NOW
    assert len(events()) == 1


def test_goods_are_reported_in_two_ways_at_their_site() -> None:
    bill = BillFactory.create()
    report(bill.number)
    report(bill.number, now=LATER, kind=ArrivalKind.TALLY)

    row = queries.bills([bill.number]).answer()[bill.number]
    assert (row.arrived_at, row.arrived_site) == (NOW, SITE)
    assert [(one.site, one.kind) for one in queries.arrivals(bill.number)] == [
        (SITE, ArrivalKind.ARRIVAL),
        (SITE, ArrivalKind.TALLY),
    ]


def told(number: str, **changes: Any) -> tuple[str, object]:
    """Return with which code a report is refused, and which place it is told."""
    with pytest.raises(ProblemError) as refusal:
        report(number, **changes)
    [fault] = refusal.value.faults
    return fault.problem.code, fault.facts.get("expected")


@pytest.mark.parametrize(
    ("named", "site", "expected"),
    [
        (SITE, ELSEWHERE, SITE),
        (SITE, "0202-02", SITE),
        ("", ELSEWHERE, "0202"),
        ("", "0401-01", "0202"),
    ],
)
def test_goods_arrive_only_where_the_manifest_says(named: str, site: str, expected: str) -> None:
    bill = BillFactory.create(site=named)

    assert told(bill.number, site=site) == ("CAR-025", expected)

    assert not Arrival.objects.exists()
    assert not Announcement.objects.exists()


def test_goods_for_no_named_site_arrive_at_any_of_their_office_and_then_lie_there() -> None:
    bill = BillFactory.create()

    assert report(bill.number, site="0202-02") == (bill.number,)

    assert told(bill.number, site=SITE) == ("CAR-025", "0202-02")
    assert queries.bills([bill.number]).answer()[bill.number].arrived_site == "0202-02"


def test_a_shared_container_brings_only_the_bills_that_are_expected_there() -> None:
    here, there = CargoUnitFactory.create(bill__site=SITE), CargoUnitFactory.create(bill__site="")
    CargoUnitFactory.create(bill__site=ELSEWHERE)

    assert set(report(BOXES[0])) == {here.bill.number, there.bill.number}


def test_people_of_a_site_are_not_told_of_goods_that_are_bound_elsewhere() -> None:
    bill = BillFactory.create(site=SITE)
    far = Actor("far", "", roles=frozenset({Role.GATE}), sites=frozenset({"0202-02"}))

    there = told(bill.number, by=far, site="0202-02")

    assert there == told("UNKNOWN", by=far, site="0202-02") == ("CAR-001", None)


def test_a_carrier_is_told_where_its_own_goods_are_expected_and_of_others_nothing() -> None:
    own, other = EnterpriseFactory.create(), EnterpriseFactory.create()
    mine = BillFactory.create(manifest__carrier=own, site=SITE)
    strange = BillFactory.create(manifest__carrier=other, site=SITE)

    assert told(mine.number, by=carrier(own.pk), site=ELSEWHERE) == ("CAR-025", SITE)
    assert told(strange.number, by=carrier(own.pk)) == ("CAR-001", None)
    assert told("UNKNOWN", by=carrier(own.pk)) == ("CAR-001", None)


def test_an_unknown_bill_and_an_unknown_site_are_told() -> None:
    bill = BillFactory.create()

    with pytest.raises(ProblemError) as no_bill:
        report("unknown")
    with pytest.raises(ProblemError) as no_site:
        report(bill.number, site="9999-99")

    assert no_bill.value.faults == (problems.NO_BILL.at("", bill="unknown"),)
    assert no_site.value.faults == (problems.NO_SITE.at("", site="9999-99"),)


def test_a_withdrawn_bill_cannot_arrive() -> None:
    bill = BillFactory.create(withdrawn_at=NOW)

    with pytest.raises(ProblemError):
        report(bill.number)


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (OPERATOR, True),
        (Actor("gate", "", roles=frozenset({Role.GATE}), sites=frozenset({SITE})), True),
        (Actor("officer", "", offices=frozenset({"0202"})), True),
        (Actor("other gate", "", sites=frozenset({ELSEWHERE})), False),
        (Actor("other officer", "", offices=frozenset({"0101"})), False),
        (Actor("trader", "", own_ids=frozenset({0})), False),
        (Actor("nobody", ""), False),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_arrivals_are_reported_by_those_at_the_site(who: Actor, may: bool) -> None:
    bill = BillFactory.create()

    if may:
        assert report(bill.number, by=who) == (bill.number,)
    else:
        with pytest.raises(ProblemError) as refusal:
            report(bill.number, by=who)
        assert [fault.problem.code for fault in refusal.value.faults] == ["ACC-011"]
        assert not Arrival.objects.exists()


def test_a_carrier_reports_its_own_goods_and_no_others() -> None:
    own = EnterpriseFactory.create()
    mine, other = BillFactory.create(manifest__carrier=own), BillFactory.create()

    assert report(mine.number, by=carrier(own.pk)) == (mine.number,)
    with pytest.raises(ProblemError):
        report(other.number, by=carrier(own.pk))


def leave(unit: str) -> None:
    goods.leave(unit=unit, site=SITE, at=LATER, by=SYSTEM, now=LATER)


def test_goods_have_left_when_the_last_container_has() -> None:
    bill = boxed()
    report(bill.number)

    leave(BOXES[0])
    assert queries.bills([bill.number]).answer()[bill.number].left_at is None
    leave(BOXES[1])

    assert queries.bills([bill.number]).answer()[bill.number].left_at == LATER
    assert queries.lying(viewer=OPERATOR) == ()
    assert [entry.kind for entry in entries(bill.pk)] == [
        "GOODS_ARRIVED",
        "GOODS_LEFT",
        "GOODS_LEFT",
    ]


def test_loose_goods_leave_at_once_and_unknown_goods_unnoticed() -> None:
    bill = BillFactory.create(here=True)

    leave(bill.number)
    leave("unknown")

    assert queries.bills([bill.number]).answer()[bill.number].left_at == LATER


def test_a_container_that_comes_back_is_another_journey() -> None:
    earlier = CargoUnitFactory.create()
    report(BOXES[0])
    leave(BOXES[0])
    again = CargoUnitFactory.create()

    assert report(BOXES[0], now=LATER) == (again.bill.number,)
    [row] = queries.unit(BOXES[0], viewer=OPERATOR)
    assert row.bill == again.bill.number
    assert earlier.bill.number != again.bill.number


def declaration() -> DeclarationId:
    return DeclarationId(new_id())


def test_a_bill_is_used_by_one_declaration() -> None:
    bill, first = BillFactory.create(), declaration()
    commands.claim({bill.number: first})

    assert queries.bills([bill.number]).answer()[bill.number].used_by == first
    with pytest.raises(IntegrityError), transaction.atomic():
        commands.claim({bill.number: declaration()})
    with pytest.raises(IntegrityError), transaction.atomic():
        commands.claim({"another": first})


def test_a_bill_is_used_even_before_its_manifest_comes() -> None:
    first = declaration()
    commands.claim({"EARLY": first})

    row = queries.bills(["EARLY", "unknown"]).answer()
    assert row.keys() == {"EARLY"}
    assert (row["EARLY"].used_by, row["EARLY"].manifested, row["EARLY"].flow) == (first, False, "")

    BillFactory.create(number="EARLY")
    assert queries.bills(["EARLY"]).answer()["EARLY"].used_by == first
    assert queries.bills(["EARLY"]).answer()["EARLY"].manifested


def test_a_bill_is_free_again_when_its_declaration_is_no_more() -> None:
    first = declaration()
    commands.claim({"B": first})

    commands.free([first], by=SYSTEM, now=NOW)
    commands.claim({"B": declaration()})

    assert Claim.objects.filter(bill="B").count() == 2


def test_the_database_too_refuses_goods_that_left_before_they_came() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        BillFactory.create(left_at=NOW)
