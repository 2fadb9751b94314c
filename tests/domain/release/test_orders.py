"""Release orders: one a unit, signed, executed at the right gate, recalled by two officers."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import OperationalError, connection

from tests.domain.holding import (
    BOXES,
    ELSEWHERE,
    GATE,
    INSPECTOR,
    NOW,
    REVIEWER,
    SITE,
    TRADER,
    acts,
    held,
    named,
    refusal,
    trader,
)
from tests.domain.revenue import cases
from tongguan.domain.clearance.lifecycle import HoldKind, State
from tongguan.domain.clearance.queries import state_of
from tongguan.domain.release import commands, problems, queries
from tongguan.domain.release.genuine import KEY
from tongguan.domain.release.lifecycle import OrderState
from tongguan.domain.release.rules.signature import read
from tongguan.domain.release.values import GateAnswer, GateVerdict, OrderRow
from tongguan.facilities.accounts.problems import ELSEWHERE as ANOTHER_PLACE
from tongguan.facilities.accounts.problems import NOT_POSTED
from tongguan.facilities.accounts.values import SYSTEM, Actor
from tongguan.facilities.ledger.installation_keys import signing_key
from tongguan.kernel.identifiers import DeclarationId, new_id
from tongguan.kernel.problems import Problem, ProblemError

ONE, OTHER = BOXES
SECOND = named(REVIEWER, "second")
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def trader_id(db: None) -> int:
    return trader()


@pytest.fixture
def released(trader_id: int) -> DeclarationId:
    """Return a declaration of two containers, released to the gate of 0202-01."""
    id_ = held(trader_id, units=BOXES)
    assert commands.make_orders([id_], by=SYSTEM, now=NOW) == 2
    return id_


def order(id_: DeclarationId, unit: str = ONE) -> OrderRow:
    return [row for row in queries.orders_of(id_) if row.unit == unit][-1]


def out(unit: str, site: str = SITE, by: Actor = GATE) -> GateAnswer:
    return commands.gate_out(site=site, unit=unit, by=by, now=LATER)


def verdict(unit: str = ONE, site: str = SITE) -> GateVerdict:
    return queries.may_leave(site=site, unit=unit).verdict


def ask(id_: UUID, by: Actor = REVIEWER, reason: str = " wrong box ") -> None:
    commands.ask_recall(order_id=id_, reason=reason, by=by, now=NOW)


def confirm(id_: UUID, by: Actor = SECOND) -> None:
    commands.confirm_recall(order_id=id_, by=by, now=LATER)


def test_every_unit_has_one_signed_order_however_often_the_release_is_told(
    released: DeclarationId,
) -> None:
    assert commands.make_orders([released], by=SYSTEM, now=NOW) == 0

    rows = queries.orders_of(released)

    assert [row.unit for row in rows] == [ONE, OTHER]
    slip = read(rows[0].signature, signing_key(KEY).public_key())
    assert slip is not None
    assert (slip.unit, slip.office, slip.site, slip.number) == (ONE, "0202", SITE, rows[0].number)
    assert acts(released) == ["RELEASE_ORDER_SENT"] * 2


def test_a_site_acknowledges_an_order_once(released: DeclarationId) -> None:
    for _ in range(2):
        commands.acknowledge(site=SITE, units=[ONE], by=GATE, now=NOW)

    assert order(released).state is OrderState.ACKNOWLEDGED
    assert acts(released).count("RELEASE_ORDER_ACKNOWLEDGED") == 1


@pytest.mark.parametrize(
    ("units", "by", "problem"),
    [
        ([ONE, "XMPU9999999"], GATE, problems.NO_ORDER),
        ([ONE], replace(GATE, offices=frozenset(), sites=frozenset({"0101-01"})), ANOTHER_PLACE),
        ([ONE], REVIEWER, NOT_POSTED),
    ],
    ids=["a unit without an order", "a gate of another site", "nobody of a gate"],
)
def test_only_a_site_acknowledges_and_only_its_own_orders(
    released: DeclarationId, units: list[str], by: Actor, problem: Problem
) -> None:
    with pytest.raises(ProblemError) as error:
        commands.acknowledge(site=SITE, units=units, by=by, now=NOW)

    assert refusal(error) == [(problem, "")]
    assert order(released).state is OrderState.SENT


def test_many_orders_are_acknowledged_in_as_few_lookups_as_one_and_more_are_refused(
    released: DeclarationId, django_assert_max_num_queries: Any
) -> None:
    many = [f"XMPU{number:07}" for number in range(commands.MOST_UNITS)]

    with django_assert_max_num_queries(12), pytest.raises(ProblemError) as unknown:
        commands.acknowledge(site=SITE, units=many, by=GATE, now=NOW)
    with django_assert_max_num_queries(4), pytest.raises(ProblemError) as too_many:
        commands.acknowledge(site=SITE, units=[*many, ONE], by=GATE, now=NOW)

    assert refusal(unknown) == [(problems.NO_ORDER, "")]
    assert refusal(too_many) == [(problems.TOO_MANY_UNITS, "#/units")]
    assert commands.acknowledge(site=SITE, units=BOXES, by=GATE, now=NOW) == 2
    assert {row.state for row in queries.orders_of(released)} == {OrderState.ACKNOWLEDGED}


def test_an_order_that_no_site_acknowledged_is_seen_after_a_while(released: DeclarationId) -> None:
    first, second = queries.orders_of(released)
    commands.acknowledge(site=SITE, units=[first.unit], by=GATE, now=NOW)

    assert queries.unacknowledged(before=NOW) == ()
    assert [row.id for row in queries.unacknowledged(before=LATER)] == [second.id]


def test_the_declaration_has_left_when_its_last_unit_has(released: DeclarationId) -> None:
    out(ONE)
    assert state_of(released) is State.RELEASED
    out(OTHER)

    assert state_of(released) is State.CLOSED
    assert acts(released)[-3:] == ["GATE_OUT", "DEPARTED", "CLOSED"]


def test_what_has_left_is_gone_from_the_list_of_the_gate_and_leaves_once(trader_id: int) -> None:
    id_ = held(trader_id, units=(ONE,))
    commands.make_orders([id_], by=SYSTEM, now=NOW)
    queries_before = queries.at_gate(viewer=GATE)

    assert out(ONE).left_at == LATER

    assert [row.unit for row in queries_before] == [ONE]
    assert queries.at_gate(viewer=GATE) == ()
    with pytest.raises(ProblemError) as error:
        out(ONE)
    assert refusal(error) == [(problems.MAY_NOT_LEAVE, "")]
    assert verdict() is GateVerdict.LEFT


def test_a_gate_lets_out_only_what_is_released_there(
    trader_id: int, released: DeclarationId
) -> None:
    waits = held(trader_id, HoldKind.REVIEW, units=("XMPU0000055",))

    assert verdict() is GateVerdict.OPEN
    assert verdict(site="0202-02") is GateVerdict.ELSEWHERE
    assert verdict(site="0101-01") is GateVerdict.ELSEWHERE
    assert verdict("NOBODYS") is GateVerdict.UNKNOWN
    held_up = queries.may_leave(site=SITE, unit="XMPU0000055")
    assert held_up.verdict is GateVerdict.HELD
    assert [(one.kind, one.office) for one in held_up.waiting] == [(HoldKind.REVIEW, "0202")]
    with pytest.raises(ProblemError) as error:
        verdict(site="9999-99")
    assert refusal(error) == [(problems.SITE_UNKNOWN, "")]
    for unit, site, by in (("XMPU0000055", SITE, GATE), (ONE, "0101-01", SYSTEM)):
        with pytest.raises(ProblemError) as error:
            out(unit, site, by)
        assert refusal(error) == [(problems.MAY_NOT_LEAVE, "")]
    assert state_of(waits) is State.ACCEPTED


def test_a_shared_container_waits_for_every_declaration_that_names_it(
    trader_id: int, released: DeclarationId
) -> None:
    held(trader_id, HoldKind.PAYMENT, units=(ONE,))

    assert verdict() is GateVerdict.HELD
    assert verdict(OTHER) is GateVerdict.OPEN


@pytest.mark.parametrize(
    ("by", "problem"), [(TRADER, NOT_POSTED), (replace(GATE, sites=frozenset()), ANOTHER_PLACE)]
)
def test_only_people_of_the_place_ask_at_its_gate(
    released: DeclarationId, by: Actor, problem: object
) -> None:
    with pytest.raises(ProblemError) as error:
        out(ONE, by=by)

    assert refusal(error) == [(problem, "")]
    assert order(released).state is OrderState.SENT


def test_two_officers_recall_an_order_and_the_gate_stays_shut(released: DeclarationId) -> None:
    id_ = order(released).id
    ask(id_)
    assert [row.id for row in queries.recalls(viewer=SECOND)] == [id_]
    assert verdict() is GateVerdict.OPEN

    confirm(id_)

    row = order(released)
    assert (row.state, row.recall_reason, row.recalled_at) == (
        OrderState.RECALLED,
        "wrong box",
        LATER,
    )
    assert verdict() is GateVerdict.RECALLED
    assert queries.recalls(viewer=SECOND) == ()
    with pytest.raises(ProblemError):
        out(ONE)
    assert acts(released)[2:] == ["RECALL_ASKED", "RELEASE_ORDER_RECALLED"]


def test_a_recalled_unit_keeps_its_declaration_from_having_left(released: DeclarationId) -> None:
    id_ = order(released).id
    ask(id_)
    confirm(id_)
    out(OTHER)
    assert state_of(released) is State.RELEASED

    sent = commands.send_again(order_id=id_, reason="box checked", by=SECOND, now=LATER)
    assert order(released).id == sent
    out(ONE)

    assert state_of(released) is State.CLOSED


def test_nobody_recalls_alone(released: DeclarationId) -> None:
    id_ = order(released).id
    ask(id_)

    with pytest.raises(ProblemError) as error:
        confirm(id_, REVIEWER)

    assert refusal(error) == [(problems.SECOND_PERSON, "")]
    assert order(released).state is OrderState.SENT


def test_a_recall_says_why_and_is_asked_once(released: DeclarationId) -> None:
    id_ = order(released).id
    with pytest.raises(ProblemError) as error:
        ask(id_, reason=" ")
    assert refusal(error) == [(problems.NO_REASON, "#/reason")]
    with pytest.raises(ProblemError) as error:
        confirm(id_)
    assert refusal(error) == [(problems.NOT_ASKED, "")]

    ask(id_)

    with pytest.raises(ProblemError) as error:
        ask(id_, SECOND)
    assert refusal(error) == [(problems.ASKED_ALREADY, "")]


def test_a_recall_can_be_dropped_and_the_order_stands(released: DeclarationId) -> None:
    id_ = order(released).id
    ask(id_)

    commands.drop_recall(order_id=id_, by=SECOND, now=LATER)

    assert order(released).recall_asked_by == ""
    with pytest.raises(ProblemError) as error:
        commands.drop_recall(order_id=id_, by=SECOND, now=LATER)
    assert refusal(error) == [(problems.NOT_ASKED, "")]
    out(ONE)


def test_what_has_left_is_not_recalled(released: DeclarationId) -> None:
    out(ONE)

    with pytest.raises(ProblemError) as error:
        ask(order(released).id)

    assert refusal(error) == [(problems.NOT_RECALLABLE, "")]


def test_an_order_in_force_is_not_sent_again(released: DeclarationId) -> None:
    again: dict[str, Any] = {"order_id": order(released).id, "by": REVIEWER, "now": NOW}
    with pytest.raises(ProblemError) as error:
        commands.send_again(reason="once more", **again)
    assert refusal(error) == [(problems.NOT_RECALLED, "")]
    with pytest.raises(ProblemError) as error:
        commands.send_again(reason="", **again)
    assert refusal(error) == [(problems.NO_REASON, "#/reason")]


def test_recall_is_for_officers_of_the_offices_concerned_and_to_others_the_order_is_not_there(
    released: DeclarationId,
) -> None:
    id_ = order(released).id
    for by, problem in ((GATE, NOT_POSTED), (TRADER, NOT_POSTED), (ELSEWHERE, problems.NO_ORDER)):
        with pytest.raises(ProblemError) as error:
            ask(id_, by)
        assert refusal(error) == [(problem, "")]
    with pytest.raises(ProblemError) as error:
        ask(new_id())
    assert refusal(error) == [(problems.NO_ORDER, "")]
    ask(id_, INSPECTOR)


def test_a_shared_container_stays_inside_while_one_of_its_orders_is_recalled(
    trader_id: int,
) -> None:
    first, second = (held(trader_id, units=(ONE,)) for _ in range(2))
    commands.make_orders([first, second], by=SYSTEM, now=NOW)
    ask(order(first).id)
    confirm(order(first).id)

    assert verdict() is GateVerdict.RECALLED
    with pytest.raises(ProblemError) as error:
        out(ONE)

    assert refusal(error) == [(problems.MAY_NOT_LEAVE, "")]


def test_a_shared_container_stays_inside_until_all_its_orders_are_there(trader_id: int) -> None:
    first, second = (held(trader_id, units=(ONE,)) for _ in range(2))
    commands.make_orders([first], by=SYSTEM, now=NOW)

    assert verdict() is GateVerdict.HELD
    commands.make_orders([second], by=SYSTEM, now=NOW)
    out(ONE)

    assert {state_of(first), state_of(second)} == {State.CLOSED}


@pytest.mark.django_db(transaction=True)
def test_orders_wait_for_an_act_on_the_declaration_that_is_under_way() -> None:
    id_ = held(trader(), units=(ONE,))
    other = connection.copy()
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:
            cursor.execute(
                "SELECT FROM clearance_clearance WHERE declaration_id = %s FOR UPDATE", [id_]
            )
        with connection.cursor() as waiting:
            waiting.execute("SET lock_timeout = '200ms'")
        with pytest.raises(OperationalError, match="lock timeout"):
            commands.make_orders([id_], by=SYSTEM, now=NOW)
    finally:
        other.connection.close()
        with connection.cursor() as waiting:
            waiting.execute("RESET lock_timeout")

    assert queries.orders_of(id_) == ()


def test_what_was_released_on_a_guarantee_is_closed_when_it_is_paid(trader_id: int) -> None:
    owed = cases.owing(trader_id)
    cases.register_bank()
    cases.secure(owed, cases.guarantee(trader_id))
    commands.make_orders([owed.id], by=SYSTEM, now=NOW)
    for row in queries.orders_of(owed.id):
        out(row.unit)

    assert state_of(owed.id) is State.DEPARTED
    cases.pay(owed, now=LATER)

    assert state_of(owed.id) is State.CLOSED
    assert acts(owed.id)[-2:] == ["PAYMENT_RECORDED", "CLOSED"]
