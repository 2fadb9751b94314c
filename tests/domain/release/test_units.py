"""A container leaves on the declarations of its own bills: on all of them, on no others."""

from datetime import timedelta
from typing import Any

import pytest

from tests.counting import asking
from tests.domain.cargo.factories import BillFactory, CargoUnitFactory
from tests.domain.holding import GATE, INSPECTOR, NOW, SITE, acts, held, refusal, trader
from tongguan.domain.cargo import goods
from tongguan.domain.cargo.models import Bill
from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance.lifecycle import Act, HoldKind, State
from tongguan.domain.clearance.queries import state_of
from tongguan.domain.release import commands, problems, queries
from tongguan.domain.release.values import GateAnswer, GateVerdict
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role
from tongguan.facilities.ledger.queries import entries
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.problems import ProblemError

BOX, SECOND = "XMPU0000013", "XMPU0000034"
LATER = NOW + timedelta(hours=1)
FAR: Actor = Actor("far", "far", roles=frozenset({Role.GATE}), sites=frozenset({"0101-01"}))


@pytest.fixture
def trader_id(db: None) -> int:
    return trader()


def listed(number: str, *units: str, **facts: Any) -> Bill:
    """Let a manifest list containers under a bill."""
    bill = BillFactory.create(number=number, **facts)
    for unit in units:
        CargoUnitFactory.create(bill=bill, unit=unit)
    return bill


def released(trader_id: int, bill: str, *units: str) -> DeclarationId:
    """Return a declaration under a bill, released before anything was known of its goods."""
    id_ = held(trader_id, bill=bill, units=units)
    assert order(id_) == len(units or (bill,))
    return id_


def order(*ids: DeclarationId) -> int:
    return commands.make_orders(ids, by=SYSTEM, now=NOW)


def answer(unit: str = BOX) -> GateAnswer:
    return queries.may_leave(site=SITE, unit=unit)


def out(unit: str = BOX) -> None:
    commands.gate_out(site=SITE, unit=unit, by=GATE, now=LATER)
    goods.leave(unit=unit, site=SITE, at=LATER, by=SYSTEM, now=LATER)


def test_nobody_keeps_a_container_inside_by_naming_it_under_another_bill(trader_id: int) -> None:
    listed("MINE", BOX)
    own = released(trader_id, "MINE", BOX)
    strange = held(trader_id, HoldKind.PAYMENT, bill="OTHER", units=(BOX,))

    assert answer().verdict is GateVerdict.OPEN
    out()

    assert state_of(own) is State.CLOSED
    assert state_of(strange) is State.ACCEPTED
    assert "GATE_OUT" not in acts(strange)


def test_nobody_lets_a_container_out_by_naming_it_under_another_bill(trader_id: int) -> None:
    strange = released(trader_id, "OTHER", BOX)
    listed("MINE", BOX)

    told = answer()

    assert (told.verdict, told.undeclared) == (GateVerdict.HELD, ("MINE",))
    assert (told.orders, told.number) == ((), "")
    with pytest.raises(ProblemError) as error:
        out()
    assert refusal(error) == [(problems.MAY_NOT_LEAVE, "")]
    assert state_of(strange) is State.RELEASED


def test_loose_goods_leave_on_their_own_bill_alone(trader_id: int) -> None:
    strange = released(trader_id, "OTHER", "MINE")
    listed("MINE")

    assert answer("MINE").verdict is GateVerdict.UNKNOWN
    own = released(trader_id, "MINE")
    assert answer("MINE").verdict is GateVerdict.OPEN
    out("MINE")

    assert (state_of(own), state_of(strange)) == (State.CLOSED, State.RELEASED)


def test_a_shared_container_waits_until_each_of_its_bills_is_declared_and_released(
    trader_id: int,
) -> None:
    voyage = listed("MINE", BOX).manifest
    listed("YOURS", BOX, manifest=voyage)
    mine = released(trader_id, "MINE", BOX)
    assert (answer().verdict, answer().undeclared) == (GateVerdict.HELD, ("YOURS",))

    yours = held(trader_id, HoldKind.REVIEW, bill="YOURS", units=(BOX,))
    told = answer()
    assert (told.verdict, told.undeclared) == (GateVerdict.HELD, ())
    assert [one.kind for one in told.waiting] == [HoldKind.REVIEW]

    clearance.move(clearance.lock(yours), Act.REFUSE, by=SYSTEM, now=NOW)
    assert (answer().verdict, answer().undeclared) == (GateVerdict.HELD, ("YOURS",))

    again = released(trader_id, "YOURS", BOX)
    out()

    assert {state_of(mine), state_of(again)} == {State.CLOSED}


def test_goods_of_a_shared_container_leave_in_it_and_not_by_their_bill(trader_id: int) -> None:
    voyage = listed("MINE", BOX).manifest
    loose = released(trader_id, "YOURS")
    listed("YOURS", BOX, manifest=voyage)
    released(trader_id, "MINE", BOX)

    for bill in ("MINE", "YOURS"):
        told = answer(bill)
        assert (told.verdict, told.containers) == (GateVerdict.IN_CONTAINERS, (BOX,))
        assert not told.may_leave
    assert (answer().verdict, answer().undeclared) == (GateVerdict.HELD, ("YOURS",))
    with pytest.raises(ProblemError) as error:
        out("YOURS")
    assert refusal(error) == [(problems.MAY_NOT_LEAVE, "")]
    assert state_of(loose) is State.RELEASED


def test_no_order_is_made_for_a_bill_whose_goods_are_in_containers(trader_id: int) -> None:
    listed("MINE", BOX, SECOND)
    id_ = held(trader_id, bill="MINE")

    assert order(id_) == 0

    [entry] = [one for one in entries(id_) if one.kind == "RELEASE_ORDER_WITHHELD"]
    assert entry.facts["unit"] == "MINE"
    assert answer("MINE").containers == (BOX, SECOND)


def test_a_bill_is_told_of_the_containers_that_are_still_inside(trader_id: int) -> None:
    listed("MINE", BOX, SECOND)
    released(trader_id, "MINE", BOX, SECOND)

    out()

    assert answer("MINE").containers == (SECOND,)


def test_a_container_of_the_bill_that_its_declaration_leaves_out_stays_inside(
    trader_id: int,
) -> None:
    listed("MINE", BOX, SECOND)
    released(trader_id, "MINE", BOX)

    assert answer().verdict is GateVerdict.OPEN
    assert (answer(SECOND).verdict, answer(SECOND).undeclared) == (GateVerdict.HELD, ("MINE",))


def test_a_container_that_comes_back_leaves_on_what_is_declared_then(trader_id: int) -> None:
    listed("MINE", BOX)
    released(trader_id, "MINE", BOX)
    out()
    assert (answer().verdict, answer().undeclared) == (GateVerdict.LEFT, ())

    listed("NEXT", BOX)
    assert (answer().verdict, answer().undeclared) == (GateVerdict.HELD, ("NEXT",))
    assert answer().left_at is None

    released(trader_id, "NEXT", BOX)
    assert answer().verdict is GateVerdict.OPEN


def test_a_voyage_that_is_only_announced_keeps_nothing_of_what_lies_here(trader_id: int) -> None:
    listed("NEXT", BOX)
    CargoUnitFactory.create(bill=listed("MINE"), unit=BOX, arrived_at=NOW, arrived_site=SITE)
    released(trader_id, "MINE", BOX)

    assert answer().verdict is GateVerdict.OPEN


def test_what_was_withdrawn_from_its_manifest_is_listed_no_more(trader_id: int) -> None:
    listed("GONE", BOX, withdrawn_at=NOW)
    released(trader_id, "MINE", BOX)

    assert answer().verdict is GateVerdict.OPEN


def test_no_order_is_signed_for_a_container_of_other_bills_and_the_ledger_says_so(
    trader_id: int,
) -> None:
    listed("MINE", BOX)
    strange = held(trader_id, bill="OTHER", units=(BOX, SECOND))

    assert order(strange) == 1

    assert [row.unit for row in queries.orders_of(strange)] == [SECOND]
    [kept] = [one for one in entries(strange) if one.kind == "RELEASE_ORDER_WITHHELD"]
    assert kept.facts == {"unit": BOX, "bill": "MINE"}


def test_a_site_may_acknowledge_an_order_that_came_before_the_manifest(trader_id: int) -> None:
    strange = released(trader_id, "OTHER", BOX)
    listed("MINE", BOX)

    commands.acknowledge(site=SITE, units=[BOX], by=GATE, now=NOW)

    assert "RELEASE_ORDER_ACKNOWLEDGED" in acts(strange)


def test_the_gate_where_undeclared_goods_lie_is_told_so_and_no_other(trader_id: int) -> None:
    bill = listed("MINE", manifest__office="0202")
    CargoUnitFactory.create(bill=bill, unit=BOX, arrived_at=NOW, arrived_site=SITE)

    here = queries.ask_at_gate(site=SITE, unit=BOX, by=GATE)
    far = queries.ask_at_gate(site="0101-01", unit=BOX, by=FAR)

    assert (here.verdict, here.undeclared) == (GateVerdict.HELD, ("MINE",))
    assert (far.verdict, far.undeclared) == (GateVerdict.UNKNOWN, ())


def test_the_gate_is_answered_by_four_statements(trader_id: int) -> None:
    listed("MINE", BOX)
    released(trader_id, "MINE", BOX)
    held(trader_id, HoldKind.PAYMENT, bill="OTHER", units=(BOX,))

    # The fourth is prepared: Django does not see it.
    with asking(3):
        assert answer().may_leave


@pytest.mark.parametrize(
    ("bill", "seen"),
    [
        ({"site": "0202-02"}, False),
        ({"site": SITE}, True),
        ({"site": ""}, True),
        ({"site": SITE, "arrived_at": NOW, "arrived_site": "0202-02"}, False),
        ({"site": "0202-02", "arrived_at": NOW, "arrived_site": SITE}, True),
    ],
    ids=["bound elsewhere", "bound here", "for any site", "lies elsewhere", "lies here"],
)
@pytest.mark.parametrize("kinds", [(), (HoldKind.PAYMENT,)])
def test_people_of_a_site_are_told_only_of_goods_of_their_own_site(
    trader_id: int, bill: dict[str, Any], seen: bool, kinds: tuple[HoldKind, ...]
) -> None:
    listed("MINE", **bill)
    site = bill.get("arrived_site") or bill["site"]
    id_ = held(trader_id, *kinds, bill="MINE", units=("MINE",), site=site)
    if not kinds:
        order(id_)

    told = queries.ask_at_gate(site=SITE, unit="MINE", by=GATE)

    if seen:
        assert told == queries.may_leave(site=SITE, unit="MINE")
        assert told.number
    else:
        assert told == GateAnswer(GateVerdict.UNKNOWN, SITE, "MINE")


def test_an_officer_is_told_of_the_goods_of_all_sites_of_his_office(trader_id: int) -> None:
    listed("MINE", site="0202-02")
    held(trader_id, HoldKind.PAYMENT, bill="MINE", units=("MINE",), site="0202-02")

    told = queries.ask_at_gate(site=SITE, unit="MINE", by=INSPECTOR)

    assert (told.verdict, bool(told.number)) == (GateVerdict.HELD, True)


def test_a_release_order_goes_to_the_site_where_the_goods_lie_and_not_where_they_were_declared(
    trader_id: int,
) -> None:
    listed("MINE", arrived_at=NOW, arrived_site="0202-02")
    id_ = held(trader_id, bill="MINE", units=("MINE",), site=SITE)
    order(id_)

    [row] = queries.orders_of(id_)
    assert (row.office, row.site) == ("0202", "0202-02")
    assert queries.at_gate(viewer=GATE) == ()
