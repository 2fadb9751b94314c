"""Criteria by two people: one proposes, another decides; every wording and every change is kept."""

from collections.abc import Collection, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Final

from django.db import transaction
from django.db.models import Max
from msgspec import structs

from tongguan.domain.risk import problems
from tongguan.domain.risk.criteria import Criterion, Kind, ModelCard
from tongguan.domain.risk.events import CriteriaChanged, ModelWithdrawn
from tongguan.domain.risk.models import Change, CriterionVersion, ModelFile
from tongguan.domain.risk.publication import commit_sets
from tongguan.domain.risk.rules.sets import canonical, set_version
from tongguan.domain.risk.rules.soundness import faults
from tongguan.domain.risk.scorers import read_model
from tongguan.domain.risk.sealed import CHANGE, CRITERION
from tongguan.facilities.accounts.rules.duties import require, require_person
from tongguan.facilities.accounts.two_persons import TwoPersonAct, require_second
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.announcements.commands import announce
from tongguan.facilities.ledger.commands import lock_house, record
from tongguan.facilities.ledger.sealed import Rows, changed
from tongguan.facilities.ledger.sealed import made as written
from tongguan.facilities.ledger.values import HOUSE
from tongguan.kernel.problems import ProblemError

BATCH: Final = 1_000
TOLD: Final = 20
"""The ledger names up to so many criteria of one act one by one, and all by their hash."""


@transaction.atomic(durable=True)
def propose(*, criteria: Sequence[Criterion], by: Actor, now: datetime) -> tuple[Criterion, ...]:
    """Propose criteria (id 0: a new one) or other wordings; return them with ids and versions.

    They act when another person has approved them. A wording that waited is replaced.

    Raises:
        ProblemError: ACC-014 no person; RSK-001 and RSK-006 for all that cannot be used, RSK-007 no
            such criterion, RSK-008 a model that is not kept.

    Cost: 0.1 ms each, of many.
    """
    require(by, Role.RISK_ANALYST)
    require_person(by)
    return _propose(criteria, by, now)


@transaction.atomic(durable=True)
def keep_model(*, content: bytes, card: ModelCard, by: Actor, now: datetime) -> ModelCard:
    """Keep a learned model and propose its card; it scores when another person has approved it.

    Returns:
        The card with its id, its version and the hash of the bytes.

    Raises:
        ProblemError: RSK-030 the bytes are no model, and all that `propose` refuses.
    """
    require(by, Role.RISK_ANALYST)
    require_person(by)
    try:
        read_model(content)
    except ValueError as error:
        raise problems.MODEL_UNREADABLE.error(reason=str(error)) from error
    hashed = sha256(content).hexdigest()
    ModelFile.objects.get_or_create(sha256=hashed, defaults={"content": content, "kept_at": now})
    made = structs.replace(card, sha256=hashed)
    [row] = _propose([made], by, now)
    return structs.replace(made, id=row.id, version=row.version)


@transaction.atomic(durable=True)
def approve(*, kind: Kind, ids: Collection[int], by: Actor, now: datetime) -> int:
    """Approve the waiting wordings of criteria; they act in all districts within a second.

    Returns:
        The place in the log of changes from which on they act.

    Raises:
        ProblemError: ACC-014 no person, ACC-015 the account of who proposed it was withdrawn,
            RSK-002 the same one proposed one, RSK-003 nothing waits.
    """
    require(by, Role.RISK_ANALYST)
    lock_house()
    model = kind is Kind.MODEL
    act = TwoPersonAct.APPROVE_MODEL if model else TwoPersonAct.APPROVE_CRITERION
    waiting = _waiting(act, kind, ids, by)
    decided = {"approved": True, "decided_by": by.name, "decided_at": now}
    CriterionVersion.objects.filter(pk__in=[row.pk for row in waiting]).update(**decided)
    changes = [_change(kind, row.criterion, row.version, by, now) for row in waiting]
    stamp, logged = _log(changes, now)
    wrote = [changed(CRITERION, row.pk, **decided) for row in waiting]
    _enter("CRITERIA_APPROVED", waiting, by, now, wrote=[*wrote, *logged])
    return stamp


@transaction.atomic(durable=True)
def refuse(*, kind: Kind, id: int, why: str, by: Actor, now: datetime) -> None:
    """Refuse the waiting wording of a criterion.

    Raises:
        ProblemError: ACC-014 no person, RSK-002 the same person proposed it, RSK-003 nothing waits.
    """
    require(by, Role.RISK_ANALYST)
    lock_house()
    [row] = _waiting(TwoPersonAct.REFUSE_CRITERION, kind, [id], by)
    row.approved, row.decided_by, row.decided_at = False, by.name, now
    row.save(update_fields=["approved", "decided_by", "decided_at"])
    wrote = [changed(CRITERION, row.pk, approved=False, decided_by=by.name, decided_at=now)]
    _enter("CRITERION_REFUSED", [row], by, now, wrote=wrote, why=why)


@transaction.atomic(durable=True)
def suspend(*, kind: Kind, id: int, why: str, by: Actor, now: datetime) -> int:
    """Take a criterion out of force at once; one person may, and another may resume it.

    Raises:
        ProblemError: ACC-014 no person, RSK-004 it is not in force.
    """
    return _stop("CRITERION_SUSPENDED", kind, id, why, by, now)


@transaction.atomic(durable=True)
def end(*, kind: Kind, id: int, why: str, by: Actor, now: datetime) -> int:
    """End a criterion for good; its wordings are kept.

    Raises:
        ProblemError: ACC-014 no person, RSK-004 it is neither in force nor suspended.
    """
    return _stop("CRITERION_ENDED", kind, id, why, by, now, ended=True)


@transaction.atomic(durable=True)
def resume(*, kind: Kind, id: int, by: Actor, now: datetime) -> int:
    """Put a suspended criterion back into force, in the wording it had.

    Raises:
        ProblemError: ACC-014 no person, RSK-002 the same person suspended it, RSK-005 it is not
            suspended.
    """
    require(by, Role.RISK_ANALYST)
    lock_house()
    last = _last(kind, id)
    if last is None or last.active or last.ended:
        raise problems.NOT_SUSPENDED.error(kind=kind, criterion=id)
    same = problems.SECOND_PERSON
    require_second(TwoPersonAct.RESUME_CRITERION, by, first={last.by}, refusal=same)
    stamp, wrote = _log([_change(kind, id, last.version, by, now)], now)
    record("CRITERION_RESUMED", None, by=by, at=now, wrote=wrote, criterion=kind, id=id)
    return stamp


def withdraw_model(*, id: int, version: int, why: str, by: Actor, now: datetime) -> int | None:
    """Take a model out of use and put the last good one back; in the caller's transaction.

    The last good one is the newest earlier version of the same model that was approved and not
    itself taken out of use; where there is none, an older model that is in force counts.

    Returns:
        The version that is in use again, 0 for none; None where this one was not in use any more.
    """
    require(by, Role.RISK_ANALYST)
    lock_house()
    kind = Kind.MODEL
    last = _last(kind, id)
    if last is None or not last.active or last.version != version:
        return None
    stopped = Change.objects.filter(kind=str(kind), criterion=id, active=False)
    good = CriterionVersion.objects.filter(
        kind=str(kind), criterion=id, version__lt=version, approved=True
    ).exclude(version__in=stopped.values("version"))
    restored = good.order_by("-version").values_list("version", flat=True).first() or 0
    stop = _change(kind, id, version, by, now)
    stop.active, stop.why = False, why
    back = [_change(kind, id, restored, by, now)] if restored else []
    for change in back:
        change.why = why
    _stamp, wrote = _log([stop, *back], now)
    record(
        "MODEL_WITHDRAWN",
        None,
        by=by,
        at=now,
        wrote=wrote,
        model=id,
        version=version,
        restored=restored,
        why=why,
    )
    announce([ModelWithdrawn(HOUSE, now, id, version, restored, why)])
    return restored


def _propose(criteria: Sequence[Criterion], by: Actor, now: datetime) -> tuple[Criterion, ...]:
    many = len(criteria) > 1
    found = [
        fault
        for place, one in enumerate(criteria)
        for fault in faults(one, at=f"#/{place}" if many else "#")
    ]
    cards = [one for one in criteria if isinstance(one, ModelCard)]
    kept = ModelFile.objects.in_bulk([one.sha256 for one in cards])
    found += [
        problems.MODEL_UNKNOWN.at("#/sha256", sha256=one.sha256)
        for one in cards
        if one.sha256 not in kept
    ]
    if found:
        raise ProblemError(*found)
    hashed = sha256("\n".join(map(canonical, criteria)).encode()).hexdigest()
    lock_house()  # under which numbers are given
    made = _numbered(criteria)
    replaced = {"approved": False, "decided_by": by.name, "decided_at": now}
    wrote: list[Rows] = []
    for kind in {one.kind for one in made}:
        ids = [one.id for one in made if one.kind is kind]
        waiting = CriterionVersion.objects.filter(kind=str(kind), criterion__in=ids, approved=None)
        wrote += [changed(CRITERION, one.pk, **replaced) for one in waiting.only("pk")]
        waiting.update(**replaced)
    rows = [
        CriterionVersion(
            kind=str(one.kind),
            criterion=one.id,
            version=one.version,
            name=one.name,
            content=(text := canonical(one)),
            sha256=sha256(text.encode()).hexdigest(),
            proposed_by=by.name,
            proposed_at=now,
        )
        for one in made
    ]
    CriterionVersion.objects.bulk_create(rows, batch_size=BATCH)
    wrote += [written(CRITERION, row) for row in rows]
    facts = {"count": len(criteria), "sha256": hashed}
    record("CRITERIA_PROPOSED", None, by=by, at=now, wrote=wrote, **facts)
    return tuple(made)


def _numbered(criteria: Sequence[Criterion]) -> list[Criterion]:
    kinds = {one.kind for one in criteria}
    last: dict[tuple[Kind, int], int] = {}
    newest: dict[Kind, int] = {}
    for kind in kinds:
        rows = CriterionVersion.objects.filter(kind=str(kind))
        newest[kind] = rows.aggregate(last=Max("criterion"))["last"] or 0
        known = [one.id for one in criteria if one.kind is kind and one.id]
        versions = rows.filter(criterion__in=known).values_list("criterion")
        for id_, version in versions.annotate(last=Max("version")):
            last[kind, id_] = version
    made: list[Criterion] = []
    for one in criteria:
        kind, id_ = one.kind, one.id
        if not id_:
            newest[kind] += 1
            id_ = newest[kind]
        elif (kind, id_) not in last:
            raise problems.UNKNOWN_CRITERION.error(kind=kind, criterion=id_)
        last[kind, id_] = version = last.get((kind, id_), 0) + 1
        made.append(structs.replace(one, id=id_, version=version))
    return made


def _waiting(
    act: TwoPersonAct, kind: Kind, ids: Collection[int], by: Actor
) -> list[CriterionVersion]:
    require_person(by)
    wanted = CriterionVersion.objects.select_for_update().filter(
        kind=str(kind), criterion__in=ids, approved=None
    )
    rows = list(wanted.order_by("criterion"))
    for missing in sorted(set(ids) - {row.criterion for row in rows}):
        raise problems.NOTHING_WAITS.error(kind=kind, criterion=missing)
    first = {row.proposed_by for row in rows}
    require_second(act, by, first=first, refusal=problems.SECOND_PERSON)
    return rows


def _stop(
    act: str, kind: Kind, id_: int, why: str, by: Actor, now: datetime, *, ended: bool = False
) -> int:
    require(by, Role.RISK_ANALYST)
    require_person(by)
    lock_house()
    last = _last(kind, id_)
    if last is None or last.ended or not (last.active or ended):
        raise problems.NOT_IN_FORCE.error(kind=kind, criterion=id_)
    change = _change(kind, id_, last.version, by, now)
    change.active, change.ended, change.why = False, ended, why
    stamp, wrote = _log([change], now)
    record(act, None, by=by, at=now, wrote=wrote, criterion=kind, id=id_, why=why)
    return stamp


def _last(kind: Kind, id_: int) -> Change | None:
    return Change.objects.filter(kind=str(kind), criterion=id_).order_by("-id").first()


def _change(kind: Kind, id_: int, version: int, by: Actor, now: datetime) -> Change:
    return Change(
        at=now,
        by=by.name,
        kind=str(kind),
        criterion=id_,
        version=version,
        active=True,
        ended=False,
    )


def _log(changes: Sequence[Change], now: datetime) -> tuple[int, list[Rows]]:
    """Enter changes in their log; return the last one's number, and what was written."""
    made = Change.objects.bulk_create(changes, batch_size=BATCH)
    stamp = max((change.pk for change in made), default=0)
    commit_sets(now=now)
    announce([CriteriaChanged(HOUSE, now, stamp)])
    return stamp, [written(CHANGE, change) for change in made]


def _enter(
    act: str,
    rows: Sequence[CriterionVersion],
    by: Actor,
    now: datetime,
    *,
    wrote: Sequence[Rows],
    **facts: str,
) -> None:
    lines = [f"{row.kind} {row.criterion} {row.version} {row.sha256}" for row in rows]
    told = [f"{row.kind} {row.criterion} v{row.version}" for row in rows[:TOLD]]
    if len(rows) > TOLD:
        told.append("…")
    facts |= {"criteria": ", ".join(told), "sha256": set_version(lines)}
    record(act, None, by=by, at=now, wrote=wrote, count=len(rows), **facts)
