"""Closing reviews, asking and answering, summoning and receiving."""

from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction

from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance import queries as holds
from tongguan.domain.clearance.lifecycle import HoldKind, Why
from tongguan.domain.clearance.problems import NOT_HELD
from tongguan.domain.clearance.values import HoldRow, NewHold
from tongguan.domain.reference.queries import snapshot
from tongguan.domain.review import events, problems
from tongguan.domain.review.models import Closure, Query
from tongguan.domain.risk.commands import record_outcome
from tongguan.facilities.accounts.rules.duties import require
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.announcements.commands import announce
from tongguan.facilities.ledger.commands import record
from tongguan.kernel.identifiers import DeclarationId, HoldId

QUERIES_MOST: Final = 3
LOCAL: Final = ZoneInfo("Asia/Shanghai")


@transaction.atomic(durable=True)
def close_review(
    *,
    declaration_id: DeclarationId,
    hold_id: HoldId,
    finding: str,
    words: str,
    by: Actor,
    now: datetime,
) -> None:
    """End a documentary check; with a finding, a case is opened that goes on.

    Raises:
        ProblemError: ACC-001 not a reviewer, CLR-001, CLR-002 not open, REV-104 a query is open.
    """
    require(by, Role.REVIEWER)
    locked = clearance.lock(declaration_id)
    hold = _open(declaration_id, hold_id, HoldKind.REVIEW)
    waiting = Query.objects.filter(declaration=declaration_id, answered_at=None).first()
    if waiting is not None:
        raise problems.QUERY_OPEN.error(question=waiting.question)
    Closure.objects.create(
        hold=hold_id,
        declaration_id=declaration_id,
        finding=finding,
        words=words,
        closed_by=by.name,
        closed_at=now,
    )
    office = hold.office
    record_outcome(
        declaration_id=declaration_id,
        treatment="documents",
        finding=finding,
        office=office,
        by=by,
        now=now,
    )
    record("REVIEW_CLOSED", declaration_id, by=by, at=now, finding=finding, words=words)
    announce([events.ReviewClosed(declaration_id, now, finding)])
    if finding:
        facts = {"finding": words or finding}
        case = NewHold(declaration_id, HoldKind.CASE, office, Why.FINDING, facts, now)
        clearance.open_hold(locked, case, by=by, now=now)
    clearance.discharge(locked, hold_id, by=by, now=now)


@transaction.atomic(durable=True)
def ask(
    *,
    declaration_id: DeclarationId,
    question: str,
    ground: str,
    document: str = "",
    by: Actor,
    now: datetime,
) -> HoldId:
    """Ask the declarant for a document or a fact; the goods wait for the answer.

    Raises:
        ProblemError: ACC-001, CLR-001, CLR-003 released already, REV-101 nothing asked,
            REV-102 asked too often.
    """
    require(by, Role.REVIEWER)
    locked = clearance.lock(declaration_id)
    asked = Query.objects.filter(declaration=declaration_id, kind=str(HoldKind.QUERY)).count()
    if asked >= QUERIES_MOST:
        raise problems.TOO_MANY.error(count=asked, most=QUERIES_MOST)
    if not question.strip() or not ground.strip():
        raise problems.NO_GROUND.error()
    law = snapshot()
    day = now.astimezone(LOCAL).date()
    last = law.calendar.add_working(day, law.parameters.whole("query_days", day))
    due = datetime.combine(last + timedelta(days=1), time(), LOCAL)
    office = _office(declaration_id)
    facts = {"question": question.strip()}
    hold = NewHold(declaration_id, HoldKind.QUERY, office, Why.ASKED, facts, now, due)
    Query.objects.create(
        hold=hold.id,
        declaration_id=declaration_id,
        kind=str(HoldKind.QUERY),
        question=question.strip(),
        ground=ground.strip(),
        document=document,
        asked_by=by.name,
        asked_at=now,
    )
    clearance.open_hold(locked, hold, by=by, now=now)
    announce([events.QueryAsked(declaration_id, now, str(hold.id), question.strip())])
    return hold.id


@transaction.atomic(durable=True)
def answer_query(
    *,
    declaration_id: DeclarationId,
    hold_id: HoldId,
    text: str,
    by: Actor,
    now: datetime,
) -> None:
    """Answer what customs asked; the QUERY hold ends and the reviewer goes on.

    Raises:
        ProblemError: ACC-001, CLR-001 unknown or another's, CLR-002 not open, REV-103 empty.
    """
    require(by, Role.TRADER, Role.BROKER)
    locked = clearance.lock_own(declaration_id, by=by)
    _open(declaration_id, hold_id, HoldKind.QUERY)
    if not text.strip():
        raise problems.EMPTY_ANSWER.error()
    Query.objects.filter(pk=hold_id).update(
        answer=text.strip(), answered_by=by.name, answered_at=now
    )
    record("QUERY_ANSWERED", declaration_id, by=by, at=now, answer=text.strip())
    announce([events.QueryAnswered(declaration_id, now, str(hold_id))])
    clearance.discharge(locked, hold_id, by=by, now=now)


@transaction.atomic(durable=True)
def summon(
    *, declaration_id: DeclarationId, subject: str, due: datetime, by: Actor, now: datetime
) -> HoldId:
    """Ask the declarant to the office, for the papers stay unclear.

    Raises:
        ProblemError: ACC-001, CLR-001, CLR-003, REV-101 no subject.
    """
    require(by, Role.REVIEWER)
    locked = clearance.lock(declaration_id)
    if not subject.strip():
        raise problems.NO_GROUND.error()
    office = _office(declaration_id)
    facts = {"subject": subject.strip()}
    hold = NewHold(declaration_id, HoldKind.SUMMONS, office, Why.UNCLEAR, facts, now, due)
    Query.objects.create(
        hold=hold.id,
        declaration_id=declaration_id,
        kind=str(HoldKind.SUMMONS),
        question=subject.strip(),
        ground=subject.strip()[:200],
        asked_by=by.name,
        asked_at=now,
    )
    clearance.open_hold(locked, hold, by=by, now=now)
    return hold.id


@transaction.atomic(durable=True)
def record_visit(
    *, declaration_id: DeclarationId, hold_id: HoldId, words: str, by: Actor, now: datetime
) -> None:
    """Record that the declarant came, and what was found; the SUMMONS hold ends.

    Raises:
        ProblemError: ACC-001, CLR-001, CLR-002.
    """
    require(by, Role.REVIEWER)
    locked = clearance.lock(declaration_id)
    _open(declaration_id, hold_id, HoldKind.SUMMONS)
    Query.objects.filter(pk=hold_id).update(answer=words, answered_by=by.name, answered_at=now)
    record("VISIT_RECORDED", declaration_id, by=by, at=now, words=words)
    clearance.discharge(locked, hold_id, by=by, now=now)


@transaction.atomic(durable=True)
def decide_case(
    *,
    declaration_id: DeclarationId,
    hold_id: HoldId,
    words: str,
    by: Actor,
    now: datetime,
) -> None:
    """End a case with a decision that lets the goods go on.

    Raises:
        ProblemError: ACC-001, CLR-001, CLR-002.
    """
    require(by, Role.REVIEWER, Role.COORDINATOR)
    locked = clearance.lock(declaration_id)
    _open(declaration_id, hold_id, HoldKind.CASE)
    record("CASE_DECIDED", declaration_id, by=by, at=now, words=words)
    clearance.discharge(locked, hold_id, by=by, now=now)


def _open(declaration_id: DeclarationId, hold_id: HoldId, kind: HoldKind) -> HoldRow:
    for row in holds.open_holds([declaration_id], kind):
        if row.id == hold_id:
            return row
    raise NOT_HELD.error(hold_id=hold_id)


def _office(declaration_id: DeclarationId) -> str:
    for row in holds.open_holds([declaration_id], HoldKind.REVIEW):
        return row.office
    return holds.office_of(declaration_id)
