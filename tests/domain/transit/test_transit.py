"""Movement under customs control: who reports it, what a broken seal means, who sees it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from tests.counting import asking
from tests.domain.cargo.factories import BillFactory
from tests.domain.holding import (
    ELSEWHERE,
    GATE,
    INSPECTOR,
    NOW,
    REVIEWER,
    acts,
    held,
    officer,
    refusal,
    trader,
)
from tests.domain.parties.factories import EnterpriseFactory
from tongguan.domain.cargo.models import Bill
from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance.lifecycle import Act, HoldKind, State, Why
from tongguan.domain.clearance.queries import holds_of, state_of
from tongguan.domain.clearance.values import NewHold
from tongguan.domain.declarations.queries import heads
from tongguan.domain.declarations.values import Inland, Transport
from tongguan.domain.parties.models import Enterprise
from tongguan.domain.parties.values import EnterpriseKind
from tongguan.domain.reference.queries import snapshot
from tongguan.domain.transit import commands, problems, queries
from tongguan.domain.transit.values import Moving
from tongguan.facilities.accounts.problems import ELSEWHERE as ANOTHER_PLACE
from tongguan.facilities.accounts.problems import NOT_POSTED
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role
from tongguan.kernel.identifiers import DeclarationId, HoldId
from tongguan.kernel.problems import ProblemError

TRANSIT = HoldKind.TRANSIT
INLAND = "0115"
DAY = timedelta(days=1)
LIMIT = timedelta(hours=24 + 2 * 6)
"""From 0202-01 to 0115 it is between 100 and 200 km: a day, and six hours for each hundred."""
CARRIER = Actor("carrier", "carrier", roles=frozenset({Role.CARRIER}), own_ids=frozenset({901}))
OTHER = Actor("other", "other", roles=frozenset({Role.CARRIER}), own_ids=frozenset({902}))
AT_DESTINATION = officer("inland", Role.INSPECTOR, INLAND)
KEEPER = Actor("keeper", "", roles=frozenset({Role.SITE_OPERATOR}), sites=frozenset({"0115-01"}))
NEXT_DOOR = Actor("next", "", roles=frozenset({Role.SITE_OPERATOR}), sites=frozenset({"0115-02"}))


@pytest.fixture
def trader_id(db: None) -> int:
    return trader()


def sealed(trader_id: int, **changes: Any) -> DeclarationId:
    """Return a declaration whose goods are to go from 0202 to 0115 under seal, on D1."""
    id_ = announced(trader_id, **changes)
    carried(id_, here=True)
    return id_


def carried(id_: DeclarationId, **lies: Any) -> None:
    """Let a manifest of the carrier name the bill of a declaration."""
    [firm] = CARRIER.own_ids
    if not Enterprise.objects.filter(pk=firm).exists():
        hauler(firm)
    BillFactory.create(number=heads([id_])[id_].bill, manifest__carrier_id=firm, **lies)


def hauler(id_: int) -> None:
    """Register a carrier under a row of its own."""
    kind = str(EnterpriseKind.CARRIER)
    EnterpriseFactory.create(pk=id_, kind=kind, customs_code=f"1209900{id_}")


def announced(trader_id: int, **changes: Any) -> DeclarationId:
    """Return such a declaration before anything was reported of its goods."""
    ship = Transport(mode="2", name="EXAMPLE STAR", voyage="020W", inland=Inland("4", "D1"))
    return held(trader_id, TRANSIT, office=INLAND, transport=ship, **changes)


def depart(id_: DeclarationId, by: Actor = CARRIER, now: datetime = NOW, **changes: str) -> None:
    wanted = {"carrier": "", "vehicle": " D1 ", "seals": "S1", **changes}
    commands.depart(declaration_id=id_, **wanted, by=by, now=now)


def arrive(id_: DeclarationId, by: Actor = KEEPER, *, intact: bool = True, **changes: Any) -> None:
    wanted = {"now": NOW + timedelta(hours=3), "site": "0115-01", "seals": "s1", **changes}
    commands.arrive(declaration_id=id_, intact=intact, by=by, **wanted)


def test_goods_that_arrive_under_whole_seals_wait_no_longer(trader_id: int) -> None:
    id_ = sealed(trader_id)
    depart(id_)
    arrive(id_)

    assert state_of(id_) is State.RELEASED
    assert acts(id_) == ["TRANSIT_DEPARTED", "TRANSIT_ARRIVED", "HOLD_DISCHARGED", "RELEASED"]
    [row] = queries.movements(viewer=CARRIER)
    assert (row.departure, row.destination, row.vehicle) == ("0202", INLAND, "D1")
    assert (row.due_at, row.intact) == (NOW + LIMIT, True)
    assert (row.from_site, row.to_site) == ("0202-01", "0115-01")


def test_a_broken_seal_opens_a_case_at_the_destination(trader_id: int) -> None:
    id_ = sealed(trader_id)
    depart(id_)
    arrive(id_, intact=False)

    [case] = [row for row in holds_of(id_) if row.ended_at is None]
    assert (case.kind, case.office) == (HoldKind.CASE, INLAND)
    assert state_of(id_) is State.ACCEPTED


@pytest.mark.parametrize(("late", "cases"), [(timedelta(), 0), (timedelta(seconds=1), 1)])
def test_an_arrival_after_the_time_limit_opens_a_case(
    trader_id: int, late: timedelta, cases: int
) -> None:
    id_ = sealed(trader_id)
    depart(id_)
    arrive(id_, now=NOW + LIMIT + late)

    found = [row for row in holds_of(id_) if row.kind is HoldKind.CASE]
    assert [row.office for row in found] == [INLAND] * cases
    assert state_of(id_) is (State.ACCEPTED if cases else State.RELEASED)


def test_a_late_arrival_with_broken_seals_is_one_case_that_names_both(trader_id: int) -> None:
    id_ = sealed(trader_id)
    depart(id_)
    arrive(id_, now=NOW + LIMIT + DAY, intact=False)

    [case] = [row for row in holds_of(id_) if row.kind is HoldKind.CASE]
    assert "seals S1 not intact" in case.facts["finding"]
    assert "after the time limit" in case.facts["finding"]


def open_at(id_: DeclarationId, kind: HoldKind, office: str, why: Why) -> HoldId:
    new = NewHold(id_, kind, office, why, {}, NOW)
    with transaction.atomic():
        clearance.open_hold(clearance.lock(id_), new, by=SYSTEM, now=NOW)
    return HoldId(new.id)


@pytest.mark.parametrize(
    ("kind", "why", "office"),
    [
        (HoldKind.INSPECTION, Why.SELECTED_GOODS, "0202"),
        (HoldKind.CASE, Why.FINDING, "0202"),
        (HoldKind.INSTRUCTION, Why.STOPPED, "0128"),
    ],
)
def test_goods_that_are_held_where_they_are_do_not_leave_under_seal(
    trader_id: int, kind: HoldKind, why: Why, office: str
) -> None:
    id_ = sealed(trader_id)
    hold = open_at(id_, kind, office, why)

    with pytest.raises(ProblemError) as error:
        depart(id_)

    assert refusal(error) == [(problems.KEPT, "")]
    assert queries.movements(viewer=CARRIER) == ()
    with transaction.atomic():
        clearance.discharge(clearance.lock(id_), hold, by=SYSTEM, now=NOW)
    depart(id_)
    assert queries.moving([id_]) == {id_}


@pytest.mark.parametrize(
    ("office", "why"), [(INLAND, Why.SELECTED_GOODS), ("0101", Why.SELECTED_AFTER)]
)
def test_goods_leave_for_an_examination_at_their_destination_or_after_release(
    trader_id: int, office: str, why: Why
) -> None:
    id_ = sealed(trader_id)
    open_at(id_, HoldKind.INSPECTION, office, why)

    depart(id_)

    assert queries.moving([id_]) == {id_}


def test_a_departure_reported_twice_is_one(trader_id: int) -> None:
    id_ = sealed(trader_id)
    depart(id_)
    depart(id_, INSPECTOR, vehicle="D2")

    [row] = queries.movements(viewer=CARRIER)
    assert row.vehicle == "D1"
    assert acts(id_) == ["TRANSIT_DEPARTED"]


@pytest.mark.parametrize(("vehicle", "seals"), [(" ", "S1"), ("D1", "")])
def test_nothing_leaves_without_vehicle_and_seals(trader_id: int, vehicle: str, seals: str) -> None:
    id_ = sealed(trader_id)

    with pytest.raises(ProblemError) as error:
        depart(id_, INSPECTOR, vehicle=vehicle, seals=seals)

    assert refusal(error) == [(problems.NO_SEAL, "")]
    assert acts(id_) == []


def test_what_has_not_left_does_not_arrive(trader_id: int) -> None:
    id_ = sealed(trader_id)

    with pytest.raises(ProblemError) as error:
        arrive(id_, AT_DESTINATION)

    assert refusal(error) == [(problems.NOT_DEPARTED, "")]


def test_goods_that_do_not_move_are_not_reported(trader_id: int) -> None:
    id_ = held(trader_id, HoldKind.REVIEW)

    with pytest.raises(ProblemError) as error:
        depart(id_, INSPECTOR)

    assert refusal(error) == [(problems.NOT_MOVING, "")]


def test_a_carrier_moves_only_goods_of_bills_that_are_his_or_handed_over(trader_id: int) -> None:
    """Named in the list of requirements; the bill tells whose goods they are, not the vehicle."""
    id_ = sealed(trader_id)

    with pytest.raises(ProblemError) as error:
        depart(id_, OTHER)
    assert refusal(error) == [(problems.NOT_YOURS, "")]
    assert acts(id_) == []

    hauler(min(OTHER.own_ids))
    Bill.objects.update(carrier=min(OTHER.own_ids))
    with pytest.raises(ProblemError) as error:
        depart(id_, CARRIER)
    assert refusal(error) == [(problems.NOT_YOURS, "")]
    depart(id_, OTHER, vehicle="another lorry")


@pytest.mark.parametrize("seals", ["ANY", "S1", "S1 S2 S3", "S2"])
def test_other_seals_than_at_departure_open_a_case(trader_id: int, seals: str) -> None:
    id_ = sealed(trader_id)
    depart(id_, seals="S1, S2")

    arrive(id_, seals=seals)

    [case] = [row for row in holds_of(id_) if row.ended_at is None]
    assert (case.kind, case.office) == (HoldKind.CASE, INLAND)
    assert seals in case.facts["finding"]
    [row] = queries.movements(viewer=CARRIER)
    assert row.intact is False


def test_seals_are_the_same_in_any_order_and_have_to_be_read(trader_id: int) -> None:
    id_ = sealed(trader_id)
    depart(id_, seals="S1, S2")

    with pytest.raises(ProblemError) as error:
        arrive(id_, seals=" ")
    assert refusal(error) == [(problems.SEALS_NOT_READ, "")]
    assert queries.moving([id_])

    arrive(id_, seals="s2；S1")
    assert state_of(id_) is State.RELEASED


@pytest.mark.parametrize(
    ("by", "problem"),
    [(REVIEWER, NOT_POSTED), (ELSEWHERE, problems.NOT_YOURS), (AT_DESTINATION, ANOTHER_PLACE)],
)
def test_a_departure_is_reported_by_their_carrier_or_where_the_goods_are(
    trader_id: int, by: Actor, problem: object
) -> None:
    id_ = sealed(trader_id)

    with pytest.raises(ProblemError) as error:
        depart(id_, by)

    assert refusal(error) == [(problem, "")]
    for allowed in (GATE, INSPECTOR):
        depart(sealed(trader_id), allowed)


def test_an_arrival_is_confirmed_at_its_destination_and_by_no_carrier(trader_id: int) -> None:
    id_ = sealed(trader_id)
    depart(id_)

    for stranger, problem in (
        (CARRIER, NOT_POSTED),
        (OTHER, NOT_POSTED),
        (GATE, problems.NOT_YOURS),
        (NEXT_DOOR, problems.NOT_YOURS),
        (ELSEWHERE, problems.NOT_YOURS),
    ):
        with pytest.raises(ProblemError) as error:
            arrive(id_, stranger)
        assert refusal(error) == [(problem, "")]
    assert queries.moving([id_])
    arrive(id_, AT_DESTINATION)

    assert state_of(id_) is State.RELEASED


def test_everybody_sees_the_movements_of_his_goods_his_lorries_and_his_places(
    trader_id: int,
) -> None:
    id_ = sealed(trader_id)
    depart(id_)
    owner = Actor("owner", "", own_ids=frozenset({trader_id}))

    for viewer in (owner, CARRIER, GATE, REVIEWER, AT_DESTINATION):
        assert [row.declaration_id for row in queries.movements(viewer=viewer)] == [id_]
    for viewer in (OTHER, ELSEWHERE, Actor("nobody", "")):
        assert queries.movements(viewer=viewer) == ()
    assert queries.moving([id_]) == {id_}
    arrive(id_)
    assert queries.moving([id_]) == frozenset()


def test_what_is_on_the_road_comes_first_however_much_has_arrived(trader_id: int) -> None:
    arrived = [sealed(trader_id) for _ in range(3)]
    for id_ in arrived:
        depart(id_)
        arrive(id_)
    later, sooner = sealed(trader_id), sealed(trader_id)
    depart(later, now=NOW + DAY)
    depart(sooner)

    rows = queries.movements(viewer=REVIEWER, limit=3)

    assert [row.declaration_id for row in rows[:2]] == [sooner, later]
    assert rows[2].arrived_at is not None
    open_ = queries.movements(viewer=REVIEWER, open_only=True)
    assert [row.declaration_id for row in open_] == [sooner, later]


def test_the_road_is_counted_by_its_ends_with_what_is_late(trader_id: int) -> None:
    for left_at in (NOW, NOW, NOW + DAY):
        depart(sealed(trader_id), now=left_at)
    snapshot()

    with asking(1):
        found = queries.under_way(viewer=REVIEWER, now=NOW + LIMIT)

    assert found == (Moving("0202", INLAND, 3, 2),)
    assert queries.under_way(viewer=ELSEWHERE, now=NOW) == ()


@pytest.mark.parametrize("intact", [True, False])
def test_goods_on_the_road_arrive_even_where_their_declaration_is_no_more(
    trader_id: int, intact: bool
) -> None:
    id_ = sealed(trader_id)
    depart(id_)
    with transaction.atomic():
        clearance.move(clearance.lock(id_), Act.CANCEL, by=REVIEWER, now=NOW)
    assert queries.moving([id_])

    arrive(id_, intact=intact)

    assert not queries.moving([id_])
    assert state_of(id_) is State.CANCELLED
    assert acts(id_) == ["TRANSIT_DEPARTED", "CANCELLED", "TRANSIT_ARRIVED"]
    with pytest.raises(ProblemError) as error:
        arrive(id_, by=AT_DESTINATION)
    assert refusal(error) == [(problems.NOT_MOVING, "")]
