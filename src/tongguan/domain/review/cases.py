"""Decisions on findings: each names what follows, by a person other than who found it."""

from datetime import datetime

from django.db import transaction

from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance import queries as holds
from tongguan.domain.clearance.lifecycle import Act, HoldKind, Turn
from tongguan.domain.clearance.problems import NOT_FOUND, NOT_HELD
from tongguan.domain.clearance.values import HoldRow, Locked
from tongguan.domain.declarations import queries as declarations
from tongguan.domain.review import events, problems
from tongguan.domain.review.commands import require_reviewer
from tongguan.domain.review.models import CaseDecision, Revocation
from tongguan.domain.review.sealed import DECISION, REVOCATION
from tongguan.domain.review.values import Consequence, Effect
from tongguan.facilities.accounts.two_persons import TwoPersonAct, require_second
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.announcements.commands import announce
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.sealed import made
from tongguan.kernel.identifiers import DeclarationId, HoldId
from tongguan.kernel.problems import ProblemError


@transaction.atomic(durable=True)
def decide_case(
    *,
    declaration_id: DeclarationId,
    hold_id: HoldId,
    consequence: str,
    words: str,
    by: Actor,
    now: datetime,
) -> Effect:
    """Decide what follows from a finding; return what that does to the goods.

    The goods go on, stay until it is done, or are not released on this declaration. Where they
    stay the case stays open, until another officer decides that it is done, or otherwise.

    Raises:
        ProblemError: ACC-001, ACC-011 a reviewer of no office of the region, ACC-014 no person,
            CLR-001 unknown or, to a coordinator, none that he looks after, CLR-002; REV-107 no
            words and REV-114 no such consequence, both at once; REV-112 stopped by a coordination
            centre, REV-113 his own finding, REV-115 his own decision stands.
    """
    if not by.is_(Role.COORDINATOR) or by.is_(Role.REVIEWER):
        require_reviewer(by, now, Role.COORDINATOR)
    elif declarations.get(declaration_id, viewer=by) is None:
        raise NOT_FOUND.error(declaration_id=declaration_id)
    locked = clearance.lock(declaration_id)
    hold = _open(declaration_id, hold_id)
    faults = []
    if consequence not in {str(one) for one in Consequence}:
        found = consequence.strip() or "—"
        faults.append(problems.CONSEQUENCE_UNKNOWN.at("#/consequence", consequence=found))
    if not words.strip():
        faults.append(problems.NO_WORDS.at("#/words"))
    if faults:
        raise ProblemError(*faults)
    decided = Consequence(consequence)
    decide(TwoPersonAct.DECIDE_CASE, locked, hold, decided, words, by=by, now=now)
    _carry_out(locked, hold, decided, words, by=by, now=now)
    return decided.effect


def decide(
    act: TwoPersonAct,
    locked: Locked,
    hold: HoldRow,
    consequence: Consequence,
    words: str,
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Keep a decision on a case, in the transaction that carries it out.

    Raises:
        ProblemError: ACC-014 no person, REV-113 his own finding, REV-115 his own decision stands.
    """
    require_second(act, by, first=hold.opened_by, refusal=problems.OWN_FINDING)
    last = CaseDecision.objects.filter(hold=hold.id).order_by("-id").first()
    if last is not None:
        stands, same = Consequence(last.consequence), problems.SAME_OFFICER
        again, first = TwoPersonAct.CHANGE_DECISION, {last.decided_by}
        require_second(again, by, first=first, refusal=same, consequence=stands)
    kept = CaseDecision.objects.create(
        hold=hold.id,
        declaration_id=locked.declaration_id,
        consequence=str(consequence),
        words=words.strip(),
        decided_by=by.name,
        decided_at=now,
    )
    facts = {"consequence": consequence, "words": words.strip()}
    id_, wrote = locked.declaration_id, [made(DECISION, kept)]
    record("CASE_DECIDED", id_, by=by, at=now, wrote=wrote, **facts)
    told = events.CaseDecided(locked.declaration_id, now, str(hold.id), str(consequence))
    announce([told])


def _carry_out(
    locked: Locked, hold: HoldRow, consequence: Consequence, words: str, *, by: Actor, now: datetime
) -> None:
    match consequence.effect:
        case Effect.GOES_ON:
            clearance.discharge(locked, hold.id, by=by, now=now)
        case Effect.STAYS:
            amends = consequence is Consequence.AMENDMENT
            turn = Turn.TRADER if amends else Turn.CUSTOMS
            facts = {"required": words.strip() if amends else ""}
            clearance.hand_over(locked, hold.id, turn, facts, by=by, now=now)
        case Effect.REFUSED:
            refuse_release(locked, words, by=by, now=now)


def refuse_release(locked: Locked, words: str, *, by: Actor, now: datetime) -> None:
    """Refuse the release in the transaction of the decision; all holds end.

    Raises:
        ProblemError: CLR-003 released already, REV-112 stopped by a coordination centre and no
            coordinator decides.
    """
    id_ = locked.declaration_id
    if not by.is_(Role.COORDINATOR) and holds.open_hold(id_, HoldKind.INSTRUCTION) is not None:
        raise problems.STOPPED_BY_HAND.error()
    clearance.move(locked, Act.REFUSE, by=by, now=now)
    refusal = Revocation.objects.create(
        declaration_id=id_,
        act=Act.REFUSE.value,
        words=words.strip(),
        decided_by=by.name,
        decided_at=now,
    )
    wrote, facts = [made(REVOCATION, refusal)], {"ground": "", "words": words.strip()}
    record("REFUSAL_DECIDED", id_, by=by, at=now, wrote=wrote, **facts)


def _open(declaration_id: DeclarationId, hold_id: HoldId) -> HoldRow:
    for row in holds.open_holds([declaration_id], HoldKind.CASE):
        if row.id == hold_id:
            return row
    raise NOT_HELD.error(hold_id=hold_id)
