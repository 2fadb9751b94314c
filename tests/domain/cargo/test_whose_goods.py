"""Who changes a manifest, where a dispute is decided, and what one number is looked up as."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from tests.domain.cargo.factories import (
    BILLS,
    BOXES,
    ELSEWHERE,
    NOW,
    OPERATOR,
    SITE,
    BillFactory,
    CargoUnitFactory,
    ManifestFactory,
)
from tests.domain.cargo.test_decisions import LATER, OFFICER, STRANGER, codes, report
from tests.domain.cargo.test_disputes import line, receive, refused
from tests.domain.parties.factories import EnterpriseFactory
from tongguan.domain.cargo import commands, decisions, goods, queries
from tongguan.domain.cargo.claims import disputes
from tongguan.domain.cargo.models import Bill, CargoUnit, Dispute, Transport
from tongguan.domain.cargo.transports import declare_transport
from tongguan.domain.cargo.values import ManifestFunction, Outcome
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role

ADD, REPLACE, DELETE = ManifestFunction.ADD, ManifestFunction.REPLACE, ManifestFunction.DELETE
B1, B2 = BILLS
AT_AIRPORT = Actor("a", "", 3, roles=frozenset({Role.INSPECTOR}), offices=frozenset({"0101"}))
COLLEAGUE = Actor("other", "", roles=frozenset({Role.SITE_OPERATOR}), sites=frozenset({SITE}))
DAY = timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("function", [ADD, REPLACE, DELETE])
@pytest.mark.parametrize("bound", [SITE, "0202-02", ""])
def test_a_site_operator_changes_no_manifest_that_a_carrier_sent(
    function: ManifestFunction, bound: str
) -> None:
    own = line()
    receive(own, bills=(replace(B1, site=bound),))
    before = list(Bill.objects.values())
    change = {"function": function, "bills": (replace(B1, packages=1, units=()),)}

    assert refused(OPERATOR, **change) == ["CAR-007"]
    assert refused(OPERATOR, number="NONE", **change) == ["CAR-007"]
    assert refused(OPERATOR, function=DELETE, bills=()) == ["CAR-007"]

    assert list(Bill.objects.values()) == before


def test_a_site_operator_changes_what_he_sent_himself_but_no_bill_handed_over_since() -> None:
    receive(OPERATOR)
    changed = replace(B1, packages=41)

    assert refused(COLLEAGUE, function=REPLACE, bills=(changed,)) == ["CAR-007"]
    assert receive(OPERATOR, function=REPLACE, bills=(changed,)) == 1
    Bill.objects.filter(number="B1").update(carrier=EnterpriseFactory.create())

    assert refused(OPERATOR, function=REPLACE, bills=(B1,)) == ["CAR-032"]
    assert refused(OPERATOR, function=DELETE, bills=()) == ["CAR-032"]
    assert receive(OPERATOR, function=DELETE, bills=(B2,)) == 1


def lying(number: str, site: str, **changes: Any) -> None:
    Bill.objects.filter(number=number).update(arrived_at=NOW, arrived_site=site, **changes)


def test_goods_are_given_away_by_nobody_but_the_office_where_they_lie() -> None:
    first, second = line(), line()
    receive(first)
    lying("B1", SITE)
    named = {"number": "M2", "office": "0101", "bills": (replace(B1, site=""),)}

    assert refused(second, **named) == ["CAR-024"]

    dispute = Dispute.objects.get()
    assert dispute.office == "0202"
    decide: dict[str, Any] = {"dispute_id": dispute.pk, "outcome": Outcome.SECOND, "reason": "x"}
    assert codes(decisions.decide_dispute, **decide, by=AT_AIRPORT) == ["CAR-027"]
    assert queries.owners(["B1"]) == {"B1": min(first.own_ids)}
    decisions.decide_dispute(**decide, by=OFFICER, now=LATER)
    assert queries.owners(["B1"]) == {"B1": min(second.own_ids)}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"number": "M2", "bills": (replace(B2, number="B9"),)},
        {"bills": (replace(B2, number="B9"),)},
    ],
    ids=["bills", "voyage", "number"],
)
def test_what_has_not_come_is_decided_at_the_office_of_the_first_manifest(
    changes: dict[str, Any],
) -> None:
    receive(line())
    named = tuple(replace(bill, site="") for bill in changes.get("bills", BILLS))

    assert refused(line(), **{**changes, "office": "0101", "bills": named}) == ["CAR-024"]

    assert Dispute.objects.get().office == "0202"


def test_goods_that_moved_since_are_decided_on_where_they_lie_now() -> None:
    first, second = line(), line()
    receive(first)
    assert refused(second) == ["CAR-024"]
    lying("B1", ELSEWHERE)
    lying("B2", ELSEWHERE)
    decide: dict[str, Any] = {"dispute_id": Dispute.objects.get().pk, "reason": "x"}
    decide["outcome"] = Outcome.SECOND

    assert [row.number for row in disputes(viewer=OFFICER)] == ["M1"]
    assert [row.number for row in disputes(viewer=AT_AIRPORT)] == ["M1"]
    assert disputes(viewer=STRANGER) == ()
    assert codes(decisions.decide_dispute, **decide, by=OFFICER) == ["ACC-011"]
    assert codes(decisions.decide_dispute, **decide, by=STRANGER) == ["CAR-027"]


def diverted(own: Actor) -> None:
    """Have an officer approve that B1 comes to the airport."""
    receive(own)
    id_ = decisions.ask_diversion(number="B1", site=ELSEWHERE, reason="x", by=own, now=NOW)
    decisions.decide_diversion(diversion_id=id_, approved=True, words="well", by=OFFICER, now=NOW)


@pytest.mark.parametrize("site", [SITE, ELSEWHERE, ""])
def test_a_replaced_bill_stays_bound_for_where_its_diversion_sends_it(site: str) -> None:
    own = line()
    diverted(own)

    assert receive(own, function=REPLACE, bills=(replace(B1, packages=41, site=site),)) == 1

    row = queries.bills(["B1"]).answer()["B1"]
    assert (row.packages, row.office, row.site, row.diverted) == (41, "0101", ELSEWHERE, True)
    with pytest.raises(Exception, match="CAR-025"):
        report(own)
    assert report(own, ELSEWHERE) == ("B1",)


def test_a_replaced_bill_is_not_sent_to_a_third_place() -> None:
    own = line()
    diverted(own)
    before = list(Bill.objects.values())

    other = (replace(B1, packages=41, site="0203-01"),)
    assert refused(own, function=REPLACE, bills=other) == ["CAR-025"]

    assert list(Bill.objects.values()) == before


@pytest.mark.parametrize("function", [ManifestFunction.ORIGINAL, ADD])
def test_no_bill_has_the_number_of_a_container(function: ManifestFunction) -> None:
    own = line()
    receive(own, number="M1", bills=(B2,))
    taken = {"number": "M1" if function is ADD else "M2", "function": function}

    assert refused(own, **taken, bills=(replace(B1, number=BOXES[0]),)) == ["CAR-051"]

    assert Bill.objects.count() == 1


def test_a_container_is_reported_and_leaves_although_a_bill_elsewhere_has_its_number() -> None:
    number = "LOOSE-BOX-7"
    own, other = line(), line()
    theirs = ManifestFactory.create(carrier_id=min(other.own_ids), office="0101")
    BillFactory.create(number=number, manifest=theirs, site=ELSEWHERE)
    ours = ManifestFactory.create(carrier_id=min(own.own_ids))
    bill = BillFactory.create(number="B1", manifest=ours, site=SITE)
    CargoUnitFactory.create(bill=bill, unit=number)

    for by in (own, OPERATOR):
        reported = commands.report_arrival(number=number, site=SITE, by=by, now=NOW)
        assert reported == ("B1",)
    assert commands.report_arrival(number=number, site=ELSEWHERE, by=other, now=NOW) == (number,)
    goods.leave(unit=number, site=SITE, at=LATER, by=SYSTEM, now=LATER)

    assert CargoUnit.objects.get().left_at == LATER
    assert set(Bill.objects.values_list("number", "left_at")) == {("B1", LATER), (number, None)}


@pytest.mark.parametrize(("days", "codes_"), [(3, []), (4, ["CAR-050"]), (9000, ["CAR-050"])])
def test_no_transport_was_declared_long_before_its_manifest_came(
    days: int, codes_: list[str]
) -> None:
    own = line()
    receive(own)
    declare: dict[str, Any] = {"manifest": "M1", "at": NOW - days * DAY, "by": own}

    if codes_:
        assert codes(declare_transport, **declare) == codes_
    else:
        declare_transport(**declare, now=NOW)
    assert Transport.objects.exists() is not bool(codes_)


@pytest.mark.parametrize("by", [STRANGER, OFFICER, "a carrier"])
def test_a_transport_of_another_is_as_one_that_never_came(by: Any) -> None:
    receive(line(), office="0202" if by is not OFFICER else "0101", bills=(B2,))
    who = line() if by == "a carrier" else by

    told = [codes(declare_transport, manifest=one, at=NOW, by=who) for one in ("M1", "NONE")]

    assert told == [["CAR-007"], ["CAR-007"]]


def test_a_site_operator_declares_no_transport() -> None:
    receive(OPERATOR)

    assert codes(declare_transport, manifest="M1", at=NOW, by=OPERATOR) == ["ACC-001"]
