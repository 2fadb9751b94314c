"""Pages of criteria: one row a criterion, filters, and what waits for a second person."""

import pytest
from django.db import connection, transaction
from msgspec import structs

from tests.domain.risk.cases import in_force
from tests.domain.risk.examples import CHU, NOON, WEI, profile, when
from tongguan.domain.risk import approvals, lists, queries
from tongguan.domain.risk.criteria import Kind, Profile
from tongguan.domain.risk.lists import Wanted
from tongguan.domain.risk.values import CriterionState

pytestmark = pytest.mark.django_db(transaction=True)
WINE = structs.replace(profile(when("line.commodity", "prefix", "2204"), name="Wine"), id=0)


def listed(**wanted: object) -> list[tuple[int, int, CriterionState]]:
    found = lists.page(Kind.PROFILE, Wanted(**wanted))  # type: ignore[arg-type]
    return [(row.criterion.id, row.criterion.version, row.state) for row in found]


def test_a_criterion_stands_once_in_the_wording_that_acts() -> None:
    [first] = in_force(WINE)
    approvals.propose(criteria=[structs.replace(first, name="Wines")], by=CHU, now=NOON)
    [fresh] = approvals.propose(criteria=[WINE], by=CHU, now=NOON)

    assert listed() == [
        (fresh.id, 1, CriterionState.WAITING),
        (first.id, 1, CriterionState.ACTIVE),
    ]
    assert [(row.criterion.id, row.criterion.version) for row in lists.waiting(Kind.PROFILE)] == [
        (first.id, 2),
        (fresh.id, 1),
    ]
    assert lists.count_waiting() == {Kind.PROFILE: 2}


def test_a_list_is_filtered_by_state_treatment_owner_district_and_words() -> None:
    plain, local, stopped, over = in_force(
        WINE,
        structs.replace(WINE, name="Beer", district="02", owner="0202", treatment="full"),
        structs.replace(WINE, name="Cider 100%", instruction="look at the labels"),
        structs.replace(WINE, name="Mead"),
    )
    approvals.suspend(kind=Kind.PROFILE, id=stopped.id, why="", by=WEI, now=NOON)
    approvals.end(kind=Kind.PROFILE, id=over.id, why="", by=WEI, now=NOON)
    [waits] = approvals.propose(criteria=[WINE], by=CHU, now=NOON)
    [refused] = approvals.propose(criteria=[WINE], by=CHU, now=NOON)
    approvals.refuse(kind=Kind.PROFILE, id=refused.id, why="twice", by=WEI, now=NOON)

    def ids(**wanted: object) -> list[int]:
        return [id_ for id_, _version, _state in listed(**wanted)]

    assert ids(state=CriterionState.ACTIVE) == [local.id, plain.id]
    assert ids(state=CriterionState.SUSPENDED) == [stopped.id]
    assert ids(state=CriterionState.ENDED) == [over.id]
    assert ids(state=CriterionState.WAITING) == [waits.id]
    assert ids(state=CriterionState.REFUSED) == [refused.id]
    assert ids(treatment="full") == ids(owner="0202") == ids(district="02") == [local.id]
    assert ids(text="beer") == [local.id]
    assert ids(text="LABELS") == [stopped.id]
    assert ids(text="100%") == [stopped.id]
    assert ids(text="2204", state=CriterionState.ENDED) == [over.id]
    assert plain.id in ids(text=str(plain.id))
    assert ids(text="share") == []


def test_a_page_comes_within_the_time_of_a_statement_though_ten_thousand_profiles_are_new() -> None:
    made = [structs.replace(WINE, name=f"Wine {number}") for number in range(10_000)]
    in_force(made[0])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE risk_change, risk_criterionversion")  # it takes them for one
    in_force(*made[1:])

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '5s'")  # as the product has it
        first = lists.page(Kind.PROFILE, Wanted())
        second = lists.page(Kind.PROFILE, Wanted(after=first[-1].criterion.id))
        [found] = lists.page(Kind.PROFILE, Wanted(text="Wine 7777"))
        assert lists.page(Kind.PROFILE, Wanted(state=CriterionState.ENDED)) == ()
        assert lists.waiting(Kind.PROFILE) == ()
        assert len(queries.criteria(Kind.PROFILE)) == len(made)

    ids = [row.criterion.id for row in (*first, *second)]
    assert ids == list(range(10_000, 9_900, -1))
    assert isinstance(found.criterion, Profile)
