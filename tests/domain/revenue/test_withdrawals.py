"""Withdrawing what payment rests on: from then on it serves nobody, and what it did stays."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Final

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import IntegrityError, connection, transaction

from tests.domain.revenue import cases
from tests.domain.revenue.cases import (
    BANK,
    KEY,
    NOW,
    TOTAL,
    Owed,
    guarantee,
    owing,
    pay,
    receipt,
    secure,
)
from tests.patience import PATIENCE_SECONDS, waiting_for_this
from tongguan.domain.clearance.lifecycle import State
from tongguan.domain.clearance.queries import state_of
from tongguan.domain.revenue import problems, queries, registers
from tongguan.domain.revenue.models import Bank, Guarantee, GuaranteeDebit, Payment
from tongguan.domain.revenue.rules.receipts import genuine
from tongguan.facilities.accounts.problems import NOT_POSTED
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role
from tongguan.facilities.ledger.models import Entry
from tongguan.kernel.problems import Problem, ProblemError

NEW_KEY: Final = Ed25519PrivateKey.from_private_bytes(b"the key that came after the leak")


def withdraw_bank(by: Actor = SYSTEM) -> None:
    registers.withdraw_bank(name=BANK, by=by, now=NOW)


def problems_of(error: pytest.ExceptionInfo[ProblemError]) -> list[Problem]:
    return [fault.problem for fault in error.value.faults]


@pytest.mark.usefixtures("bank")
def test_what_a_withdrawn_bank_signs_is_refused_and_what_it_confirmed_stays(owed: Owed) -> None:
    pay(owed)
    other = owing(owed.trader_id)

    withdraw_bank()

    with pytest.raises(ProblemError) as refusal:
        pay(other, receipt(other, reference="TX-2"))
    assert problems_of(refusal) == [problems.BANK_WITHDRAWN]
    assert state_of(owed.id) is State.RELEASED
    assert state_of(other.id) is State.ACCEPTED
    assert Payment.objects.count() == 1
    told = Entry.objects.get(kind="BANK_WITHDRAWN").facts
    public = bytes(Bank.objects.get().public_key).hex()
    assert (told["bank"], told["public_key"]) == (BANK, public)


@pytest.mark.usefixtures("bank")
def test_a_bank_comes_back_with_another_key_and_each_receipt_keeps_its_own(owed: Owed) -> None:
    pay(owed)
    other = owing(owed.trader_id)
    withdraw_bank()

    cases.register_bank(key=NEW_KEY)

    with pytest.raises(ProblemError) as old_key:
        pay(other, receipt(other, reference="TX-2"))
    with pytest.raises(ProblemError) as old_number:
        pay(other, receipt(other, key=NEW_KEY))
    pay(other, receipt(other, reference="TX-2", key=NEW_KEY))
    assert problems_of(old_key) == [problems.SIGNATURE_WRONG]
    assert problems_of(old_number) == [problems.RECEIPT_USED]
    first, second = Payment.objects.order_by("id").select_related("bank")
    assert genuine(receipt(owed), owed.number, bytes(first.bank.public_key))
    again = receipt(other, reference="TX-2", key=NEW_KEY)
    assert genuine(again, other.number, bytes(second.bank.public_key))
    assert (bytes(first.signature), bytes(second.signature)) == (
        receipt(owed).signature,
        again.signature,
    )
    assert [(one.name, one.withdrawn_at) for one in queries.banks()] == [(BANK, NOW), (BANK, None)]


@pytest.mark.usefixtures("bank")
def test_a_key_that_was_withdrawn_is_never_believed_again_under_any_name() -> None:
    withdraw_bank()

    with pytest.raises(ProblemError) as same_name:
        cases.register_bank()
    with pytest.raises(ProblemError) as other_name:
        cases.register_bank("Other Bank", KEY)

    assert problems_of(same_name) == problems_of(other_name) == [problems.KEY_WITHDRAWN]
    assert Bank.objects.count() == 1


@pytest.mark.usefixtures("bank")
def test_a_bank_is_withdrawn_once_by_an_administrator() -> None:
    revenue = Actor("revenue", "", roles=frozenset({Role.REVENUE}))

    with pytest.raises(ProblemError) as colleague:
        withdraw_bank(by=revenue)
    withdraw_bank()
    with pytest.raises(ProblemError) as again:
        withdraw_bank()

    assert problems_of(colleague) == [NOT_POSTED]
    assert problems_of(again) == [problems.NO_BANK]
    assert Entry.objects.filter(kind="BANK_WITHDRAWN").count() == 1


@pytest.mark.usefixtures("bank")
def test_the_table_itself_refuses_a_second_key_that_is_believed() -> None:
    with pytest.raises(IntegrityError, match="bank_one_key"), transaction.atomic():
        Bank.objects.create(name=BANK, public_key=bytes(32), registered_at=NOW)


@pytest.mark.django_db(transaction=True)
def test_a_receipt_that_meets_its_banks_withdrawal_waits_for_it_and_is_refused() -> None:
    owed = owing(cases.trader())
    cases.register_bank()
    begun = Event()

    def meet() -> list[Problem]:
        begun.set()
        try:
            pay(owed)
        except ProblemError as error:
            return [fault.problem for fault in error.faults]
        finally:
            connection.close()
        return []

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Bank.objects.update(withdrawn_at=NOW)
            met = pool.submit(meet)
            assert begun.wait(PATIENCE_SECONDS)
            assert waiting_for_this(1)
        found = met.result(PATIENCE_SECONDS)

    assert found == [problems.BANK_WITHDRAWN]
    assert state_of(owed.id) is State.ACCEPTED
    assert owed.total == TOTAL


def test_nothing_more_is_drawn_on_a_withdrawn_guarantee_and_what_is_drawn_stays(
    owed: Owed, bank: str
) -> None:
    number = guarantee(owed.trader_id)
    secure(owed, number)
    other = owing(owed.trader_id)

    registers.withdraw_guarantee(number=number, by=SYSTEM, now=NOW)

    with pytest.raises(ProblemError) as refusal:
        secure(other, number)
    with pytest.raises(ProblemError) as registered_again:
        guarantee(owed.trader_id)
    [held] = queries.all_guarantees()
    assert problems_of(refusal) == [problems.GUARANTEE_WITHDRAWN]
    assert problems_of(registered_again) == [problems.GUARANTEE_WITHDRAWN]
    assert (held.drawn_cny, held.withdrawn_at) == (TOTAL, NOW)
    assert queries.guarantees_of(owed.trader_id, day=NOW.date()) == ()
    assert queries.all_guarantees(usable_on=NOW.date()) == ()
    assert state_of(owed.id) is State.RELEASED
    assert state_of(other.id) is State.ACCEPTED
    assert Entry.objects.get(kind="GUARANTEE_WITHDRAWN").facts["drawn"] == str(TOTAL)
    pay(owed)
    assert GuaranteeDebit.objects.get().credited_at == NOW
    assert Guarantee.objects.get().drawn_cny == 0
    assert bank == BANK


def test_a_guarantee_is_withdrawn_once_by_whose_duty_it_is(trader: int) -> None:
    number = guarantee(trader)
    somebody = Actor("somebody", "", roles=frozenset({Role.TRADER, Role.REVIEWER}))

    with pytest.raises(ProblemError) as stranger:
        registers.withdraw_guarantee(number=number, by=somebody, now=NOW)
    registers.withdraw_guarantee(number=number, by=SYSTEM, now=NOW)
    with pytest.raises(ProblemError) as again:
        registers.withdraw_guarantee(number=number, by=SYSTEM, now=NOW)

    assert problems_of(stranger) == [NOT_POSTED]
    assert problems_of(again) == [problems.NO_GUARANTEE]
    assert Entry.objects.filter(kind="GUARANTEE_WITHDRAWN").count() == 1


def test_all_guarantees_are_listed_page_by_page(trader: int) -> None:
    for number in ("G-1", "G-2", "G-3"):
        guarantee(trader, number=number)

    first = queries.all_guarantees(limit=2)
    rest = queries.all_guarantees(after=first[-1].number, limit=2)

    assert [one.number for one in (*first, *rest)] == ["G-1", "G-2", "G-3"]
