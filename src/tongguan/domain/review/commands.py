"""Closing reviews, asking and answering, summoning and receiving."""

from datetime import datetime, time, timedelta
from functools import partial
from typing import Final

from django.db import transaction
from django.db.models import Max, Min

from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance import queries as holds
from tongguan.domain.clearance.lifecycle import HoldKind, Why
from tongguan.domain.clearance.problems import NOT_HELD
from tongguan.domain.clearance.values import HoldRow, Locked, NewHold
from tongguan.domain.reference.hours import resumed
from tongguan.domain.reference.queries import snapshot
from tongguan.domain.review import events, problems
from tongguan.domain.review.models import Closure, Query
from tongguan.domain.review.sealed import CLOSURE, QUERY
from tongguan.domain.review.values import ReviewFinding
from tongguan.domain.risk.commands import record_outcome
from tongguan.facilities.accounts.problems import ELSEWHERE
from tongguan.facilities.accounts.rules.duties import require, require_person
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.announcements.commands import announce
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.sealed import Rows, changed, made
from tongguan.kernel.free_text import require_fit
from tongguan.kernel.identifiers import DeclarationId, HoldId
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import LOCAL

MOST_ANSWER: Final = 10_000
"""Characters of an answer; papers are attached, not written."""
QUERIES_MOST: Final = 3


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
        ProblemError: ACC-001 not a reviewer, ACC-011 of no office of the region, ACC-014 a finding
            by no person, CLR-001, CLR-002 not open, REV-104 a query is open; REV-107 a finding
            without words, REV-108 no such finding, both at once.
    """
    require_reviewer(by, now)
    if finding:
        require_person(by)
    locked = clearance.lock(declaration_id)
    hold = _open(declaration_id, hold_id, HoldKind.REVIEW)
    waiting = Query.objects.filter(declaration=declaration_id, answered_at=None).first()
    if waiting is not None:
        raise problems.QUERY_OPEN.error(question=waiting.question)
    faults = []
    if finding not in {str(one) for one in ReviewFinding}:
        faults.append(problems.FINDING_UNKNOWN.at("#/finding", finding=finding))
    if finding and not words.strip():
        faults.append(problems.NO_WORDS.at("#/words"))
    if faults:
        raise ProblemError(*faults)
    closure = Closure.objects.create(
        hold=hold_id,
        declaration_id=declaration_id,
        finding=finding,
        words=words,
        closed_by=by.name,
        closed_at=now,
    )
    office = hold.office
    ended = record_outcome(
        declaration_id=declaration_id,
        treatment="documents",
        finding=finding,
        office=office,
        by=by,
        now=now,
    )
    told = {"finding": finding, "words": words}
    record(
        "REVIEW_CLOSED",
        declaration_id,
        by=by,
        at=now,
        wrote=[made(CLOSURE, closure), *ended],
        **told,
    )
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
        ProblemError: ACC-001, ACC-011, CLR-001, CLR-003 released already, REV-101 nothing asked,
            REV-102 asked too often.
    """
    require_reviewer(by, now)
    locked = clearance.lock(declaration_id)
    asked = Query.objects.filter(declaration=declaration_id, kind=str(HoldKind.QUERY)).count()
    if asked >= QUERIES_MOST:
        raise problems.TOO_MANY.error(count=asked, most=QUERIES_MOST)
    if not question.strip() or not ground.strip():
        faults = [
            problems.NO_GROUND.at(f"#/{name}")
            for name, said in (("question", question), ("ground", ground))
            if not said.strip()
        ]
        raise ProblemError(*faults)
    law = snapshot()
    day = now.astimezone(LOCAL).date()
    last = law.calendar.add_working(day, law.parameters.whole("query_days", day))
    due = datetime.combine(last + timedelta(days=1), time(), LOCAL)
    office = _office(declaration_id)
    facts = {"question": question.strip(), **law.calendar.beyond(last)}
    hold = NewHold(declaration_id, HoldKind.QUERY, office, Why.ASKED, facts, now, due)
    query = Query.objects.create(
        hold=hold.id,
        declaration_id=declaration_id,
        kind=str(HoldKind.QUERY),
        question=question.strip(),
        ground=ground.strip(),
        document=document,
        asked_by=by.name,
        asked_at=now,
    )
    clearance.open_hold(locked, hold, by=by, now=now, wrote=[made(QUERY, query)])
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

    While customs waited for it, its own clock stood still.

    Raises:
        ProblemError: ACC-001, CLR-001 unknown or another's, CLR-002 not open, REV-103 empty,
            GEN-003 or GEN-004 a text that cannot be taken.
    """
    require(by, Role.TRADER, Role.BROKER)
    locked = clearance.lock_own(declaration_id, by=by)
    _open(declaration_id, hold_id, HoldKind.QUERY)
    if not text.strip():
        raise problems.EMPTY_ANSWER.error()
    require_fit(text, "#/text", most=MOST_ANSWER)
    waited, moved = _go_on(locked, hold_id, now)
    told = {"answer": text.strip(), "answered_by": by.name, "answered_at": now}
    Query.objects.filter(pk=hold_id).update(**told)
    wrote = [changed(QUERY, hold_id, **told), *moved]
    facts = {"answer": text.strip(), "waited": waited}
    record("QUERY_ANSWERED", declaration_id, by=by, at=now, wrote=wrote, **facts)
    announce([events.QueryAnswered(declaration_id, now, str(hold_id))])
    clearance.discharge(locked, hold_id, by=by, now=now)


@transaction.atomic(durable=True)
def summon(
    *,
    declaration_id: DeclarationId,
    subject: str,
    due: datetime,
    office: str = "",
    by: Actor,
    now: datetime,
) -> HoldId:
    """Ask the declarant to an office by a moment, for the papers stay unclear.

    Without an office it is the one that reviews.

    Raises:
        ProblemError: ACC-001, ACC-011, CLR-001, CLR-003; REV-101 no subject, REV-105 less than a
            working day ahead and REV-106 no such office, all at once.
    """
    require_reviewer(by, now)
    locked = clearance.lock(declaration_id)
    law, day = snapshot(), now.astimezone(LOCAL).date()
    office = office or _office(declaration_id)
    earliest = law.calendar.add_working(day, law.parameters.whole("summons_days", day))
    faults = []
    if not subject.strip():
        faults.append(problems.NO_GROUND.at("#/subject"))
    if due.astimezone(LOCAL).date() < earliest:
        told = f"{due.astimezone(LOCAL):%Y-%m-%d %H:%M}"
        faults.append(problems.TOO_SOON.at("#/due", due=told, earliest=earliest.isoformat()))
    if law.region.office(office, day) is None:
        faults.append(problems.OFFICE_UNKNOWN.at("#/office", office=office))
    if faults:
        raise ProblemError(*faults)
    facts = {"subject": subject.strip()}
    hold = NewHold(declaration_id, HoldKind.SUMMONS, office, Why.UNCLEAR, facts, now, due)
    query = Query.objects.create(
        hold=hold.id,
        declaration_id=declaration_id,
        kind=str(HoldKind.SUMMONS),
        question=subject.strip(),
        ground=subject.strip()[:200],
        office=office,
        due_at=due,
        asked_by=by.name,
        asked_at=now,
    )
    where = {"office": office, "due": due.isoformat()}
    record("SUMMONED", declaration_id, by=by, at=now, wrote=[made(QUERY, query)], **where)
    clearance.open_hold(locked, hold, by=by, now=now)
    return hold.id


@transaction.atomic(durable=True)
def withdraw(*, declaration_id: DeclarationId, hold_id: HoldId, by: Actor, now: datetime) -> None:
    """Withdraw a query or a summons that is not needed any more; its hold ends.

    Raises:
        ProblemError: ACC-001, ACC-011, CLR-001, CLR-002 not open.
    """
    require_reviewer(by, now)
    locked = clearance.lock(declaration_id)
    asked = Query.objects.filter(pk=hold_id, declaration=declaration_id, answered_at=None)
    kind = asked.values_list("kind", flat=True).first()
    if kind is None:
        raise NOT_HELD.error(hold_id=hold_id)
    waited, moved = _go_on(locked, hold_id, now)
    asked.update(answered_by=by.name, answered_at=now)
    wrote = [changed(QUERY, hold_id, answered_by=by.name, answered_at=now), *moved]
    record(f"{kind}_WITHDRAWN", declaration_id, by=by, at=now, wrote=wrote, waited=waited)
    clearance.discharge(locked, hold_id, by=by, now=now)


@transaction.atomic(durable=True)
def record_visit(
    *, declaration_id: DeclarationId, hold_id: HoldId, words: str, by: Actor, now: datetime
) -> None:
    """Record that the declarant came, and what was found; the SUMMONS hold ends.

    Raises:
        ProblemError: ACC-001, ACC-011, CLR-001, CLR-002, REV-107 no words.
    """
    require_reviewer(by, now)
    locked = clearance.lock(declaration_id)
    _open(declaration_id, hold_id, HoldKind.SUMMONS)
    if not words.strip():
        raise ProblemError(problems.NO_WORDS.at("#/words"))
    waited, moved = _go_on(locked, hold_id, now)
    told = {"answer": words, "answered_by": by.name, "answered_at": now}
    Query.objects.filter(pk=hold_id).update(**told)
    wrote = [changed(QUERY, hold_id, **told), *moved]
    facts = {"words": words, "waited": waited}
    record("VISIT_RECORDED", declaration_id, by=by, at=now, wrote=wrote, **facts)
    clearance.discharge(locked, hold_id, by=by, now=now)


def require_reviewer(by: Actor, now: datetime, *others: Role) -> None:
    """Refuse an act to whoever is not of the pool: it reviews for all districts of the region."""
    require(by, Role.REVIEWER, *others)
    region, day = snapshot().region, now.astimezone(LOCAL).date()
    posted = (code for code in by.offices if by.at(code, Role.REVIEWER, *others))
    if all(region.office(code, day) is None for code in posted) and not by.is_(Role.SYSTEM):
        raise ELSEWHERE.error(place=(region.name_zh, region.name_en))


def _go_on(locked: Locked, hold_id: HoldId, now: datetime) -> tuple[timedelta, list[Rows]]:
    """Let customs' clock run on where an answer ends the waiting.

    Returns how long it stood still, and what was written.

    It stood still while at least one answer was waited for; what an earlier one has moved the
    deadline by is not counted again. For as long the deadline of the review is moved.
    """
    asked = Query.objects.filter(declaration=locked.declaration_id)
    still_open = asked.filter(answered_at=None)
    since: datetime = still_open.aggregate(first=Min("asked_at"))["first"]
    told: datetime | None = asked.exclude(pk=hold_id).aggregate(last=Max("answered_at"))["last"]
    stood = max(since, told or since)
    waited = now - stood
    moved = partial(resumed, since=stood, now=now, reference=snapshot())
    return waited, clearance.postpone(locked, HoldKind.REVIEW, moved)


def _open(declaration_id: DeclarationId, hold_id: HoldId, kind: HoldKind) -> HoldRow:
    for row in holds.open_holds([declaration_id], kind):
        if row.id == hold_id:
            return row
    raise NOT_HELD.error(hold_id=hold_id)


def _office(declaration_id: DeclarationId) -> str:
    for row in holds.open_holds([declaration_id], HoldKind.REVIEW):
        return row.office
    return holds.office_of(declaration_id)
