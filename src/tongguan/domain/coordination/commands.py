"""Stopping one declaration by hand, and letting it go on."""

from datetime import datetime

from django.db import transaction

from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance.lifecycle import HoldKind, Why
from tongguan.domain.clearance.problems import NOT_FOUND, NOT_HELD
from tongguan.domain.clearance.values import NewHold
from tongguan.domain.coordination import events, problems
from tongguan.domain.coordination.models import Instruction
from tongguan.domain.coordination.sealed import INSTRUCTION
from tongguan.domain.declarations import queries as declarations
from tongguan.domain.declarations.records import DeclarationRow
from tongguan.facilities.accounts.rules.duties import require, require_person
from tongguan.facilities.accounts.two_persons import TwoPersonAct, lapsed, require_second
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.announcements.commands import announce
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.sealed import changed, made
from tongguan.kernel.identifiers import DeclarationId, HoldId


@transaction.atomic(durable=True)
def stop(*, declaration_id: DeclarationId, reason: str, by: Actor, now: datetime) -> HoldId:
    """Stop a declaration by hand; its goods wait until two officers lift the instruction.

    What is released already is not stopped: its release order is recalled.

    Raises:
        ProblemError: ACC-001 no coordinator, ACC-014 no person, CLR-001 none that he looks after,
            CLR-003 released already, COO-001 no reason, COO-002 stopped already.
    """
    require(by, Role.COORDINATOR)
    require_person(by)
    locked = clearance.lock(declaration_id)
    head = _looked_after(declaration_id, by)
    words = _words(reason)
    given = Instruction.objects.filter(declaration=declaration_id, lifted_at=None).first()
    if given is not None:
        raise problems.STOPPED_ALREADY.error(person=given.stopped_by, reason=given.reason)
    facts = {"reason": words}
    office = head.declaration_office
    hold = NewHold(declaration_id, HoldKind.INSTRUCTION, office, Why.STOPPED, facts, now)
    clearance.open_hold(locked, hold, by=by, now=now)
    kept = Instruction.objects.create(
        hold=hold.id,
        declaration_id=declaration_id,
        reason=words,
        stopped_by=by.name,
        stopped_at=now,
    )
    wrote = [made(INSTRUCTION, kept)]
    record("INSTRUCTION_GIVEN", declaration_id, by=by, at=now, wrote=wrote, reason=words)
    announce([events.Stopped(declaration_id, now, str(hold.id))])
    return hold.id


@transaction.atomic(durable=True)
def lift(*, declaration_id: DeclarationId, words: str, by: Actor, now: datetime) -> bool:
    """Lift an instruction: the first officer asks, another confirms. Return whether it is lifted.

    Where the account of who asked was withdrawn, the next officer asks anew.

    Raises:
        ProblemError: ACC-001 no coordinator, ACC-014 no person, CLR-001 none that he looks after,
            CLR-002 not stopped, COO-001 the first said no reason, COO-003 the same officer twice.
    """
    require(by, Role.COORDINATOR)
    require_person(by)
    locked = clearance.lock(declaration_id)
    _looked_after(declaration_id, by)
    given = Instruction.objects.filter(declaration=declaration_id, lifted_at=None).first()
    if given is None:
        raise NOT_HELD.error(hold_id=str(HoldKind.INSTRUCTION))
    if not given.lift_asked_by or lapsed(given.lift_asked_by):
        given.lift_words, given.lift_asked_by, given.lift_asked_at = _words(words), by.name, now
        given.save(update_fields=["lift_words", "lift_asked_by", "lift_asked_at"])
        asked = {
            "lift_words": given.lift_words,
            "lift_asked_by": by.name,
            "lift_asked_at": now,
        }
        wrote = [changed(INSTRUCTION, given.hold, **asked)]
        record("LIFTING_ASKED", declaration_id, by=by, at=now, wrote=wrote, words=given.lift_words)
        return False
    first, same = {given.lift_asked_by}, problems.SECOND_OFFICER
    require_second(TwoPersonAct.LIFT_INSTRUCTION, by, first=first, refusal=same)
    given.lifted_by, given.lifted_at = by.name, now
    given.save(update_fields=["lifted_by", "lifted_at"])
    wrote = [changed(INSTRUCTION, given.hold, lifted_by=by.name, lifted_at=now)]
    asked_by = given.lift_asked_by
    record("INSTRUCTION_LIFTED", declaration_id, by=by, at=now, wrote=wrote, asked_by=asked_by)
    announce([events.InstructionLifted(declaration_id, now, str(given.hold))])
    clearance.discharge(locked, HoldId(given.hold), by=by, now=now)
    return True


def _looked_after(declaration_id: DeclarationId, by: Actor) -> DeclarationRow:
    head = declarations.get(declaration_id, viewer=by)
    if head is None:
        raise NOT_FOUND.error(declaration_id=declaration_id)
    return head


def _words(text: str) -> str:
    if not text.strip():
        raise problems.NO_REASON.error()
    return text.strip()
