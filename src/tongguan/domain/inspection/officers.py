"""The two officers of an inspection: drawn at random of those present, replaced for a reason.

Source: 双随机, random choice of the goods and of those who inspect them; WCO News 83 on its ground.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.db import transaction

from tongguan.domain.clearance import commands as clearance
from tongguan.domain.inspection import problems, queries, versions
from tongguan.domain.inspection.holding import open_inspection
from tongguan.domain.inspection.models import OfficerDraw, Presence
from tongguan.domain.inspection.sealed import DRAW, PRESENCE
from tongguan.domain.inspection.values import ReplacementGround
from tongguan.domain.risk.active import officers as drawn_of
from tongguan.facilities.accounts.rules.duties import require, require_at, require_person
from tongguan.facilities.accounts.two_persons import TwoPersonAct, require_second
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.ledger.commands import lock_house, record
from tongguan.facilities.ledger.sealed import changed, made, removed
from tongguan.kernel.identifiers import DeclarationId, HoldId
from tongguan.kernel.problems import Fault, ProblemError
from tongguan.kernel.time import LOCAL

WHY_MOST: Final = 300


@transaction.atomic(durable=True)
def mark_present(*, officer: str, office: str, present: bool, by: Actor, now: datetime) -> None:
    """Note that an officer is on duty at an office today, or no longer; again changes nothing.

    He marks it himself, or the chief of the office does. Who is on duty elsewhere moves here.

    Raises:
        ProblemError: ACC-001, ACC-011 not the office of who marks, ACC-014 no person, INS-025 not
            posted there, INS-028 another officer's presence.
    """
    require(by, Role.INSPECTOR, Role.CHIEF)
    require_person(by)
    require_at(by, Role.INSPECTOR, Role.CHIEF, office=office)
    if by.name != officer and not by.at(office, Role.CHIEF):
        raise problems.NOT_SELF.error(officer=officer)
    lock_house()
    if officer not in queries.posted_at(office, now=now):
        raise problems.NOT_QUALIFIED.error(officer=officer, office=office)
    day = now.astimezone(LOCAL).date()
    rows = Presence.objects.filter(officer=officer, day=day)
    if rows.filter(office=office).exists() is present:
        return
    kind = "OFFICER_PRESENT" if present else "OFFICER_ABSENT"
    wrote = [removed(PRESENCE, id_) for id_ in rows.values_list("pk", flat=True)]
    rows.delete()
    if present:
        facts = {"office": office, "marked_at": now, "marked_by": by.name}
        wrote.append(made(PRESENCE, Presence.objects.create(officer=officer, day=day, **facts)))
    record(kind, None, by=by, at=now, wrote=wrote, officer=officer, office=office, day=day)


@transaction.atomic(durable=True)
def draw(
    *, declaration_id: DeclarationId, hold_id: HoldId, by: Actor, now: datetime
) -> tuple[str, ...]:
    """Draw the two officers of an inspection of those on duty at its office; return them.

    Drawn is by the seed of the day and the number of the hold, so that it can be drawn again.

    Raises:
        ProblemError: ACC-001, ACC-011 at another office, ACC-014 no person, CLR-001, CLR-002 not
            open, INS-020 fewer than two are present, INS-022 drawn already.
    """
    require(by, Role.INSPECTOR, Role.CHIEF)
    require_person(by)
    clearance.lock(declaration_id)
    office = _office(declaration_id, hold_id, by, Role.INSPECTOR, Role.CHIEF)
    earlier = queries.draws([hold_id]).get(hold_id)
    if earlier is not None:
        raise problems.DRAWN_ALREADY.error(officers=", ".join(earlier.drawn))
    day = now.astimezone(LOCAL).date()
    present = sorted(row.officer for row in queries.on_duty(office, day, now=now) if row.present)
    if len(present) < 2:
        raise problems.TOO_FEW_PRESENT.error(office=office, present=", ".join(present) or "—")
    drawn = tuple(drawn_of(str(hold_id), present, day=day, now=now))
    kept = OfficerDraw.objects.create(
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
    wrote = [made(DRAW, kept)]
    record("OFFICERS_DRAWN", declaration_id, by=by, at=now, wrote=wrote, hold=hold_id, **facts)
    return drawn


@transaction.atomic(durable=True)
def ask_replacement(
    *,
    declaration_id: DeclarationId,
    hold_id: HoldId,
    officers: tuple[str, str],
    ground: str,
    why: str,
    by: Actor,
    now: datetime,
) -> None:
    """Ask that others than those drawn hold an examination; the chief of the office confirms it.

    Again changes what is asked.

    Raises:
        ProblemError: ACC-001, ACC-011 at another office, ACC-014 no person, CLR-001, CLR-002 not
            open, INS-023 nobody was drawn; INS-001 not two, INS-024 no reason, INS-025 one of them
            is not posted there and INS-029 no such ground, all at once.
    """
    require(by, Role.INSPECTOR, Role.CHIEF)
    require_person(by)
    clearance.lock(declaration_id)
    office = _office(declaration_id, hold_id, by, Role.INSPECTOR, Role.CHIEF)
    row = _drawn(hold_id)
    first, second = (name.strip() for name in officers)
    if faults := list(_objections((first, second), ground, why, office=office, now=now)):
        raise ProblemError(*faults)
    row.wanted, row.wanted_ground = [first, second], ground
    row.wanted_why, row.wanted_by = why.strip()[:WHY_MOST], by.name
    row.save(update_fields=["wanted", "wanted_ground", "wanted_why", "wanted_by"])
    facts = {"officers": f"{first} {second}", "ground": ground, "why": row.wanted_why}
    columns = ("wanted", "wanted_ground", "wanted_why", "wanted_by")
    wrote = [changed(DRAW, hold_id, **{name: getattr(row, name) for name in columns})]
    record("REPLACEMENT_ASKED", declaration_id, by=by, at=now, wrote=wrote, hold=hold_id, **facts)


@transaction.atomic(durable=True)
def confirm_replacement(
    *, declaration_id: DeclarationId, hold_id: HoldId, by: Actor, now: datetime
) -> None:
    """Let others take over, as another person asked: the chief of the office confirms it.

    What those drawn signed counts no more.

    Raises:
        ProblemError: ACC-001 no chief, ACC-011 of another office, ACC-014 no person, CLR-001,
            CLR-002 not open, INS-023 nobody was drawn, INS-025 one of them is posted there no
            more, INS-030 nobody asks for it, INS-031 he asked himself, or is to act by it.
    """
    require(by, Role.CHIEF)
    require_person(by)
    clearance.lock(declaration_id)
    office = _office(declaration_id, hold_id, by, Role.CHIEF)
    row = _drawn(hold_id)
    if not row.wanted_by:
        raise problems.NOT_WANTED.error()
    first, same = {row.wanted_by, *row.wanted}, problems.SECOND_PERSON
    require_second(TwoPersonAct.REPLACE_OFFICERS, by, first=first, refusal=same)
    able = queries.posted_at(office, now=now)
    for name in row.wanted:
        if name not in able:
            raise problems.NOT_QUALIFIED.error(officer=name, office=office)
    facts = {
        "officers": " ".join(row.wanted),
        "drawn": " ".join(row.drawn),
        "ground": row.wanted_ground,
        "why": row.wanted_why,
        "asked_by": row.wanted_by,
    }
    row.officers, row.why = row.wanted, row.wanted_why
    row.replaced_at, row.replaced_by = now, by.name
    row.wanted, row.wanted_ground, row.wanted_why, row.wanted_by = [], "", "", ""
    row.save()
    wrote = [changed(DRAW, hold_id, **{name: getattr(row, name) for name in DRAW.columns})]
    wrote += versions.renew(hold_id, why=row.why, by=by, now=now)
    record("OFFICERS_REPLACED", declaration_id, by=by, at=now, wrote=wrote, hold=hold_id, **facts)


def _drawn(hold_id: HoldId) -> OfficerDraw:
    row = OfficerDraw.objects.filter(pk=hold_id).first()
    if row is None:
        raise problems.NOT_DRAWN.error()
    return row


def _objections(
    officers: tuple[str, str], ground: str, why: str, *, office: str, now: datetime
) -> Iterator[Fault]:
    """Yield what is wrong with a replacement that somebody asks for."""
    first, second = officers
    if not first or not second or first == second:
        told = ", ".join(dict.fromkeys(filter(None, officers)))
        yield problems.TWO_OFFICERS.at("#/officers", officers=told or "—")
    if ground not in {str(one) for one in ReplacementGround}:
        yield problems.GROUND_UNKNOWN.at("#/ground", ground=ground or "—")
    if not why.strip():
        yield problems.NO_REASON.at("#/why")
    able = queries.posted_at(office, now=now)
    for name in dict.fromkeys(filter(None, officers)):
        if name not in able:
            yield problems.NOT_QUALIFIED.at("#/officers", officer=name, office=office)


def _office(declaration_id: DeclarationId, hold_id: HoldId, by: Actor, *roles: Role) -> str:
    office = open_inspection(declaration_id, hold_id).office
    require_at(by, *roles, office=office)
    return office
