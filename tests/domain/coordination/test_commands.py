"""Stopping one declaration by hand, and two officers who let it go on."""

from collections.abc import Callable

import pytest
from django.db import transaction

from tests.interfaces.scene import declared, lodged, open_kinds, play
from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance.lifecycle import HoldKind, State
from tongguan.domain.clearance.queries import holds_of, state_of
from tongguan.domain.coordination.commands import lift, stop
from tongguan.domain.coordination.queries import instructions_of
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role
from tongguan.facilities.ledger.queries import entries
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import utc_now

pytestmark = pytest.mark.django_db(transaction=True)


def officer(name: str, *offices: str) -> Actor:
    roles = frozenset({Role.COORDINATOR})
    return Actor(name, name, len(name), roles=roles, offices=frozenset(offices or ("0128", "0202")))


@pytest.fixture
def waiting() -> DeclarationId:
    """A declaration that something holds already."""
    play()
    return lodged(declared())


def refused(act: Callable[[], object]) -> list[str]:
    with pytest.raises(ProblemError) as refusal:
        act()
    return [fault.problem.code for fault in refusal.value.faults]


def test_a_stopped_declaration_waits_for_the_instruction_when_nothing_else_holds_it(
    waiting: DeclarationId,
) -> None:
    stop(declaration_id=waiting, reason="recalled toys", by=officer("first"), now=utc_now())

    end_all_but(waiting, HoldKind.INSTRUCTION)

    assert state_of(waiting) is State.ACCEPTED
    [hold] = [row for row in holds_of(waiting) if row.ended_at is None]
    assert (hold.kind, hold.facts) == (HoldKind.INSTRUCTION, {"reason": "recalled toys"})


def test_two_officers_lift_an_instruction_and_the_goods_are_released(
    waiting: DeclarationId,
) -> None:
    stop(declaration_id=waiting, reason="recalled toys", by=officer("first"), now=utc_now())
    end_all_but(waiting, HoldKind.INSTRUCTION)

    asked = lift(declaration_id=waiting, words="tested", by=officer("first"), now=utc_now())
    still = state_of(waiting)
    lifted = lift(declaration_id=waiting, words="", by=officer("second"), now=utc_now())

    assert (asked, still, lifted) == (False, State.ACCEPTED, True)
    assert state_of(waiting) is State.RELEASED
    [row] = instructions_of(waiting)
    assert (row.lift_asked_by, row.lifted_by, row.lift_words) == ("first", "second", "tested")
    kinds = [entry.kind for entry in entries(waiting)]
    assert kinds[-3:] == ["INSTRUCTION_LIFTED", "HOLD_DISCHARGED", "RELEASED"]


def test_one_officer_alone_does_not_lift_an_instruction(waiting: DeclarationId) -> None:
    stop(declaration_id=waiting, reason="recalled toys", by=officer("first"), now=utc_now())
    lift(declaration_id=waiting, words="tested", by=officer("second"), now=utc_now())

    again = refused(
        lambda: lift(declaration_id=waiting, words="x", by=officer("second"), now=utc_now())
    )

    assert again == ["COO-003"]
    assert HoldKind.INSTRUCTION in open_kinds(waiting)


def test_who_may_not_stop_is_told_why(waiting: DeclarationId) -> None:
    reviewer = Actor("r", "r", roles=frozenset({Role.REVIEWER}), offices=frozenset({"0128"}))
    far = officer("far", "0421")
    stops = {
        "ACC-001": (reviewer, "x"),
        "CLR-001": (far, "x"),
        "COO-001": (officer("first"), " "),
    }

    told = {
        code: refused(
            lambda by=by, reason=reason: stop(  # type: ignore[misc]
                declaration_id=waiting, reason=reason, by=by, now=utc_now()
            )
        )
        for code, (by, reason) in stops.items()
    }

    assert told == {code: [code] for code in stops}
    assert instructions_of(waiting) == ()


def test_a_declaration_is_stopped_once_and_never_after_its_release(
    waiting: DeclarationId,
) -> None:
    stop(declaration_id=waiting, reason="recalled toys", by=officer("first"), now=utc_now())

    twice = refused(
        lambda: stop(declaration_id=waiting, reason="y", by=officer("second"), now=utc_now())
    )
    end_all_but(waiting)
    late = refused(
        lambda: (
            lift(declaration_id=waiting, words="z", by=officer("first"), now=utc_now())
            or lift(declaration_id=waiting, words="z", by=officer("second"), now=utc_now())
        )
    )

    assert twice == ["COO-002"]
    assert late == ["CLR-002"]
    assert state_of(waiting) is State.RELEASED


def end_all_but(id_: DeclarationId, *kept: HoldKind) -> None:
    """End what holds a declaration, as if whom it concerns had."""
    with transaction.atomic():
        locked = clearance.lock(id_)
        for row in holds_of(id_):
            if row.ended_at is None and row.kind not in kept:
                clearance.discharge(locked, row.id, by=SYSTEM, now=utc_now())
