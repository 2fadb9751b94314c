"""Who attends an examination: the enterprise's person, or the keeper of the goods as witness."""

from datetime import datetime
from typing import Final

from django.db import transaction

from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance.problems import NOT_FOUND
from tongguan.domain.clearance.values import HoldRow
from tongguan.domain.inspection import problems, queries, versions
from tongguan.domain.inspection.commands import clock
from tongguan.domain.inspection.holding import (
    holder,
    open_inspection,
    require_goods,
    require_missing,
    witnesses,
)
from tongguan.domain.inspection.models import Appointment, Attendance, DeclaredAbsence
from tongguan.domain.inspection.sealed import ABSENCE, APPOINTMENT, ATTENDANCE
from tongguan.domain.inspection.values import BEFOREHAND, AbsenceGround, Part
from tongguan.domain.reference.queries import snapshot
from tongguan.facilities.accounts.rules.duties import require, require_person
from tongguan.facilities.accounts.values import DECLARANTS, Actor, Role
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.sealed import Rows, changed
from tongguan.kernel.identifiers import DeclarationId, HoldId
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import LOCAL

REFUSED_MOST: Final = 200


@transaction.atomic(durable=True)
def declare_absence(
    *,
    declaration_id: DeclarationId,
    hold_id: HoldId,
    ground: str,
    words: str,
    by: Actor,
    now: datetime,
) -> None:
    """Say for the enterprise that nobody of it comes: it delegates somebody, or waives.

    Source: announcement 24/2020.

    Raises:
        ProblemError: ACC-001 no enterprise, CLR-001 another's, CLR-002 not open, INS-009 begun
            already; INS-012 no such ground and INS-036 no words, both at once.
    """
    require(by, *DECLARANTS)
    clearance.lock_own(declaration_id, by=by)
    open_inspection(declaration_id, hold_id)
    _require_not_begun(hold_id)
    faults = []
    if ground not in {str(one) for one in BEFOREHAND}:
        faults.append(problems.ABSENCE_UNKNOWN.at("#/ground", ground=ground or "—"))
    if not words.strip():
        faults.append(problems.NO_WORDS.at("#/words"))
    if faults:
        raise ProblemError(*faults)
    facts = {"ground": ground, "words": words.strip(), "declared_by": by.name, "declared_at": now}
    DeclaredAbsence.objects.update_or_create(
        hold=hold_id, defaults={"declaration_id": declaration_id, **facts}
    )
    wrote = [changed(ABSENCE, hold_id, **facts)]
    said = {"ground": ground, "words": words.strip()}
    record("ABSENCE_DECLARED", declaration_id, by=by, at=now, wrote=wrote, **said)


@transaction.atomic(durable=True)
def agree_early(
    *, declaration_id: DeclarationId, hold_id: HoldId, by: Actor, now: datetime
) -> None:
    """Agree for the enterprise that its examination begins before the appointed time.

    Another appointment is agreed to anew.

    Raises:
        ProblemError: ACC-001 no enterprise, ACC-014 no person, CLR-001 another's, CLR-002 not
            open, INS-009 begun already, INS-041 no appointment.
    """
    require(by, *DECLARANTS)
    require_person(by)
    clearance.lock_own(declaration_id, by=by)
    open_inspection(declaration_id, hold_id)
    _require_not_begun(hold_id)
    facts = {"agreed_by": by.name, "agreed_at": now}
    if not Appointment.objects.filter(pk=hold_id).update(**facts):
        raise problems.NOT_APPOINTED.error()
    wrote = [changed(APPOINTMENT, hold_id, **facts)]
    record("EARLY_AGREED", declaration_id, by=by, at=now, wrote=wrote)


@transaction.atomic(durable=True)
def note_attending(
    *, declaration_id: DeclarationId, hold_id: HoldId, name: str, by: Actor, now: datetime
) -> None:
    """Record who came for the enterprise. Again corrects it, until unpacking begins.

    Raises:
        ProblemError: what `holder` refuses; CLR-001, INS-002 no name, INS-009 begun already,
            INS-010 the goods are not here.
    """
    clearance.lock(declaration_id)
    hold = holder(declaration_id, hold_id, by)
    require_goods(hold)
    if not name.strip():
        raise ProblemError(problems.NO_WITNESS.at("#/witness"))
    wrote = [_note(hold, witness=name.strip(), absence="", by=by, now=now)]
    record("WITNESS_ARRIVED", declaration_id, by=by, at=now, wrote=wrote, witness=name.strip())


@transaction.atomic(durable=True)
def note_absence(
    *, declaration_id: DeclarationId, hold_id: HoldId, ground: str, by: Actor, now: datetime
) -> None:
    """Record on what ground nobody of the enterprise attends; the keeper then attends as witness.

    The officer's word alone is no ground: the enterprise said so beforehand, or it was told in
    time and did not come. The keeper of the goods confirms it by attending himself.

    Source: announcement 24/2020; Order 138, art. 12.

    Raises:
        ProblemError: what `holder` refuses; CLR-001, INS-009 begun already, INS-010 the goods are
            not here, INS-012 no such ground, INS-013 the enterprise did not say so, INS-014 no
            notice in time.
    """
    clearance.lock(declaration_id)
    hold = holder(declaration_id, hold_id, by)
    require_goods(hold)
    if ground not in {str(one) for one in AbsenceGround}:
        raise ProblemError(problems.ABSENCE_UNKNOWN.at("#/absence", ground=ground or "—"))
    wanted = AbsenceGround(ground)
    if wanted in BEFOREHAND:
        declared = queries.absences([hold_id]).get(hold_id)
        if declared is None or declared.ground is not wanted:
            raise ProblemError(problems.NOT_DECLARED.at("#/absence"))
    else:
        _require_notice(hold_id, now)
    wrote = [_note(hold, witness="", absence=ground, by=by, now=now)]
    record("WITNESS_ABSENT", declaration_id, by=by, at=now, wrote=wrote, absence=ground)


@transaction.atomic(durable=True)
def attend_as_keeper(
    *, declaration_id: DeclarationId, hold_id: HoldId, by: Actor, now: datetime
) -> None:
    """Confirm, as the keeper of the goods, that one attends as witness; again changes nothing.

    Raises:
        ProblemError: ACC-001 no site operator, ACC-014 no person, CLR-001 none at his site, CLR-002
            not open, INS-027 an attending person is there, or nobody said that none comes.
    """
    require(by, Role.SITE_OPERATOR)
    require_person(by)
    clearance.lock(declaration_id)
    hold = open_inspection(declaration_id, hold_id)
    if not witnesses(by, hold):
        raise NOT_FOUND.error(declaration_id=declaration_id)
    attended = Attendance.objects.filter(pk=hold_id).first()
    if attended is None or attended.witness:
        raise problems.NOT_ASKED_TO_SIGN.error(parts=attended.witness if attended else "—")
    if attended.keeper:
        return
    attended.keeper, attended.keeper_at = by.name, now
    attended.save(update_fields=["keeper", "keeper_at"])
    wrote, absence = [changed(ATTENDANCE, hold_id, keeper=by.name, keeper_at=now)], attended.absence
    record("KEEPER_ATTENDS", declaration_id, by=by, at=now, wrote=wrote, absence=absence)


@transaction.atomic(durable=True)
def note_refusal(
    *, declaration_id: DeclarationId, hold_id: HoldId, words: str, by: Actor, now: datetime
) -> None:
    """Note in the record that the attending person refuses to sign; the keeper then signs.

    The refusal is about the record as it stands: it is a new version, which all sign, and another
    version asks the attending person anew.

    Source: Order 138, art. 10.

    Raises:
        ProblemError: what `holder` refuses; CLR-001, INS-016 no record prepared, INS-027 nobody
            waits for his signature, INS-036 no words.
    """
    clearance.lock(declaration_id)
    holder(declaration_id, hold_id, by)
    require_missing(versions.current(hold_id), Part.ATTENDING)
    if not words.strip():
        raise ProblemError(problems.NO_WORDS.at("#/words"))
    said = words.strip()[:REFUSED_MOST]
    wrote = versions.renew(hold_id, refused=said, by=by, now=now)
    record("SIGNATURE_REFUSED", declaration_id, by=by, at=now, wrote=wrote, words=said)


def _note(hold: HoldRow, *, witness: str, absence: str, by: Actor, now: datetime) -> Rows:
    """Keep who attends, or why nobody does; return what was written."""
    _require_not_begun(hold.id)
    facts = {"witness": witness, "absence": absence, "noted_at": now, "noted_by": by.name}
    Attendance.objects.update_or_create(
        hold=hold.id,
        defaults={"declaration_id": hold.declaration_id, "keeper": "", "keeper_at": None, **facts},
    )
    return changed(ATTENDANCE, hold.id, keeper="", keeper_at=None, **facts)


def _require_not_begun(hold_id: HoldId) -> None:
    began = Attendance.objects.filter(pk=hold_id).values_list("started_at", flat=True).first()
    if began is not None:
        raise problems.STARTED.error(at=clock(began))


def _require_notice(hold_id: HoldId, now: datetime) -> None:
    kept = queries.appointments([hold_id]).get(hold_id)
    if kept is not None and queries.notice(kept.at, kept.told_at) and kept.at <= now:
        return
    day = now.astimezone(LOCAL).date()
    hours = snapshot().parameters.whole("inspection_notice_hours", day)
    told = "" if kept is None else f"{clock(kept.told_at)} → {clock(kept.at)}"
    raise ProblemError(problems.NOTICE_SHORT.at("#/absence", hours=hours, told=told))
