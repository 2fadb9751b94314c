"""What is owed, as those may see it who may."""

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.counting import asking
from tests.domain.revenue.cases import DUE, NOW, TOTAL, Owed, guarantee, owing, pay, receipt, secure
from tongguan.domain.revenue import queries
from tongguan.domain.revenue.values import DueRow
from tongguan.facilities.accounts.values import Actor

OFFICER = Actor("officer", "An officer", offices=frozenset({"0128"}))
ELSEWHERE = Actor("elsewhere", "An officer elsewhere", offices=frozenset({"0401"}))


def party(owed: Owed) -> Actor:
    own = frozenset({owed.trader_id})
    return Actor("trader", "A trader", enterprise_ids=own, own_ids=own)


def test_charges_are_read_with_their_derivation_and_payments(owed: Owed, bank: str) -> None:
    pay(owed)

    with asking(2):
        charges = queries.charges_of(owed.id, viewer=party(owed))

    assert charges is not None
    assert charges.row.total == TOTAL
    assert charges.row.due_date == DUE
    assert (charges.row.office, charges.row.district) == ("0128", "01")
    assert charges.assessment.payable == TOTAL
    assert [(one.bank, one.amount) for one in charges.payments] == [(bank, TOTAL)]
    assert queries.charges_of(owed.id, viewer=OFFICER, version=1) == charges
    assert queries.charges_of(owed.id, viewer=OFFICER, version=2) is None


def test_who_may_not_see_a_declaration_does_not_see_its_charges(owed: Owed) -> None:
    stranger = Actor("stranger", "A stranger", enterprise_ids=frozenset({owed.trader_id + 1}))

    assert queries.charges_of(owed.id, viewer=stranger) is None
    assert queries.charges_of(owed.id, viewer=ELSEWHERE) is None
    assert queries.waiting_for_payment(stranger) == ()
    assert queries.owed_by(stranger) == ()


@pytest.mark.usefixtures("bank")
def test_a_party_sees_what_it_owes_until_it_is_paid_or_secured(trader: int) -> None:
    first, second, third = owing(trader), owing(trader), owing(trader)
    pay(first)
    secure(second, guarantee(trader))

    owed = queries.owed_by(party(third))
    waiting = queries.waiting_for_payment(OFFICER)

    assert [row.declaration_id for row in owed] == [third.id]
    assert {row.declaration_id for row in waiting} == {second.id, third.id}


def test_pages_follow_one_another_without_gap(trader: int) -> None:
    all_of = {owing(trader).id for _ in range(5)}

    with asking(1):
        first = queries.waiting_for_payment(OFFICER, limit=3)
    last = first[-1]
    rest = queries.waiting_for_payment(OFFICER, after=(last.due_date, last.id), limit=3)

    assert (len(first), len(rest)) == (3, 2)
    assert {row.declaration_id for row in (*first, *rest)} == all_of


@pytest.mark.usefixtures("bank")
def test_what_is_collected_is_the_same_by_office_and_by_district(trader: int) -> None:
    for number in range(3):
        owed = owing(trader)
        pay(owed, receipt(owed, reference=f"TX-{number}"))

    rows = queries.collected(NOW - timedelta(days=1), NOW + timedelta(days=1))

    assert [(row.office, row.district, row.count) for row in rows] == [("0128", "01", 3)]
    assert sum((row.amount for row in rows), Decimal(0)) == TOTAL * 3
    assert queries.collected(NOW + timedelta(days=1), NOW + timedelta(days=2)) == ()


@pytest.mark.usefixtures("bank")
def test_what_is_due_is_summed_by_office_with_what_is_late(trader: int) -> None:
    first, second, paid = owing(trader), owing(trader), owing(trader)
    pay(paid)

    with asking(1):
        on_time = queries.due_at_offices(OFFICER, day=DUE)
    late = queries.due_at_offices(OFFICER, day=DUE + timedelta(days=1))

    assert on_time == (DueRow("0128", 2, TOTAL * 2, 0, Decimal("0.00")),)
    assert late == (DueRow("0128", 2, TOTAL * 2, 2, TOTAL * 2),)
    assert queries.due_at_offices(ELSEWHERE, day=DUE) == ()
    rows = queries.waiting_for_payment(OFFICER, office="0128", overdue_on=DUE + timedelta(days=1))
    assert {row.declaration_id for row in rows} == {first.id, second.id}
    assert queries.waiting_for_payment(OFFICER, office="0401") == ()
    assert queries.waiting_for_payment(OFFICER, overdue_on=DUE) == ()
    explained = queries.assessed([row.id for row in rows])
    assert [explained[row.id].payable for row in rows] == [TOTAL, TOTAL]
