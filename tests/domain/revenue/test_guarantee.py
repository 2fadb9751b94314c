"""Securing: one guarantee, good in all districts, never drawn beyond its limit."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from tests.domain.declarations.samples import sound
from tests.domain.revenue import cases
from tests.domain.revenue.cases import NOW, TOTAL, Owed, guarantee, owing, pay, secure
from tongguan.domain.clearance.lifecycle import State
from tongguan.domain.clearance.queries import state_of
from tongguan.domain.revenue import commands, problems, queries
from tongguan.domain.revenue.models import Assessment, Guarantee, GuaranteeDebit
from tongguan.domain.revenue.rules.coming import Coming
from tongguan.domain.revenue.values import Debit, GuaranteeRow
from tongguan.kernel.identifiers import new_id
from tongguan.kernel.problems import Problem, ProblemError

PARALLEL = 100


def drawn() -> Decimal:
    return Guarantee.objects.get().drawn_cny


def test_securing_releases_the_goods_and_draws_on_the_guarantee(owed: Owed) -> None:
    secure(owed, guarantee(owed.trader_id))

    assert state_of(owed.id) is State.RELEASED
    assert drawn() == TOTAL
    assert Assessment.objects.get().secured_by == "G-1"
    assert str(Guarantee.objects.get()) == "G-1"
    assert str(GuaranteeDebit.objects.get()).endswith(f": {TOTAL}")


@pytest.mark.usefixtures("bank")
def test_paying_what_was_secured_frees_the_guarantee(owed: Owed) -> None:
    secure(owed, guarantee(owed.trader_id))

    pay(owed)

    assert drawn() == 0
    assert GuaranteeDebit.objects.get().credited_at == NOW
    assert Assessment.objects.get().paid_at == NOW
    assert state_of(owed.id) is State.RELEASED


@pytest.mark.parametrize(
    ("limit", "number", "now", "problem"),
    [
        (TOTAL - Decimal("0.01"), "G-1", NOW, problems.GUARANTEE_TOO_SMALL),
        (TOTAL, "G-2", NOW, problems.GUARANTEE_UNKNOWN),
        (TOTAL, "G-1", datetime(2027, 1, 1, tzinfo=UTC), problems.GUARANTEE_NOT_VALID),
        (TOTAL, "G-1", datetime(2025, 12, 31, tzinfo=UTC), problems.GUARANTEE_NOT_VALID),
    ],
)
def test_a_guarantee_that_does_not_serve_is_refused_and_leaves_nothing(
    owed: Owed, limit: Decimal, number: str, now: datetime, problem: Problem
) -> None:
    guarantee(owed.trader_id, limit)

    with pytest.raises(ProblemError) as refusal:
        secure(owed, number, now=now)

    assert [fault.problem for fault in refusal.value.faults] == [problem]
    assert drawn() == 0
    assert not GuaranteeDebit.objects.exists()
    assert state_of(owed.id) is State.ACCEPTED


def test_a_guarantee_serves_only_the_enterprise_that_gave_it(owed: Owed) -> None:
    guarantee(owed.trader_id)
    stranger = Debit("G-1", owed.trader_id + 1, new_id(), Decimal(1))

    with transaction.atomic():
        refused, _written = commands.draw([stranger], now=NOW)

    assert [fault.problem for fault in refused.values()] == [problems.GUARANTEE_UNKNOWN]


def test_what_is_secured_is_not_secured_again(owed: Owed) -> None:
    secure(owed, guarantee(owed.trader_id))

    with pytest.raises(ProblemError) as refusal:
        secure(owed)

    assert [fault.problem for fault in refusal.value.faults] == [problems.ALREADY_SECURED]
    assert drawn() == TOTAL


def test_a_late_declaration_fee_is_paid_not_secured(trader: int) -> None:
    late = owing(trader, sound(), coming=Coming(NOW.date() - timedelta(days=30)))
    guarantee(trader)

    with pytest.raises(ProblemError) as refusal:
        secure(late)

    assert [fault.problem for fault in refusal.value.faults] == [problems.FEE_NOT_SECURED]


def test_debits_of_a_batch_are_drawn_in_order_until_the_limit(trader: int) -> None:
    number = guarantee(trader, TOTAL * 2)
    debits = [
        Debit(number, trader, Assessment.objects.get(declaration=owing(trader).id).id, TOTAL)
        for _ in range(3)
    ]

    with transaction.atomic():
        refused, _written = commands.draw(debits, now=NOW)

    assert list(refused) == debits[2:]
    assert drawn() == TOTAL * 2


def test_registering_a_guarantee_again_changes_nothing(trader: int) -> None:
    guarantee(trader)
    guarantee(trader)

    with pytest.raises(ProblemError) as refusal:
        guarantee(trader, Decimal(5))

    assert [fault.problem for fault in refusal.value.faults] == [problems.GUARANTEE_REGISTERED]
    assert queries.guarantees_of(trader, day=NOW.date()) == (
        GuaranteeRow(
            "G-1", trader, Decimal(1_000_000), Decimal(0), date(2026, 1, 1), date(2027, 1, 1)
        ),
    )


def test_the_table_itself_refuses_an_overdraft(trader: int) -> None:
    guarantee(trader)

    with pytest.raises(IntegrityError, match="guarantee_not_overdrawn"), transaction.atomic():
        Guarantee.objects.update(drawn_cny=1_000_001)


@pytest.mark.django_db(transaction=True)
def test_a_hundred_parallel_uses_never_overdraw_a_guarantee() -> None:
    trader = cases.trader()
    waiting = [owing(trader) for _ in range(PARALLEL)]
    guarantee(trader, TOTAL * 37 + 1)

    def use(owed: Owed) -> bool:
        try:
            secure(owed)
        except ProblemError as error:
            return error.faults[0].problem is not problems.GUARANTEE_TOO_SMALL
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(use, waiting))

    assert sum(taken) == 37
    assert drawn() == TOTAL * 37
    assert GuaranteeDebit.objects.count() == 37
    released = [owed for owed in waiting if state_of(owed.id) is State.RELEASED]
    assert len(released) == 37
