"""The two officers of an inspection: drawn at random of those present, replaced for a reason.

Source: 双随机, random choice of the goods and of those who inspect them; WCO News 83 on its ground.
"""

from datetime import datetime

from django.db import transaction

from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance import queries as holds
from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.problems import NOT_HELD
from tongguan.domain.inspection import problems, queries
from tongguan.domain.inspection.models import OfficerDraw, Presence
from tongguan.domain.risk.active import officers as drawn_of
from tongguan.facilities.accounts.rules.duties import require, require_at
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.ledger.commands import lock_house, record
from tongguan.kernel.identifiers import DeclarationId, HoldId
from tongguan.kernel.time import LOCAL


@transaction.atomic(durable=True)
def mark_present(*, officer: str, office: str, present: bool, by: Actor, now: datetime) -> None:
    """Note that an officer is on duty at an office today, or no longer; again changes nothing.

    Who is on duty elsewhere moves here.

    Raises:
        ProblemError: ACC-001, ACC-011 not the office of who marks, INS-025 not posted there.
    """
    require(by, Role.INSPECTOR, Role.COORDINATOR)
    require_at(by, Role.INSPECTOR, Role.COORDINATOR, office=office)
    lock_house()
    if officer not in queries.posted_at(office, now=now):
        raise problems.NOT_QUALIFIED.error(officer=officer, office=office)
    day = now.astimezone(LOCAL).date()
    rows = Presence.objects.filter(officer=officer, day=day)
    if rows.filter(office=office).exists() is present:
        return
    kind = "OFFICER_PRESENT" if present else "OFFICER_ABSENT"
    record(kind, None, by=by, at=now, officer=officer, office=office, day=day)
    rows.delete()
    if present:
        facts = {"office": office, "marked_at": now, "marked_by": by.name}
        Presence.objects.create(officer=officer, day=day, **facts)


@transaction.atomic(durable=True)
def draw(
    *, declaration_id: DeclarationId, hold_id: HoldId, by: Actor, now: datetime
) -> tuple[str, ...]:
    """Draw the two officers of an inspection of those on duty at its office; return them.

    Drawn is by the seed of the day and the number of the hold, so that it can be drawn again.

    Raises:
        ProblemError: ACC-001, ACC-011 at another office, CLR-001, CLR-002 not open, INS-020 fewer
            than two are present, INS-022 drawn already.
    """
    require(by, Role.INSPECTOR, Role.COORDINATOR)
    clearance.lock(declaration_id)
    office = _office(declaration_id, hold_id, by)
    kept = queries.draws([hold_id]).get(hold_id)
    if kept is not None:
        raise problems.DRAWN_ALREADY.error(officers=", ".join(kept.drawn))
    day = now.astimezone(LOCAL).date()
    present = sorted(row.officer for row in queries.on_duty(office, day, now=now) if row.present)
    if len(present) < 2:
        raise problems.TOO_FEW_PRESENT.error(office=office, present=", ".join(present) or "—")
    drawn = tuple(drawn_of(str(hold_id), present, day=day, now=now))
    OfficerDraw.objects.create(
        hold=hold_id,
        declaration_id=declaration_id,
        office=office,
        seed_day=day,
        present=present,
        drawn=drawn,
        drawn_at=now,
        drawn_by=by.name,
        officers=drawn,
    )
    facts = {"officers": " ".join(drawn), "present": " ".join(present), "seed_day": day}
    record("OFFICERS_DRAWN", declaration_id, by=by, at=now, hold=hold_id, **facts)
    return drawn


@transaction.atomic(durable=True)
def replace(
    *,
    declaration_id: DeclarationId,
    hold_id: HoldId,
    officers: tuple[str, str],
    why: str,
    by: Actor,
    now: datetime,
) -> None:
    """Let others than those drawn hold an inspection, for a reason that stands in the ledger.

    Raises:
        ProblemError: ACC-001, ACC-011 at another office, CLR-001, CLR-002 not open, INS-001 not
            two, INS-023 nobody was drawn, INS-024 no reason, INS-025 one of them is not posted
            there.
    """
    require(by, Role.INSPECTOR, Role.COORDINATOR)
    clearance.lock(declaration_id)
    office = _office(declaration_id, hold_id, by)
    row = OfficerDraw.objects.filter(pk=hold_id).first()
    if row is None:
        raise problems.NOT_DRAWN.error()
    first, second = (name.strip() for name in officers)
    if not first or not second or first == second:
        told = ", ".join(filter(None, (first, second)))
        raise problems.TWO_OFFICERS.error(officers=told or "—")
    if not why.strip():
        raise problems.NO_REASON.error()
    able = queries.posted_at(office, now=now)
    for name in (first, second):
        if name not in able:
            raise problems.NOT_QUALIFIED.error(officer=name, office=office)
    row.officers, row.why = [first, second], why.strip()[:300]
    row.replaced_at, row.replaced_by = now, by.name
    row.save(update_fields=["officers", "why", "replaced_at", "replaced_by"])
    facts = {"officers": f"{first} {second}", "drawn": " ".join(row.drawn), "why": row.why}
    record("OFFICERS_REPLACED", declaration_id, by=by, at=now, hold=hold_id, **facts)


def _office(declaration_id: DeclarationId, hold_id: HoldId, by: Actor) -> str:
    for row in holds.open_holds([declaration_id], HoldKind.INSPECTION):
        if row.id == hold_id:
            require_at(by, Role.INSPECTOR, Role.COORDINATOR, office=row.office)
            return row.office
    raise NOT_HELD.error(hold_id=hold_id)
