"""Revoking and refusing an accepted declaration, by an officer and with its reason."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.db import transaction

from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance import queries as holds
from tongguan.domain.clearance.lifecycle import Act, HoldKind
from tongguan.domain.clearance.problems import NOT_FOUND
from tongguan.domain.declarations import queries as declarations
from tongguan.domain.review import problems
from tongguan.domain.review.cases import decide, refuse_release
from tongguan.domain.review.models import Revocation
from tongguan.domain.review.sealed import REVOCATION
from tongguan.domain.review.values import Consequence, Ground
from tongguan.facilities.accounts.rules.duties import require, require_person
from tongguan.facilities.accounts.two_persons import TwoPersonAct
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.sealed import made
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.problems import ProblemError

UNDER_WAY: Final = (HoldKind.INSPECTION, HoldKind.CASE)
"""While goods are examined or a finding is investigated, nothing is taken back."""


@transaction.atomic(durable=True)
def cancel(
    *, declaration_id: DeclarationId, ground: str, words: str, by: Actor, now: datetime
) -> None:
    """Revoke an accepted declaration before its release, on one of the grounds of the law.

    A person does it; the system itself does it for goods alone that did not come in time.
    All its holds end. What follows is done by the worker: its bill is free again, licences and
    guarantee are credited, what was paid is refunded. Source: Customs Law, art. 26; Order 220.

    Raises:
        ProblemError: ACC-001 no reviewer, ACC-014 no person, CLR-001 none that he may see,
            CLR-003 released already; REV-109 no such ground, REV-110 no reason, both at once;
            REV-111 under inspection, REV-112 stopped by a coordination centre.
    """
    require(by, Role.REVIEWER)
    if not (by.is_(Role.SYSTEM) and ground == str(Ground.NOT_COME)):
        require_person(by)
    locked = clearance.lock(declaration_id)
    _seen(declaration_id, by)
    faults = []
    if ground not in {str(one) for one in Ground}:
        faults.append(problems.GROUND_UNKNOWN.at("#/ground", ground=ground or "—"))
    if not words.strip():
        faults.append(problems.NO_REASON.at("#/words"))
    if faults:
        raise ProblemError(*faults)
    for kind in _open(declaration_id, UNDER_WAY):
        raise problems.UNDER_INSPECTION.error(kind=kind)
    _require_not_stopped(declaration_id)
    clearance.move(locked, Act.CANCEL, by=by, now=now)
    kept = Revocation.objects.create(
        declaration_id=declaration_id,
        act=Act.CANCEL.value,
        ground=ground,
        words=words.strip(),
        decided_by=by.name,
        decided_at=now,
    )
    facts = {"ground": ground, "words": words.strip()}
    wrote = [made(REVOCATION, kept)]
    record("REVOCATION_DECIDED", declaration_id, by=by, at=now, wrote=wrote, **facts)


@transaction.atomic(durable=True)
def refuse(*, declaration_id: DeclarationId, words: str, by: Actor, now: datetime) -> None:
    """Refuse an accepted declaration: its goods will not be released on it.

    All its holds end; an open case with the decision that the release is refused. What follows is
    as when it is revoked. What a coordination centre stopped by hand only a coordinator refuses.

    Raises:
        ProblemError: ACC-001 neither reviewer nor coordinator, ACC-014 no person, CLR-001 none that
            he may see, CLR-003 released already, REV-110 no reason, REV-112 stopped by a
            coordination centre, REV-113 a finding of his own is open, REV-115 a decision of his own
            stands.
    """
    require(by, Role.REVIEWER, Role.COORDINATOR)
    require_person(by)
    locked = clearance.lock(declaration_id)
    _seen(declaration_id, by)
    if not words.strip():
        raise ProblemError(problems.NO_REASON.at("#/words"))
    for case in holds.open_holds([declaration_id], HoldKind.CASE):
        decide(
            TwoPersonAct.REFUSE_RELEASE, locked, case, Consequence.REFUSAL, words, by=by, now=now
        )
    refuse_release(locked, words, by=by, now=now)


def _seen(declaration_id: DeclarationId, by: Actor) -> None:
    if not by.is_(Role.SYSTEM) and declarations.get(declaration_id, viewer=by) is None:
        raise NOT_FOUND.error(declaration_id=declaration_id)


def _require_not_stopped(declaration_id: DeclarationId) -> None:
    """Let the centre decide first: its bill would be free to be declared anew, without the stop."""
    if _open(declaration_id, (HoldKind.INSTRUCTION,)):
        raise problems.STOPPED_BY_HAND.error()


def _open(declaration_id: DeclarationId, kinds: Collection[HoldKind]) -> list[HoldKind]:
    return [kind for kind in kinds if holds.open_hold(declaration_id, kind) is not None]
