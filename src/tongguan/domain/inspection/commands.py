"""Appointing an examination, and beginning it."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from tongguan.domain.clearance import commands as clearance
from tongguan.domain.inspection import events, problems, queries
from tongguan.domain.inspection.holding import holder, open_inspection, require_goods
from tongguan.domain.inspection.models import Appointment, Attendance
from tongguan.domain.inspection.sealed import APPOINTMENT, ATTENDANCE
from tongguan.facilities.accounts.rules.duties import require, require_at, require_person
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.announcements.commands import announce
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.sealed import changed
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
    """Set when and where an examination is held, and tell the enterprise; again moves it.

    An enterprise that is told later than `inspection_notice_hours` before may come all the same;
    that it does not come is then no ground to examine without it. A new moment is a new notice.

    Raises:
        ProblemError: ACC-001, ACC-011 at another office, ACC-014 no person, CLR-001, CLR-002 not
            open; INS-004 in the past and INS-007 no place, both at once.
    """
    require(by, Role.INSPECTOR, Role.CHIEF)
    require_person(by)
    clearance.lock(declaration_id)
    hold = open_inspection(declaration_id, hold_id)
    require_at(by, Role.INSPECTOR, Role.CHIEF, office=hold.office)
    faults = []
    if at < now:
        faults.append(problems.IN_THE_PAST.at("#/at", at=clock(at)))
    if not place.strip():
        faults.append(problems.NO_PLACE.at("#/place"))
    if faults:
        raise ProblemError(*faults)
    place = place.strip()
    facts = {"at": at, "place": place, "told_at": now, "told_by": by.name}
    Appointment.objects.update_or_create(
        hold=hold_id, defaults={"declaration_id": declaration_id, **facts}
    )
    when, notice = at.isoformat(), queries.notice(at, now)
    said = {"when": when, "place": place, "notice": "in time" if notice else "short"}
    wrote = [changed(APPOINTMENT, hold_id, **facts)]
    record("INSPECTION_APPOINTED", declaration_id, by=by, at=now, wrote=wrote, **said)
    announce([events.InspectionAppointed(declaration_id, now, str(hold_id), when, place)])


@transaction.atomic(durable=True)
def start(
    *,
    declaration_id: DeclarationId,
    hold_id: HoldId,
    seals_before: str,
    by: Actor,
    now: datetime,
) -> None:
    """Begin to unpack goods that are here, before who attends; again changes nothing.

    Raises:
        ProblemError: what `holder` refuses; CLR-001, INS-005 nobody's arrival recorded, INS-010
            the goods are not here, INS-015 the keeper does not attend yet.
    """
    clearance.lock(declaration_id)
    hold = holder(declaration_id, hold_id, by)
    require_goods(hold)
    attended = Attendance.objects.filter(pk=hold_id).first()
    if attended is None:
        raise problems.NOT_ATTENDED.error()
    if attended.started_at is not None:
        return
    if not attended.witness and not attended.keeper:
        raise problems.KEEPER_MISSING.error()
    attended.started_at, attended.started_by = now, by.name
    attended.seals_before = seals_before.strip()
    attended.save(update_fields=["started_at", "started_by", "seals_before"])
    began = {"started_at": now, "started_by": by.name, "seals_before": attended.seals_before}
    wrote = [changed(ATTENDANCE, hold_id, **began)]
    seals = attended.seals_before
    record("INSPECTION_STARTED", declaration_id, by=by, at=now, wrote=wrote, seals=seals)


def clock(at: datetime) -> str:
    """Return a moment as a refusal tells it."""
    return f"{localtime(at):%Y-%m-%d %H:%M}"
