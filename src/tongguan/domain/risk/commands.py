"""Writes of this room: selections of a batch, profiles by two people, seeds, outcomes."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from django.db import transaction
from django.db.models import Max
from msgspec import json, structs, to_builtins

from tongguan.domain.risk import problems
from tongguan.domain.risk.events import ProfilesChanged
from tongguan.domain.risk.models import Outcome, ProfileVersion
from tongguan.domain.risk.values import Condition, Facts, Field, Operator, Profile, Selection
from tongguan.facilities.accounts.rules.duties import require
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.announcements.commands import announce
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.values import HOUSE
from tongguan.facilities.tables import TableRows
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.problems import Fault, ProblemError

_ENCODER: Final = json.Encoder(decimal_format="string")
_SELECTED: Final = ("declaration_id", "at", "documents", "goods", "selection", "facts")
_NUMBERS: Final = frozenset({Operator.AT_LEAST, Operator.BELOW})


def selection_rows(
    selected: Iterable[tuple[DeclarationId, Selection, Facts]], *, now: datetime
) -> TableRows:
    """Return the rows of what was selected, with the facts it was decided on."""
    encode = _ENCODER.encode
    rows = [
        (
            id_,
            now,
            one.documents,
            one.goods,
            encode(one).decode(),
            encode([facts.head, facts.lines]).decode(),
        )
        for id_, one, facts in selected
    ]
    return TableRows("risk_selected", _SELECTED, rows)


@transaction.atomic(durable=True)
def propose(*, profile: Profile, by: Actor, now: datetime) -> Profile:
    """Propose a profile (id 0: a new one) or another wording of one; return it with its version.

    It acts when a second person has approved it.

    Raises:
        ProblemError: RSK-001 for every condition that cannot be used.
    """
    require(by, Role.RISK_ANALYST)
    faults = [fault for at, one in enumerate(profile.conditions, 1) for fault in _faults(at, one)]
    if faults:
        raise ProblemError(*faults)
    record("PROFILE_PROPOSED", None, by=by, at=now, name=profile.name)
    id_ = profile.id or (ProfileVersion.objects.aggregate(last=Max("profile"))["last"] or 0) + 1
    last = ProfileVersion.objects.filter(profile=id_).aggregate(last=Max("version"))["last"]
    made = structs.replace(profile, id=id_, version=(last or 0) + 1)
    ProfileVersion.objects.create(
        profile=made.id,
        version=made.version,
        content=to_builtins(made, str_keys=True),
        proposed_by=by.name,
        proposed_at=now,
    )
    return made


@transaction.atomic(durable=True)
def approve(*, profile_id: int, by: Actor, now: datetime) -> None:
    """Approve the waiting wording of a profile; it acts in all districts within a second.

    Raises:
        ProblemError: RSK-002 the same person proposed it, RSK-003 nothing waits.
    """
    require(by, Role.RISK_ANALYST)
    rows = ProfileVersion.objects.select_for_update().filter(profile=profile_id)
    waiting = rows.filter(approved_at=None, ended_at=None).order_by("-version").first()
    if waiting is None:
        raise problems.NO_PROFILE.error(profile=profile_id)
    if waiting.proposed_by == by.name:
        raise problems.SECOND_PERSON.error(person=by.label)
    rows.filter(approved_at__isnull=False, ended_at=None).update(ended_at=now, ended_by=by.name)
    waiting.approved_by, waiting.approved_at = by.name, now
    waiting.save(update_fields=["approved_by", "approved_at"])
    facts = {"profile": profile_id, "version": waiting.version}
    record("PROFILE_APPROVED", None, by=by, at=now, **facts)
    announce([ProfilesChanged(HOUSE, now, profile_id, waiting.version)])


@transaction.atomic(durable=True)
def end(*, profile_id: int, by: Actor, now: datetime) -> None:
    """End a profile, whatever its wording; it stops acting within a second. One person may."""
    require(by, Role.RISK_ANALYST)
    rows = ProfileVersion.objects.filter(profile=profile_id, ended_at=None)
    rows.update(ended_at=now, ended_by=by.name)
    record("PROFILE_ENDED", None, by=by, at=now, profile=profile_id)
    announce([ProfilesChanged(HOUSE, now, profile_id, 0)])


def record_outcome(
    *,
    declaration_id: DeclarationId,
    treatment: str,
    finding: str,
    office: str,
    by: Actor,
    now: datetime,
) -> None:
    """Note how a treatment ended, in the transaction that ended it. Again changes nothing."""
    Outcome.objects.get_or_create(
        declaration_id=declaration_id,
        treatment=treatment,
        defaults={"finding": finding, "office": office, "at": now, "by": by.name},
    )


def _faults(place: int, condition: Condition) -> list[Fault]:
    at = f"#/conditions/{place - 1}"
    try:
        Field(condition.field)
        operator = Operator(condition.operator)
    except ValueError as error:
        return [problems.CONDITION_WRONG.at(at, place=place, reason=str(error))]
    if operator is not Operator.MISSING and not condition.operands:
        return [problems.CONDITION_WRONG.at(at, place=place, reason="no operand")]
    if operator in _NUMBERS:
        try:
            Decimal(condition.operands[0])
        except InvalidOperation:
            reason = f"{condition.operands[0]} is no number"
            return [problems.CONDITION_WRONG.at(at, place=place, reason=reason)]
    return []
