"""Paying: what a bank confirms under its signature ends the PAYMENT hold."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import IntegrityError, connection, transaction

from tests.domain.revenue import cases
from tests.domain.revenue.cases import NOW, TOTAL, Owed, owing, pay, receipt, register_bank
from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance.lifecycle import Act, State
from tongguan.domain.clearance.queries import state_of
from tongguan.domain.revenue import commands, problems, queries, registers
from tongguan.domain.revenue.models import Assessment, Bank, Payment
from tongguan.facilities.accounts.problems import NOT_POSTED
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role
from tongguan.facilities.announcements.models import Announcement
from tongguan.facilities.ledger.models import Entry
from tongguan.kernel.identifiers import DeclarationId, new_id
from tongguan.kernel.money import Money
from tongguan.kernel.problems import Problem, ProblemError

LATE = datetime(2026, 12, 17, 1, 0, tzinfo=UTC)
"""Ten days after the due date."""
pytestmark = pytest.mark.usefixtures("bank")


def refused(problem: Problem, error: pytest.ExceptionInfo[ProblemError]) -> bool:
    [fault] = error.value.faults
    return fault.problem is problem


def test_paying_ends_the_last_hold_and_releases_the_goods(owed: Owed) -> None:
    pay(owed)

    assert state_of(owed.id) is State.RELEASED
    kinds = Entry.objects.filter(chain=owed.id).order_by("number").values_list("kind", flat=True)
    assert list(kinds) == ["PAYMENT_RECORDED", "HOLD_DISCHARGED", "RELEASED"]
    told = Announcement.objects.filter(subject=owed.id).order_by("id")
    assert list(told.values_list("kind", flat=True)) == ["TaxesPaid", "HoldDischarged", "Released"]
    assert Assessment.objects.get(declaration=owed.id).paid_at == NOW


def test_the_same_receipt_again_changes_nothing(owed: Owed) -> None:
    pay(owed)
    entries = Entry.objects.count()

    pay(owed)

    assert Entry.objects.count() == entries
    assert Payment.objects.count() == 1


@pytest.mark.parametrize("amount", [TOTAL - Decimal("0.01"), TOTAL + Decimal("0.01")])
def test_a_payment_one_fen_off_is_refused_and_leaves_nothing(owed: Owed, amount: Decimal) -> None:
    with pytest.raises(ProblemError) as refusal:
        pay(owed, receipt(owed, amount=amount))

    [fault] = refusal.value.faults
    assert fault == problems.OTHER_AMOUNT.at("", owed=Money(TOTAL), paid=Money(amount))
    assert not Payment.objects.exists()
    assert not Entry.objects.filter(chain=owed.id).exists()
    assert state_of(owed.id) is State.ACCEPTED


def test_a_late_payment_includes_the_surcharge_of_the_banks_day(owed: Owed) -> None:
    with_surcharge = TOTAL + Decimal("521.41")

    with pytest.raises(ProblemError) as refusal:
        pay(owed, receipt(owed, paid_at=LATE), now=LATE)
    pay(owed, receipt(owed, amount=with_surcharge, paid_at=LATE), now=LATE)

    [fault] = refusal.value.faults
    assert fault.facts["owed"] == Money(with_surcharge)
    assert Payment.objects.get().surcharge == Decimal("521.41")
    assert state_of(owed.id) is State.RELEASED


@pytest.mark.parametrize(("at", "expected"), [(NOW, TOTAL), (LATE, TOTAL + Decimal("521.41"))])
def test_what_is_due_depends_on_the_day(owed: Owed, at: datetime, expected: Decimal) -> None:
    assert commands.amount_due(owed.id, at=at) == Money(expected)


def test_the_banks_day_counts_not_the_day_of_the_message(owed: Owed) -> None:
    pay(owed, receipt(owed, paid_at=NOW), now=LATE)

    assert Payment.objects.get().surcharge == 0


def test_a_receipt_is_good_for_one_declaration_only(owed: Owed) -> None:
    other = owing(owed.trader_id)

    with pytest.raises(ProblemError) as refusal:
        pay(other, receipt(owed))

    assert refused(problems.SIGNATURE_WRONG, refusal)
    assert state_of(other.id) is State.ACCEPTED


def test_a_receipt_signed_with_another_key_is_refused(owed: Owed) -> None:
    forged = receipt(owed, key=Ed25519PrivateKey.generate())

    with pytest.raises(ProblemError) as refusal:
        pay(owed, forged)

    assert refused(problems.SIGNATURE_WRONG, refusal)


def test_a_receipt_of_a_bank_nobody_registered_is_refused(owed: Owed) -> None:
    Bank.objects.all().delete()

    with pytest.raises(ProblemError) as refusal:
        pay(owed)

    assert refused(problems.BANK_UNKNOWN, refusal)


def test_a_banks_number_is_used_for_one_payment(owed: Owed) -> None:
    pay(owed)

    with pytest.raises(ProblemError) as refusal:
        pay(owed, receipt(owed, amount=Decimal(1)))

    assert refused(problems.RECEIPT_USED, refusal)


@pytest.mark.django_db(transaction=True)
def test_one_number_of_a_bank_sent_for_thirty_declarations_at_once_pays_one_of_them() -> None:
    trader = cases.trader()
    waiting = [owing(trader) for _ in range(30)]

    def told(owed: Owed) -> str:
        try:
            pay(owed)
        except ProblemError as error:
            return error.faults[0].problem.code
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(8) as pool:
        answers = sorted(pool.map(told, waiting))

    assert answers == ["", *[problems.RECEIPT_USED.code] * 29]
    assert Payment.objects.count() == 1
    assert [state_of(owed.id) for owed in waiting].count(State.RELEASED) == 1


def test_what_is_paid_is_not_paid_again(owed: Owed) -> None:
    pay(owed)

    with pytest.raises(ProblemError) as refusal:
        pay(owed, receipt(owed, reference="TX-2"))

    assert refused(problems.NOTHING_OWED, refusal)


def test_nobody_pays_for_a_declaration_that_is_not_there(owed: Owed) -> None:
    nowhere = Owed(DeclarationId(new_id()), owed.number, owed.hold, owed.total, owed.trader_id)

    with pytest.raises(ProblemError) as refusal:
        pay(nowhere)

    assert [fault.problem.code for fault in refusal.value.faults] == ["CLR-001"]


def test_a_bank_is_registered_once_with_one_key(db: None) -> None:
    register_bank()

    with pytest.raises(ProblemError) as other_key:
        register_bank(key=Ed25519PrivateKey.generate())
    with pytest.raises(ProblemError) as no_key:
        registers.register_bank(name="Other", public_key=b"short", by=SYSTEM, now=NOW)

    assert refused(problems.BANK_REGISTERED, other_key)
    assert refused(problems.KEY_UNREADABLE, no_key)
    assert Bank.objects.count() == 1


def test_paying_what_no_hold_waits_for_is_recorded_alone(owed: Owed) -> None:
    Assessment.objects.update(hold_id=None)

    pay(owed)

    assert Payment.objects.count() == 1
    assert state_of(owed.id) is State.ACCEPTED


def test_rows_say_what_they_are(owed: Owed) -> None:
    pay(owed)

    assert str(Assessment.objects.get()) == f"{owed.id} v1: {TOTAL} CNY"
    assert str(Payment.objects.get()) == f"TX-1: {TOTAL}"
    assert str(Bank.objects.get()) == "Example Bank"


def test_an_assessment_that_does_not_add_up_cannot_be_kept(owed: Owed) -> None:
    found = Assessment.objects.filter(declaration=owed.id)

    with pytest.raises(IntegrityError, match="assessment_adds_up"), transaction.atomic():
        found.update(total=1)


def test_what_was_kept_reads_as_it_was_assessed(owed: Owed) -> None:
    kept = queries.assessment_of(owed.id)

    assert kept is not None
    assert kept.payable == TOTAL
    assert queries.assessment_of(DeclarationId(new_id())) is None


@pytest.mark.usefixtures("bank")
@pytest.mark.parametrize("act", [Act.CANCEL, Act.REFUSE])
def test_for_a_declaration_that_is_no_more_nothing_is_owed_nor_taken(owed: Owed, act: Act) -> None:
    viewer = Actor(
        "o", "o", offices=frozenset({"0128"}), enterprise_ids=frozenset({owed.trader_id})
    )
    with transaction.atomic():
        clearance.move(clearance.lock(owed.id), act, by=SYSTEM, now=NOW)

    with pytest.raises(ProblemError) as error:
        pay(owed)

    assert refused(problems.NOTHING_OWED, error)
    assert queries.owed_by(viewer) == queries.waiting_for_payment(viewer) == ()
    assert queries.due_at_offices(viewer, day=NOW.date()) == ()


def test_banks_and_guarantees_are_registered_by_those_whose_duty_it_is(trader: int) -> None:
    somebody = Actor("somebody", "", roles=frozenset({Role.TRADER, Role.REVIEWER}))
    content: dict[str, Any] = {
        "valid_from": NOW.date(),
        "valid_until": LATE.date(),
        "limit_cny": TOTAL,
    }

    with pytest.raises(ProblemError) as bank:
        registers.register_bank(name="Mine", public_key=bytes(32), by=somebody, now=NOW)
    with pytest.raises(ProblemError) as guarantee:
        registers.register_guarantee(
            number="G-9", enterprise_id=trader, by=somebody, now=NOW, **content
        )

    assert refused(NOT_POSTED, bank)
    assert refused(NOT_POSTED, guarantee)
