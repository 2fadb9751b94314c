"""Appointing an examination, and beginning it."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.timezone import localtime

from tongguan.domain.clearance import commands as clearance
from tongguan.domain.inspection import events, problems, queries
from tongguan.domain.inspection.holding import (
    holder,
    listed_seals,
    open_inspection,
    require_goods,
)
from tongguan.domain.inspection.models import Appointment, Attendance
from tongguan.domain.inspection.sealed import APPOINTMENT, ATTENDANCE
from tongguan.facilities.accounts.rules.duties import require, require_at, require_person
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.announcements.commands import announce
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.sealed import changed
from tongguan.kernel.identifiers import DeclarationId, HoldId
from tongguan.kernel.problems import ProblemError

WHY_MOST: Final = 300
AGREED: Final = "企业同意 / the enterprise agreed:"
"""The record keeps it in both languages, with the account that agreed."""


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
    facts = {
        "at": at,
        "place": place,
        "told_at": now,
        "told_by": by.name,
        "agreed_by": "",
        "agreed_at": None,
    }
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
    why: str = "",
) -> None:
    """Begin to unpack goods that are here, before who attends; again changes nothing.

    Before the appointed time it begins where the enterprise agreed to that, or on a ground `why`.

    Raises:
        ProblemError: what `holder` refuses; CLR-001, INS-005 nobody's arrival recorded, INS-010
            the goods are not here, INS-015 the keeper does not attend yet; INS-038 before its time
            and INS-039 no seals where the manifest lists some, both at once.
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
    kept = queries.appointments([hold_id]).get(hold_id)
    listed, before, why = list(listed_seals(hold)), seals_before.strip(), why.strip()[:WHY_MOST]
    early, faults = kept is not None and now < kept.at, []
    if early and kept is not None and not kept.agreed_by and not why:
        faults.append(problems.TOO_EARLY.at("#/why", at=clock(kept.at)))
    if listed and not before:
        faults.append(problems.SEALS_MISSING.at("#/seals_before", seals=", ".join(listed)))
    if faults:
        raise ProblemError(*faults)
    agreed = "" if kept is None else kept.agreed_by
    began = {
        "started_at": now,
        "started_by": by.name,
        "seals_before": before,
        "seals_listed": listed,
        "early": (why or f"{AGREED} {agreed}") if early else "",
    }
    for name, value in began.items():
        setattr(attended, name, value)
    attended.save(update_fields=list(began))
    wrote = [changed(ATTENDANCE, hold_id, **began)]
    said = {"seals": before, "early": began["early"]}
    record("INSPECTION_STARTED", declaration_id, by=by, at=now, wrote=wrote, **said)


def clock(at: datetime) -> str:
    """Return a moment as a refusal tells it."""
    return f"{localtime(at):%Y-%m-%d %H:%M}"
