"""A corrected day of a transport: duties are computed anew, before and after release."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from tests.processes.test_coming import (
    DECEMBER,
    NOVEMBER,
    announced,
    arrive,
    declare,
    held_for,
    lodged,
    owed,
    pay,
    people,
)
from tongguan.domain.cargo.models import Manifest
from tongguan.domain.cargo.sealed import TRANSPORT
from tongguan.domain.cargo.transports import correct_transport
from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance.lifecycle import Act, HoldKind, State, Why
from tongguan.domain.clearance.queries import open_holds, state_of
from tongguan.domain.revenue.models import Assessment, Overpayment
from tongguan.domain.revenue.queries import is_settled
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.facilities.ledger.queries import entries, verify
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.problems import ProblemError
from tongguan.processes.jobs import follow
from tongguan.processes.reconciliation import reconcile

__all__ = ["people"]

pytestmark = pytest.mark.django_db(transaction=True)
EARLY = NOVEMBER - timedelta(days=20)
"""Of a transport declared then, the sample owes a late-declaration fee; of one of LATE none."""
LATE = NOVEMBER - timedelta(days=2)
WORDS = "the day of another voyage"


def correct(at: datetime, *, now: datetime = DECEMBER, reason: str = WORDS) -> None:
    """Correct the day of the transport, and let all follow."""
    correct_transport(manifest="M1", at=at, reason=reason, by=SYSTEM, now=now)
    follow(now=now)


def released(day: datetime) -> DeclarationId:
    """Return a declaration that was paid and released, its transport declared on a day."""
    announced(EARLY)
    declare(day)
    arrive(NOVEMBER)
    id_ = lodged()
    pay(id_, "TX-1", NOVEMBER)
    assert state_of(id_) is State.RELEASED
    return id_


def test_a_correction_before_release_changes_what_is_to_be_paid_and_the_earlier_day_is_kept() -> (
    None
):
    announced(EARLY)
    declare(EARLY)
    arrive(NOVEMBER)
    id_ = lodged()
    fee = owed(id_).late_fee

    correct(LATE)

    assert fee > 0
    assert owed(id_).late_fee == 0
    assert held_for(id_) == [str(owed(id_).total)]
    [kept] = [
        one
        for one in entries(Manifest.objects.get(number="M1").pk)
        if one.kind == "TRANSPORT_CORRECTED"
    ]
    assert (kept.facts["earlier"], kept.facts["reason"]) == (EARLY.isoformat(), WORDS)
    assert not verify().broken
    assert [row for row in reconcile().listed if row.table == TRANSPORT.table] == []


def test_after_release_what_was_paid_too_much_is_given_back() -> None:
    id_ = released(EARLY)
    fee = owed(id_).late_fee

    correct(LATE)

    assert Overpayment.objects.get().amount == fee > 0
    assert is_settled(id_)
    assert state_of(id_) is State.RELEASED
    assert not verify().broken


def test_after_release_what_is_missing_is_recovered_before_the_closing() -> None:
    id_ = released(LATE)
    leave(id_)

    correct(EARLY)

    [hold] = open_holds([id_], HoldKind.PAYMENT)
    fee = owed(id_).late_fee
    assert (hold.why, hold.facts["amount"]) == (Why.RECOVERY_DUE, str(fee))
    assert fee > 0
    assert state_of(id_) is State.DEPARTED
    assert pay(id_, "TX-2", DECEMBER) == fee
    assert state_of(id_) is State.CLOSED
    assert is_settled(id_)
    assert not verify().broken


def test_what_a_closed_declaration_owes_is_due_and_holds_nothing() -> None:
    id_ = released(LATE)
    leave(id_, closing=True)
    assert state_of(id_) is State.CLOSED

    correct(EARLY)

    assert held_for(id_) == []
    assert not is_settled(id_)
    assert owed(id_).due == owed(id_).late_fee > Decimal(0)
    pay(id_, "TX-2", DECEMBER)
    assert is_settled(id_)


def test_nothing_is_recovered_when_the_time_to_recover_is_over() -> None:
    id_ = released(LATE)

    correct(EARLY, now=NOVEMBER + timedelta(days=3 * 366))

    assert Assessment.objects.count() == 1
    assert is_settled(id_)
    assert [one.kind for one in entries(id_)].count("RECOVERY_BARRED") == 1


def test_a_correction_needs_a_reason_and_something_to_correct() -> None:
    announced(EARLY)
    with pytest.raises(ProblemError, match="CAR-042"):
        correct(LATE)
    declare(EARLY)
    with pytest.raises(ProblemError, match="CAR-028"):
        correct(LATE, reason=" ")
    with pytest.raises(ProblemError, match="CAR-040"):
        correct(DECEMBER + timedelta(days=1))


def leave(id_: DeclarationId, *, closing: bool = False) -> None:
    """Let the goods leave, and the declaration be closed where that is asked."""
    with transaction.atomic():
        locked = clearance.lock(id_)
        clearance.move(locked, Act.DEPART, by=SYSTEM, now=NOVEMBER)
        if closing:
            clearance.close(locked, by=SYSTEM, now=NOVEMBER)
