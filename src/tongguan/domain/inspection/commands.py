"""Appointing and recording inspections."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localtime
from msgspec import to_builtins

from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance import queries as holds
from tongguan.domain.clearance.lifecycle import HoldKind, Why
from tongguan.domain.clearance.problems import NOT_HELD
from tongguan.domain.clearance.values import HoldRow, NewHold
from tongguan.domain.inspection import events, problems, queries
from tongguan.domain.inspection.models import Appointment, Attendance, InspectionRecord
from tongguan.domain.inspection.values import DrawRow, Finding, Signed
from tongguan.domain.risk.commands import record_outcome
from tongguan.domain.risk.queries import selection_of
from tongguan.facilities.accounts.rules.duties import require, require_at
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.announcements.commands import announce
from tongguan.facilities.ledger.commands import record
from tongguan.kernel.identifiers import DeclarationId, HoldId
from tongguan.kernel.problems import Fault, ProblemError


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
        ProblemError: ACC-001, ACC-011 at another office, CLR-001, CLR-002 not open, INS-004 in the
            past and INS-007 no place, both at once.
    """
    require(by, Role.INSPECTOR)
    clearance.lock(declaration_id)
    _open(declaration_id, hold_id, by)
    faults = []
    if at < now:
        faults.append(problems.IN_THE_PAST.at("#/at", at=_clock(at)))
    if not place.strip():
        faults.append(problems.NO_PLACE.at("#/place"))
    if faults:
        raise ProblemError(*faults)
    place = place.strip()
    facts = {"at": at, "place": place, "told_at": now, "told_by": by.name}
    Appointment.objects.update_or_create(
        hold=hold_id, defaults={"declaration_id": declaration_id, **facts}
    )
    when = at.isoformat()
    record("INSPECTION_APPOINTED", declaration_id, by=by, at=now, when=when, place=place)
    announce([events.InspectionAppointed(declaration_id, now, str(hold_id), when, place)])


@transaction.atomic(durable=True)
def note_witness(
    *,
    declaration_id: DeclarationId,
    hold_id: HoldId,
    witness: str,
    absence: str = "",
    by: Actor,
    now: datetime,
) -> None:
    """Record that the witness of the enterprise came, or on what ground nobody attends.

    Again corrects it, until the inspection begins.

    Raises:
        ProblemError: ACC-001, ACC-011, CLR-001, CLR-002 not open, INS-002 neither of the two,
            INS-009 begun already.
    """
    require(by, Role.INSPECTOR)
    clearance.lock(declaration_id)
    _open(declaration_id, hold_id, by)
    witness, absence = witness.strip(), absence.strip()
    if not witness and not absence:
        raise ProblemError(problems.NO_WITNESS.at("#/witness"))
    began = Attendance.objects.filter(pk=hold_id).values_list("started_at", flat=True).first()
    if began is not None:
        raise problems.STARTED.error(at=_clock(began))
    facts = {"witness": witness, "absence": absence, "noted_at": now, "noted_by": by.name}
    Attendance.objects.update_or_create(
        hold=hold_id, defaults={"declaration_id": declaration_id, **facts}
    )
    told = {"witness": witness} if witness else {"absence": absence}
    record(
        "WITNESS_ARRIVED" if witness else "WITNESS_ABSENT", declaration_id, by=by, at=now, **told
    )


@transaction.atomic(durable=True)
def start(
    *,
    declaration_id: DeclarationId,
    hold_id: HoldId,
    seals_before: str,
    by: Actor,
    now: datetime,
) -> None:
    """Begin to unpack, before the witness; again changes nothing.

    Raises:
        ProblemError: ACC-001, ACC-011, CLR-001, CLR-002 not open, INS-005 no witness recorded.
    """
    require(by, Role.INSPECTOR)
    clearance.lock(declaration_id)
    _open(declaration_id, hold_id, by)
    attended = Attendance.objects.filter(pk=hold_id).first()
    if attended is None:
        raise problems.NOT_ATTENDED.error()
    if attended.started_at is not None:
        return
    attended.started_at, attended.started_by = now, by.name
    attended.seals_before = seals_before.strip()
    attended.save(update_fields=["started_at", "started_by", "seals_before"])
    record("INSPECTION_STARTED", declaration_id, by=by, at=now, seals=attended.seals_before)


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

    Where officers were drawn for it, those sign; else two inspectors who are posted there.

    Source: Order 138: two officers; the declarant attends as witness.

    Raises:
        ProblemError: ACC-001, ACC-011, CLR-001, CLR-002 not open, INS-006 not begun before a
            witness; INS-001 to INS-003, INS-008, INS-021 and INS-025 all at once.
    """
    require(by, Role.INSPECTOR)
    locked = clearance.lock(declaration_id)
    hold = _open(declaration_id, hold_id, by)
    if not Attendance.objects.filter(pk=hold_id, started_at__isnull=False).exists():
        raise problems.NOT_STARTED.error()
    first, second = (name.strip() for name in signed.officers)
    drawn = queries.draws([hold_id]).get(hold_id)
    faults = list(_signers((first, second), drawn, office=hold.office, now=now))
    if not signed.witness.strip():
        faults.append(problems.NO_WITNESS.at("#/witness"))
    if not signed.result.strip():
        faults.append(problems.NO_RESULT.at("#/result"))
    if signed.finding not in {str(one) for one in Finding}:
        faults.append(problems.FINDING_UNKNOWN.at("#/finding", finding=signed.finding))
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


def _signers(
    officers: tuple[str, str], drawn: DrawRow | None, *, office: str, now: datetime
) -> Iterator[Fault]:
    """Tell who may not sign: it takes two, those drawn, or inspectors posted where nobody was."""
    named = [name for name in dict.fromkeys(officers) if name]
    if len(named) < 2:
        yield problems.TWO_OFFICERS.at("#/officers", officers=", ".join(named) or "—")
    if drawn is None:
        able = queries.posted_at(office, now=now)
        for name in named:
            if name not in able:
                yield problems.NOT_QUALIFIED.at("#/officers", officer=name, office=office)
    elif set(named) != set(drawn.officers):
        yield problems.NOT_THOSE_DRAWN.at("#/officers", officers=", ".join(drawn.officers))


def _clock(at: datetime) -> str:
    return f"{localtime(at):%Y-%m-%d %H:%M}"


def _open(declaration_id: DeclarationId, hold_id: UUID, by: Actor) -> HoldRow:
    for row in holds.open_holds([declaration_id], HoldKind.INSPECTION):
        if row.id == hold_id:
            require_at(by, Role.INSPECTOR, office=row.office)
            return row
    raise NOT_HELD.error(hold_id=hold_id)
