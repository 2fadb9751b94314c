"""Appointing and recording inspections."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from msgspec import to_builtins

from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance import queries as holds
from tongguan.domain.clearance.lifecycle import HoldKind, Why
from tongguan.domain.clearance.problems import NOT_HELD
from tongguan.domain.clearance.values import HoldRow, NewHold
from tongguan.domain.inspection import events, problems, queries
from tongguan.domain.inspection.models import Appointment, InspectionRecord
from tongguan.domain.inspection.values import Finding, Signed
from tongguan.domain.risk.commands import record_outcome
from tongguan.domain.risk.queries import selection_of
from tongguan.facilities.accounts.rules.duties import require
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.announcements.commands import announce
from tongguan.facilities.ledger.commands import record
from tongguan.kernel.identifiers import DeclarationId, HoldId
from tongguan.kernel.problems import ProblemError


@transaction.atomic(durable=True)
def appoint(
    *,
    declaration_id: DeclarationId,
    hold_id: HoldId,
    at: datetime,
    place: str,
    by: Actor,
    now: datetime,
) -> None:
    """Set when and where an inspection is held, and tell the enterprise; again moves it.

    Raises:
        ProblemError: ACC-001, CLR-001, CLR-002 not open, INS-004 in the past.
    """
    require(by, Role.INSPECTOR)
    clearance.lock(declaration_id)
    _open(declaration_id, hold_id)
    if at < now:
        raise problems.IN_THE_PAST.error(at=at)
    facts = {"at": at, "place": place, "told_at": now, "told_by": by.name}
    Appointment.objects.update_or_create(
        hold=hold_id, defaults={"declaration_id": declaration_id, **facts}
    )
    when = at.isoformat()
    record("INSPECTION_APPOINTED", declaration_id, by=by, at=now, when=when, place=place)
    announce([events.InspectionAppointed(declaration_id, now, str(hold_id), when, place)])


@transaction.atomic(durable=True)
def sign_record(
    *,
    declaration_id: DeclarationId,
    hold_id: HoldId,
    signed: Signed,
    by: Actor,
    now: datetime,
) -> None:
    """Take the signed record. As declared: the hold ends. With a finding, a case goes on.

    Where officers were drawn for it, those sign.

    Source: Order 138: two officers; the declarant attends as witness.

    Raises:
        ProblemError: ACC-001, CLR-001, CLR-002 not open, INS-001 to INS-003 and INS-021 all at
            once.
    """
    require(by, Role.INSPECTOR)
    locked = clearance.lock(declaration_id)
    hold = _open(declaration_id, hold_id)
    faults = []
    first, second = (name.strip() for name in signed.officers)
    if not first or not second or first == second:
        told = ", ".join(name for name in (first, second) if name)
        faults.append(problems.TWO_OFFICERS.at("#/officers", officers=told or "—"))
    drawn = queries.draws([hold_id]).get(hold_id)
    if drawn is not None and {first, second} != set(drawn.officers):
        told = ", ".join(drawn.officers)
        faults.append(problems.NOT_THOSE_DRAWN.at("#/officers", officers=told))
    if not signed.witness.strip():
        faults.append(problems.NO_WITNESS.at("#/witness"))
    if not signed.result.strip():
        faults.append(problems.NO_RESULT.at("#/result"))
    if faults:
        raise ProblemError(*faults)
    finding = Finding(signed.finding)
    InspectionRecord.objects.create(
        hold=hold_id,
        declaration_id=declaration_id,
        office=hold.office,
        content=to_builtins(signed),
        finding=str(finding),
        signed_by=by.name,
        signed_at=now,
    )
    selection = selection_of(declaration_id)
    record_outcome(
        declaration_id=declaration_id,
        treatment=(selection.treatment if selection is not None else "") or "sample",
        finding=str(finding),
        office=hold.office,
        by=by,
        now=now,
        officers=(first, second),
    )
    chosen = "undrawn" if drawn is None else "replaced" if drawn.why else "drawn"
    facts = {"finding": str(finding), "officers": f"{first} {second}", "chosen": chosen}
    record("INSPECTION_RECORDED", declaration_id, by=by, at=now, witness=signed.witness, **facts)
    announce([events.InspectionRecorded(declaration_id, now, str(hold_id), str(finding))])
    if finding is not Finding.NONE:
        words = {"finding": signed.result.strip()}
        case = NewHold(declaration_id, HoldKind.CASE, hold.office, Why.FINDING, words, now)
        clearance.open_hold(locked, case, by=by, now=now)
    clearance.discharge(locked, hold_id, by=by, now=now)


def _open(declaration_id: DeclarationId, hold_id: UUID) -> HoldRow:
    for row in holds.open_holds([declaration_id], HoldKind.INSPECTION):
        if row.id == hold_id:
            return row
    raise NOT_HELD.error(hold_id=hold_id)
