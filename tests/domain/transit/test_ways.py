"""The order and the time of movements under seal, and exports that move after their release."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from tests.domain.cargo.factories import BillFactory
from tests.domain.holding import (
    ELSEWHERE,
    GATE,
    NOW,
    REVIEWER,
    acts,
    held,
    officer,
    refusal,
    trader,
)
from tests.domain.transit.test_transit import (
    AT_DESTINATION,
    CARRIER,
    DAY,
    INLAND,
    KEEPER,
    LIMIT,
    TRANSIT,
    announced,
    arrive,
    carried,
    depart,
    sealed,
)
from tongguan.domain.cargo.queries import bills, expected, lying
from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance.lifecycle import Act, HoldKind, State, Why
from tongguan.domain.clearance.queries import holds_of, state_of
from tongguan.domain.clearance.values import NewHold
from tongguan.domain.declarations.queries import heads
from tongguan.domain.declarations.values import Flow, Inland, Transport
from tongguan.domain.transit import commands, problems, queries
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.problems import ProblemError

LORRY = Transport(mode="2", name="EXAMPLE STAR", voyage="020W", inland=Inland("4", "D1"))


@pytest.fixture
def trader_id(db: None) -> int:
    return trader()


@pytest.mark.parametrize(
    "lies",
    [
        None,
        {},
        {"arrived_at": NOW, "arrived_site": "0101-01"},
        {"arrived_at": NOW, "arrived_site": "0202-01", "left_at": NOW},
    ],
    ids=["no manifest", "not arrived", "lies elsewhere", "has left"],
)
def test_goods_leave_under_seal_only_from_where_they_lie(
    trader_id: int, lies: dict[str, Any] | None
) -> None:
    id_ = announced(trader_id)
    if lies is not None:
        carried(id_, **lies)

    with pytest.raises(ProblemError) as error:
        depart(id_, GATE)

    assert refusal(error) == [(problems.NOT_THERE, "")]
    assert acts(id_) == []


@pytest.mark.parametrize(
    ("mode", "minutes", "may"),
    [("4", 85, False), ("4", 95, True), ("3", 40, False), ("3", 60, True), ("9", 5, False)],
)
def test_no_arrival_is_sooner_than_the_way_allows(
    trader_id: int, mode: str, minutes: int, may: bool
) -> None:
    ship = Transport(mode="2", name="EXAMPLE STAR", voyage="020W", inland=Inland(mode, "D1"))
    id_ = held(trader_id, TRANSIT, office=INLAND, transport=ship)
    carried(id_, here=True)
    depart(id_)
    soon = NOW + timedelta(minutes=minutes)

    if may:
        arrive(id_, now=soon)
        assert state_of(id_) is State.RELEASED
        return
    with pytest.raises(ProblemError) as error:
        arrive(id_, now=soon)
    assert refusal(error) == [(problems.TOO_EARLY, "")]
    assert state_of(id_) is State.ACCEPTED
    assert acts(id_) == ["TRANSIT_DEPARTED", "TRANSIT_ARRIVAL_DOUBTED"]
    [row] = queries.movements(viewer=AT_DESTINATION)
    assert (row.early_at, row.arrived_at) == (soon, None)


def test_an_inspector_at_the_destination_confirms_with_a_reason_what_looks_too_early(
    trader_id: int,
) -> None:
    id_ = sealed(trader_id)
    depart(id_)
    soon = NOW + timedelta(minutes=5)

    for by, reason in ((KEEPER, "it is there"), (AT_DESTINATION, " ")):
        with pytest.raises(ProblemError) as error:
            arrive(id_, by, now=soon, reason=reason)
        assert refusal(error) == [(problems.TOO_EARLY, "")]
    arrive(id_, AT_DESTINATION, now=soon, reason="the departure was reported late")

    assert state_of(id_) is State.RELEASED


def test_a_movement_ends_at_a_site_of_its_destination(trader_id: int) -> None:
    id_ = sealed(trader_id)
    number = heads([id_])[id_].bill
    depart(id_)
    operator = Actor("o", "", roles=frozenset({Role.SITE_OPERATOR}), sites=frozenset({"0115-02"}))

    with pytest.raises(ProblemError) as error:
        arrive(id_, AT_DESTINATION, site="0117-01")
    assert refusal(error) == [(problems.OTHER_END, "")]
    arrive(id_, operator, site="")

    assert bills([number]).answer()[number].arrived_site == "0115-02"
    assert [row.number for row in lying(viewer=operator)] == [number]
    assert lying(viewer=GATE) == ()


def test_goods_whose_site_of_arrival_is_not_told_are_seen_by_all_sites_of_that_office(
    trader_id: int,
) -> None:
    id_ = sealed(trader_id)
    number = heads([id_])[id_].bill
    depart(id_)
    arrive(id_, AT_DESTINATION, site="")

    row = bills([number]).answer()[number]
    assert (row.office, row.site, row.arrived_site) == (INLAND, "", "")
    assert expected(viewer=GATE) == ()


def test_the_time_limit_grows_with_the_distance(trader_id: int) -> None:
    near = held(trader_id, TRANSIT, office="0203", transport=LORRY)
    far = held(trader_id, TRANSIT, office="0406", transport=LORRY)
    for id_ in (near, far):
        carried(id_, here=True)
        depart(id_)

    due = {row.declaration_id: row.due_at for row in queries.movements(viewer=REVIEWER)}
    assert due[near] == NOW + timedelta(hours=24 + 6)
    assert due[far] == NOW + timedelta(hours=24 + 4 * 6)
    assert {row.due_at for row in holds_of(far)} == {due[far]}


def test_an_overdue_movement_is_asked_after_and_then_its_guarantor_is_called_each_once(
    trader_id: int,
) -> None:
    late, arrived = sealed(trader_id), sealed(trader_id)
    for id_ in (late, arrived):
        depart(id_)
    arrive(arrived)
    steps = [(DAY - timedelta(seconds=1), 0), (DAY, 1), (2 * DAY, 0), (30 * DAY, 1), (31 * DAY, 0)]

    assert [commands.chase(now=NOW + LIMIT + after) for after, _ in steps] == [n for _, n in steps]

    assert acts(late) == ["TRANSIT_DEPARTED", "TRANSIT_ENQUIRED", "TRANSIT_GUARANTOR_CALLED"]
    assert "TRANSIT_ENQUIRED" not in acts(arrived)
    [row] = queries.movements(viewer=CARRIER, open_only=True)
    assert (row.enquired_at, row.called_at) == (NOW + LIMIT + DAY, NOW + LIMIT + 30 * DAY)


def leaving(trader_id: int, *kinds: HoldKind) -> DeclarationId:
    """Return an export that is cleared at 0128 and is to go to 0202 under seal."""
    id_ = held(trader_id, TRANSIT, *kinds, why=Why.MOVING_OUT, flow=Flow.EXPORT, transport=LORRY)
    here = {"arrived_at": NOW, "arrived_site": "0128-01"}
    BillFactory.create(number=heads([id_])[id_].bill, manifest__flow="export", **here)
    return id_


def test_an_export_leaves_under_seal_after_its_release_and_is_discharged_at_the_exit(
    trader_id: int,
) -> None:
    id_ = leaving(trader_id)
    assert state_of(id_) is State.RELEASED

    with pytest.raises(ProblemError) as error:
        depart(id_, ELSEWHERE)
    assert refusal(error) == [(problems.NOT_YOURS, "")]
    depart(id_, officer("inland", Role.INSPECTOR, "0128"))
    arrive(id_, GATE, site="")

    [row] = queries.movements(viewer=REVIEWER)
    assert (row.departure, row.destination) == ("0128", "0202")
    assert (row.from_site, row.to_site) == ("0128-01", "0202-01")
    assert state_of(id_) is State.RELEASED
    assert all(row.ended_at for row in holds_of(id_))


def test_an_export_does_not_leave_before_its_release(trader_id: int) -> None:
    id_ = held(trader_id, HoldKind.REVIEW, flow=Flow.EXPORT, transport=LORRY)
    with transaction.atomic():
        new = NewHold(id_, TRANSIT, "0202", Why.MOVING_OUT, {"destination": "0202"}, NOW)
        clearance.open_hold(clearance.lock(id_), new, by=REVIEWER, now=NOW)
    here = {"arrived_at": NOW, "arrived_site": "0128-01"}
    BillFactory.create(number=heads([id_])[id_].bill, **here)

    with pytest.raises(ProblemError) as error:
        depart(id_, officer("inland", Role.INSPECTOR, "0128"))

    assert refusal(error) == [(problems.NOT_RELEASED, "")]


def test_a_seal_broken_on_the_way_out_keeps_the_goods_at_the_exit_until_the_case_is_decided(
    trader_id: int,
) -> None:
    id_ = leaving(trader_id)
    depart(id_, officer("inland", Role.INSPECTOR, "0128"))
    arrive(id_, GATE, intact=False, site="")

    [case] = [row for row in holds_of(id_) if row.ended_at is None]
    assert (case.kind, case.why, case.blocks) == (HoldKind.CASE, Why.FOUND_AFTER, Act.DEPART)
    with pytest.raises(ProblemError) as error, transaction.atomic():
        clearance.move(clearance.lock(id_), Act.DEPART, by=GATE, now=NOW)
    assert [fault.problem.code for fault in error.value.faults] == ["CLR-004"]
