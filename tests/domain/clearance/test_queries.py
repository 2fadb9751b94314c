"""What waits where: grouped, searched, and seen by those only who may."""

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.counting import asking
from tests.domain.holding import ELSEWHERE, NOW, OFFICE, REVIEWER, SITE, held, hold_of, trader
from tongguan.domain.clearance import commands, queries
from tongguan.domain.clearance.lifecycle import Act, HoldKind, State, Turn, Why
from tongguan.domain.clearance.values import LoadRow, Promise, SiteLoadRow
from tongguan.facilities.accounts.values import SYSTEM, Actor
from tongguan.kernel.identifiers import DeclarationId

HOUR = timedelta(hours=1)
LATER = NOW + 2 * HOUR
REVIEW, PAYMENT, CASE = HoldKind.REVIEW, HoldKind.PAYMENT, HoldKind.CASE
INSPECTION, PERMIT = HoldKind.INSPECTION, HoldKind.PERMIT


@pytest.fixture
def trader_id(db: None) -> int:
    return trader()


def end(id_: DeclarationId, kind: HoldKind, at: timedelta) -> None:
    locked = commands.lock(id_)
    commands.discharge(locked, hold_of(id_, kind), by=SYSTEM, now=NOW + at)


def test_the_load_is_counted_by_office_and_kind_in_one_statement(trader_id: int) -> None:
    held(trader_id, REVIEW, due_in=HOUR)
    held(trader_id, REVIEW, due_in=3 * HOUR, since=NOW + HOUR)
    held(trader_id, PAYMENT, office="0128")
    held(trader_id)

    with asking(1):
        found = queries.load(viewer=REVIEWER, now=LATER)

    assert found == (
        LoadRow("0128", PAYMENT, Turn.TRADER, 1, 0, NOW),
        LoadRow(OFFICE, REVIEW, Turn.CUSTOMS, 2, 1, NOW),
    )
    assert queries.load(viewer=REVIEWER, now=LATER, turn=Turn.TRADER) == found[:1]
    assert queries.load(viewer=ELSEWHERE, now=LATER) == ()


def test_a_missing_licence_loads_the_declarant_and_not_the_agency(trader_id: int) -> None:
    held(trader_id, PERMIT, why=Why.LICENCE_MISSING)
    held(trader_id, PERMIT, why=Why.LICENCE_MISSING)
    held(trader_id, PERMIT)

    found = queries.load(viewer=REVIEWER, now=LATER)

    assert found == (
        LoadRow(OFFICE, PERMIT, Turn.AGENCY, 1, 0, NOW),
        LoadRow(OFFICE, PERMIT, Turn.TRADER, 2, 0, NOW),
    )


def test_a_site_counts_the_declarations_that_wait_not_their_holds(trader_id: int) -> None:
    held(trader_id, REVIEW, CASE, due_in=HOUR)
    held(trader_id, CASE)
    held(trader_id, REVIEW, site="")

    assert queries.load_of_sites(viewer=REVIEWER, now=LATER) == (SiteLoadRow(SITE, 2, 2, 1),)
    assert queries.load_of_sites(viewer=ELSEWHERE, now=LATER) == ()


def test_only_what_customs_owes_at_the_office_of_the_goods_makes_a_site_late(
    trader_id: int,
) -> None:
    held(trader_id, PAYMENT, due_in=HOUR)
    held(trader_id, REVIEW, office="0128", due_in=HOUR)
    appointed = held(trader_id, INSPECTION)
    missed = [hold_of(appointed, INSPECTION)]

    assert queries.load_of_sites(viewer=REVIEWER, now=LATER) == (SiteLoadRow(SITE, 3, 1, 0),)
    [row] = queries.load_of_sites(viewer=REVIEWER, now=LATER, missed=missed)
    assert row == SiteLoadRow(SITE, 3, 1, 1)
    assert row.share_late == 1


def test_a_promise_is_kept_by_what_was_done_in_time_and_broken_by_what_was_not(
    trader_id: int,
) -> None:
    in_time, late, _open_and_late, _open_in_time = (
        held(trader_id, REVIEW, CASE, due_in=due) for due in (HOUR, HOUR, HOUR, 9 * HOUR)
    )
    end(in_time, REVIEW, timedelta(minutes=59))
    end(late, REVIEW, timedelta(minutes=61))
    held(trader_id, PAYMENT, due_in=HOUR)

    # Of every declaration its case has a deadline too, which three have missed.
    found = queries.promise(viewer=REVIEWER, since=NOW, now=LATER)

    assert found == Promise(kept=1, broken=5)
    assert found.share == Decimal(1) / 6
    assert queries.promise(viewer=ELSEWHERE, since=NOW, now=LATER).share is None
    since_then = queries.promise(viewer=REVIEWER, since=NOW + 1.5 * HOUR, now=LATER)
    assert since_then == Promise(kept=0, broken=4)


def test_a_queue_is_narrowed_by_what_is_sought(trader_id: int) -> None:
    review = held(trader_id, REVIEW, due_in=HOUR)
    payment = held(trader_id, PAYMENT, office="0128")
    [row] = queries.waiting(viewer=REVIEWER, kinds=(REVIEW,))

    def found(**sought: object) -> set[DeclarationId]:
        rows = queries.waiting(viewer=REVIEWER, **sought)  # type: ignore[arg-type]
        assert queries.count_waiting(viewer=REVIEWER, **sought) == len(rows)  # type: ignore[arg-type]
        return {one.declaration_id for one in rows}

    assert found() == {review, payment}
    assert found(turn=Turn.TRADER) == {payment}
    assert found(offices=("0128",)) == {payment}
    assert found(text=row.number) == {review}
    assert found(text=row.number[:9]) == {review, payment}
    assert found(text=row.reference) == {review}
    assert found(text="9") == set()
    assert found(overdue_at=LATER) == {review}
    assert found(overdue_at=NOW) == set()


def test_pages_follow_one_another_where_holds_share_a_moment(trader_id: int) -> None:
    all_of = {held(trader_id, REVIEW) for _ in range(5)}

    first = queries.waiting(viewer=REVIEWER, limit=3)
    last = first[-1]
    rest = queries.waiting(viewer=REVIEWER, after=(last.opened_at, last.id), limit=3)

    assert (len(first), len(rest)) == (3, 2)
    assert {row.declaration_id for row in (*first, *rest)} == all_of


def test_people_of_a_site_see_what_its_goods_wait_for_to_move_and_no_more(trader_id: int) -> None:
    moving = held(trader_id, HoldKind.TRANSIT, REVIEW, PAYMENT, office="0115")
    held(trader_id, HoldKind.TRANSIT, site="0101-01")
    gate = Actor("gate", "", sites=frozenset({SITE}))

    [row] = queries.waiting(viewer=gate)

    assert (row.declaration_id, row.kind) == (moving, HoldKind.TRANSIT)


def test_the_oldest_open_hold_of_a_kind_is_found_and_what_it_blocks(trader_id: int) -> None:
    id_ = held(trader_id, REVIEW, PAYMENT)

    assert set(queries.blocking(id_, Act.RELEASE)) == {REVIEW, PAYMENT}
    assert set(queries.blocking(id_, Act.CLOSE)) == {REVIEW, PAYMENT}  # whatever is open
    assert queries.open_hold(id_, CASE) is None
    assert queries.office_of(id_) == "0128"
    assert queries.state_of(id_) is State.ACCEPTED
    assert {row.kind for row in queries.open_on([id_])[id_]} == {REVIEW, PAYMENT}
    assert {row.kind for row in queries.open_holds([id_], PAYMENT)} == {PAYMENT}
    end(id_, REVIEW, HOUR)
    assert [row.kind for row in queries.holds_of(id_)] == [PAYMENT, REVIEW]


def test_the_urgent_come_first_and_what_has_no_deadline_as_if_due_in_a_day(trader_id: int) -> None:
    late, soon, soon_too = (held(trader_id, REVIEW, due_in=due) for due in (99 * HOUR, HOUR, HOUR))
    undated = held(trader_id, PAYMENT)

    first = queries.urgent(viewer=REVIEWER, limit=2)
    last = first[-1]
    second = queries.urgent(viewer=REVIEWER, after=(last.pressing_at, last.id), limit=2)
    end_ = second[-1]

    assert {row.declaration_id for row in first} == {soon, soon_too}
    assert [row.declaration_id for row in second] == [undated, late]
    assert queries.urgent(viewer=REVIEWER, after=(end_.pressing_at, end_.id)) == ()
