"""The two officers of an inspection: drawn at random of those present, and so is who replaces them.

Source: 双随机, random choice of the goods and of those who inspect them; WCO News 83 on its ground.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from django.db import transaction
from msgspec import to_builtins

from tongguan.domain.clearance import commands as clearance
from tongguan.domain.inspection import problems, queries, versions
from tongguan.domain.inspection.candidates import (
    candidates,
    leaving_faults,
    naming_faults,
    require_posted,
)
from tongguan.domain.inspection.duty import Candidate, Chosen, DrawRow, Mark
from tongguan.domain.inspection.holding import open_inspection
from tongguan.domain.inspection.models import OfficerChoice, OfficerDraw, Presence
from tongguan.domain.inspection.sealed import CHOICE, DRAW, PRESENCE
from tongguan.domain.risk.active import officers as drawn_of
from tongguan.facilities.accounts.queries import withdrawn
from tongguan.facilities.accounts.rules.duties import require, require_at, require_person
from tongguan.facilities.accounts.two_persons import TwoPersonAct, require_second
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.ledger.commands import lock_house, record
from tongguan.facilities.ledger.sealed import changed, made
from tongguan.kernel.identifiers import DeclarationId, HoldId
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import LOCAL

WHY_MOST: Final = 300


@transaction.atomic(durable=True)
def mark_present(*, officer: str, office: str, present: bool, by: Actor, now: datetime) -> None:
    """Note that an officer is on duty at an office today, or no longer; again changes nothing.

    He marks it himself, or the chief of the office does. Who is on duty elsewhere moves here: he
    is marked as leaving there. Every mark stays, with who made it and when.

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
    last = Presence.objects.filter(officer=officer, day=day).order_by("id").last()
    at_work = last.office if last is not None and last.mark == str(Mark.PRESENT) else ""
    if present:
        leaves = [at_work] if at_work and at_work != office else []
        marks = [*((one, Mark.ABSENT) for one in leaves), (office, Mark.PRESENT)]
        if at_work == office:
            return
    else:
        marks = [(office, Mark.ABSENT)]
        if last is not None and at_work != office:
            return
    wrote = [
        made(
            PRESENCE,
            Presence.objects.create(
                officer=officer,
                day=day,
                office=where,
                marked_at=now,
                marked_by=by.name,
                mark=str(mark),
            ),
        )
        for where, mark in marks
    ]
    kind = "OFFICER_PRESENT" if present else "OFFICER_ABSENT"
    record(kind, None, by=by, at=now, wrote=wrote, officer=officer, office=office, day=day)


@transaction.atomic(durable=True)
def draw(
    *, declaration_id: DeclarationId, hold_id: HoldId, by: Actor, now: datetime
) -> tuple[str, ...]:
    """Draw the two officers of an inspection of those on duty at its office; return them.

    Drawn is by the seed of the day and the number of the hold, so that it can be drawn again. Of
    how many they are drawn is part of the record: of two, both come out.

    Raises:
        ProblemError: ACC-001, ACC-011 at another office, ACC-014 no person, CLR-001, CLR-002 not
            open, INS-020 fewer than two are present, INS-022 drawn already, INS-046 he marked
            another officer there today.
    """
    require(by, Role.INSPECTOR, Role.CHIEF)
    require_person(by)
    clearance.lock(declaration_id)
    office = _office(declaration_id, hold_id, by, Role.INSPECTOR, Role.CHIEF)
    earlier = queries.draws([hold_id]).get(hold_id)
    if earlier is not None:
        raise problems.DRAWN_ALREADY.error(officers=", ".join(earlier.drawn))
    able = candidates(office, now)
    _require_marked_nobody(TwoPersonAct.DRAW_OFFICERS, by, office, now)
    present = [one.officer for one in able]
    if len(present) < 2:
        raise problems.TOO_FEW_PRESENT.error(office=office, present=", ".join(present) or "—")
    day, key = now.astimezone(LOCAL).date(), str(hold_id)
    drawn = tuple(drawn_of(key, present, day=day, now=now))
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
    choice = _keep(kept, 0, Chosen.DRAWN, day, key, able, drawn, by=by, now=now)
    facts = {"officers": " ".join(drawn), **_told(able, day)}
    wrote = [made(DRAW, kept), made(CHOICE, choice)]
    record("OFFICERS_DRAWN", declaration_id, by=by, at=now, wrote=wrote, hold=hold_id, **facts)
    return drawn


@transaction.atomic(durable=True)
def ask_replacement(
    *,
    declaration_id: DeclarationId,
    hold_id: HoldId,
    absent: Sequence[str],
    ground: str,
    why: str,
    named: Sequence[str] = (),
    by: Actor,
    now: datetime,
) -> None:
    """Ask that one of those who hold an examination, or both, act no more; the chief confirms it.

    Who acts instead is drawn when the chief confirms it. Only on a ground of `BY_HAND` somebody is
    named instead, as an exception from the draw. Again changes what is asked; all who asked stay
    first persons of it.

    Args:
        declaration_id: whose goods they are.
        hold_id: the examination.
        absent: who of those who hold it is to act no more.
        ground: code of `ReplacementGround`.
        why: the ground in words.
        named: who is to act instead, one for each, where the ground is that nobody drawn could.
        by: who asks.
        now: the moment.

    Raises:
        ProblemError: ACC-001, ACC-011 at another office, ACC-014 no person, CLR-001, CLR-002 not
            open, INS-023 nobody was drawn; INS-042 they do not hold it, INS-029 no such ground,
            INS-024 no reason, INS-044 on duty still, INS-043 named where somebody is drawn,
            INS-001 not two in the end, INS-025 not posted there and INS-047 he names himself, all
            at once.
    """
    require(by, Role.INSPECTOR, Role.CHIEF)
    require_person(by)
    clearance.lock(declaration_id)
    office = _office(declaration_id, hold_id, by, Role.INSPECTOR, Role.CHIEF)
    row = _drawn(hold_id)
    leave = list(dict.fromkeys(filter(None, (name.strip() for name in absent))))
    take = [name for name in (name.strip() for name in named) if name]
    faults = [
        *leaving_faults(row, leave, ground, why, now=now),
        *naming_faults(row, leave, take, ground, office=office, now=now),
    ]
    if by.name in take:
        faults.append(problems.NAMES_HIMSELF.at("#/named", person=by.label))
    if faults:
        raise ProblemError(*faults)
    facts = {
        "wanted": take,
        "wanted_for": leave,
        "wanted_ground": ground,
        "wanted_why": why.strip()[:WHY_MOST],
        "wanted_by": by.name,
        "wanted_askers": list(dict.fromkeys((*_kept(hold_id).wanted_askers, by.name))),
    }
    for name, value in facts.items():
        setattr(row, name, value)
    row.save(update_fields=list(facts))
    said = {"in_place_of": " ".join(leave), "ground": ground, "why": row.wanted_why}
    said |= {"officers": " ".join(take)} if take else {}
    wrote = [changed(DRAW, hold_id, **facts)]
    record("REPLACEMENT_ASKED", declaration_id, by=by, at=now, wrote=wrote, hold=hold_id, **said)


@transaction.atomic(durable=True)
def confirm_replacement(
    *, declaration_id: DeclarationId, hold_id: HoldId, sha256: str, by: Actor, now: datetime
) -> tuple[str, ...]:
    """Let others take over, as another person asked: the chief of the office confirms it.

    They are drawn now of those on duty, by the seed of the day, the number of the hold and the
    round; who held the examination before, and who confirms, are not among them. Where somebody
    was named by hand he takes over. What those before signed counts no more. Return who takes over.

    Args:
        declaration_id: whose goods they are.
        hold_id: the examination.
        sha256: hash of the request that was read before confirming, `DrawRow.wanted_sha256`.
        by: who confirms.
        now: the moment.

    Raises:
        ProblemError: ACC-001 no chief, ACC-011 of another office, ACC-014 no person, CLR-001,
            CLR-002 not open, INS-023 nobody was drawn, INS-025 one of them is posted there no
            more, INS-030 nobody asks for it, INS-031 he asked himself, or it is about him, INS-044
            on duty again, INS-045 too few are left to draw, INS-046 somebody is drawn and he marked
            another officer there today, INS-048 something else is asked than was read.
    """
    require(by, Role.CHIEF)
    require_person(by)
    clearance.lock(declaration_id)
    office = _office(declaration_id, hold_id, by, Role.CHIEF)
    row = _drawn(hold_id)
    if not row.wanted_by:
        raise problems.NOT_WANTED.error()
    kept, leave, asked_by = _kept(hold_id), list(row.wanted_for or ()), row.wanted_by
    others = {*kept.wanted_askers, *leave, *row.wanted}
    first, same = {asked_by} | (others - withdrawn(others)), problems.SECOND_PERSON
    require_second(TwoPersonAct.REPLACE_OFFICERS, by, first=first, refusal=same)
    if sha256 != kept.wanted_sha256:
        raise problems.REQUEST_CHANGED.error()
    if faults := list(leaving_faults(row, leave, row.wanted_ground, row.wanted_why, now=now)):
        raise ProblemError(*faults)
    number = kept.next_round
    day, key, count = now.astimezone(LOCAL).date(), f"{hold_id}/{number}", len(leave)
    able = candidates(office, now, without={*_held_before(kept), by.name})
    if row.wanted:
        how, take = Chosen.NAMED, tuple(row.wanted)
        require_posted(take, office, now)
    else:
        _require_marked_nobody(TwoPersonAct.DRAW_SUBSTITUTES, by, office, now)
        how, names = Chosen.DRAWN, [one.officer for one in able]
        if len(names) < count:
            told = ", ".join(names) or "—"
            raise problems.NOBODY_LEFT.error(office=office, count=count, present=told)
        take = tuple(drawn_of(key, names, day=day, now=now, count=count))
    choice = _keep(row, number, how, day, key, able, take, by=by, now=now, in_place_of=tuple(leave))
    instead = dict(zip(leave, take, strict=True))
    facts = {
        "officers": " ".join(take),
        "in_place_of": " ".join(leave),
        "chosen": "named" if how is Chosen.NAMED else "drawn",
        "ground": row.wanted_ground,
        "why": row.wanted_why,
        "asked_by": asked_by,
        **_told(able, day),
    }
    row.officers, row.why = [instead.get(one, one) for one in row.officers], row.wanted_why
    row.replaced_at, row.replaced_by = now, by.name
    row.wanted, row.wanted_for, row.wanted_ground = [], None, ""
    row.wanted_why, row.wanted_by, row.wanted_askers = "", "", None
    row.save()
    wrote = [changed(DRAW, hold_id, **{name: getattr(row, name) for name in DRAW.columns})]
    wrote += [made(CHOICE, choice), *versions.renew(hold_id, why=row.why, by=by, now=now)]
    record("OFFICERS_REPLACED", declaration_id, by=by, at=now, wrote=wrote, hold=hold_id, **facts)
    return take


def _require_marked_nobody(act: TwoPersonAct, by: Actor, office: str, now: datetime) -> None:
    """Refuse who marked another officer at an office today: he decided of whom is drawn.

    It reads the marks after the candidates, so that no mark that counts for them is missed.
    """
    marked = queries.marked_others(office, now.astimezone(LOCAL).date())
    require_second(act, by, first=marked, refusal=problems.MARKED_OTHERS, office=office)


def _keep(
    row: OfficerDraw,
    number: int,
    how: Chosen,
    day: date,
    key: str,
    able: Sequence[Candidate],
    chosen: tuple[str, ...],
    *,
    by: Actor,
    now: datetime,
    in_place_of: tuple[str, ...] = (),
) -> OfficerChoice:
    """Keep a choice with all that decides it, and on what ground somebody asked for it."""
    return OfficerChoice.objects.create(
        hold=row.hold,
        declaration_id=row.declaration_id,
        round=number,
        office=row.office,
        how=str(how),
        seed_day=day,
        key=key,
        candidates=to_builtins(able),
        chosen=list(chosen),
        in_place_of=list(in_place_of),
        ground=row.wanted_ground,
        why=row.wanted_why,
        asked_by=row.wanted_by,
        chosen_at=now,
        chosen_by=by.name,
    )


def _told(able: Sequence[Candidate], day: date) -> dict[str, object]:
    """Return what the ledger tells of those of whom officers are chosen."""
    names = " ".join(one.officer for one in able)
    return {"present": names, "candidates": len(able), "seed_day": day}


def _held_before(row: DrawRow) -> set[str]:
    """Return all who hold an examination or ever did, or were to."""
    rounds = (name for one in row.choices for name in (*one.chosen, *one.in_place_of))
    return {*row.drawn, *row.officers, *rounds}


def _kept(hold_id: HoldId) -> DrawRow:
    """Return the officers of an inspection, drawn before, as others read them."""
    return queries.draws([hold_id])[hold_id]


def _drawn(hold_id: HoldId) -> OfficerDraw:
    row = OfficerDraw.objects.filter(pk=hold_id).first()
    if row is None:
        raise problems.NOT_DRAWN.error()
    return row


def _office(declaration_id: DeclarationId, hold_id: HoldId, by: Actor, *roles: Role) -> str:
    office = open_inspection(declaration_id, hold_id).office
    require_at(by, *roles, office=office)
    return office
