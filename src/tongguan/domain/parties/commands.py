"""Registering enterprises, classing and suspending them, and mandates between them."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.timezone import localdate

from tongguan.domain.parties import problems, queries
from tongguan.domain.parties.models import CreditRecord, Enterprise, Mandate
from tongguan.domain.parties.rules.mandates import check_grant
from tongguan.domain.parties.rules.registration import check_registration
from tongguan.domain.parties.sealed import CREDIT, ENTERPRISE, MANDATE
from tongguan.domain.parties.values import (
    CreditClass,
    EnterpriseKind,
    MandateFlow,
    NewEnterprise,
    Signature,
)
from tongguan.domain.reference.queries import snapshot
from tongguan.facilities.accounts.rules.duties import require
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.sealed import Rows, changed, removed
from tongguan.facilities.ledger.sealed import made as written
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.text import _

REGISTRATION: Final = _("registration")
CLASS_AHEAD: Final = timedelta(days=366)
"""How far ahead a class may begin; ours: a decision names the next year at most, and a year that
is mistyped is refused."""


def register(
    *,
    scc: str,
    customs_code: str,
    name_zh: str,
    name_en: str,
    kind: EnterpriseKind,
    home_office: str,
    credit: CreditClass,
    by: Actor,
    now: datetime,
    since: date | None = None,
) -> int:
    """Register an enterprise for all districts, with its first credit class; return its id.

    Args:
        scc: unified social credit code.
        customs_code: customs registration; empty for whoever never declares.
        name_zh: name as registered.
        name_en: name as others write it.
        kind: what it is registered as.
        home_office: the office that keeps its file.
        credit: its first credit class.
        by: an administrator.
        now: the moment.
        since: day of registration, if it lies before today.

    Raises:
        ProblemError: ACC-001 not an administrator; all of PAR-001 to PAR-005 that apply.
    """
    new = NewEnterprise(
        scc=scc,
        customs_code=customs_code,
        name_zh=name_zh,
        name_en=name_en,
        kind=kind,
        home_office=home_office,
        credit=credit,
        since=since,
    )
    return copy_in([new], by=by, now=now)[scc]


@transaction.atomic(durable=True)
def copy_in(enterprises: Sequence[NewEnterprise], *, by: Actor, now: datetime) -> dict[str, int]:
    """Register enterprises: all of them, or none; return their ids by credit code.

    Raises:
        ProblemError: ACC-001 not an administrator; all of PAR-001 to PAR-005 that apply.

    Cost: two statements and one ledger entry for any number.
    """
    require(by, Role.ADMINISTRATOR)
    faults = [
        fault
        for index, new in enumerate(enterprises)
        for fault in check_registration(new, pointer=f"#/{index}")
    ]
    if faults:
        raise ProblemError(*faults)
    day = localdate(now)
    try:
        with transaction.atomic():
            made = Enterprise.objects.bulk_create(
                Enterprise(
                    scc=new.scc,
                    customs_code=new.customs_code or None,
                    name_zh=new.name_zh,
                    name_en=new.name_en,
                    kind=str(new.kind),
                    home_office=new.home_office,
                    registered_on=new.since or day,
                )
                for new in enterprises
            )
    except IntegrityError as error:
        raise _registered(enterprises) from error
    classes = CreditRecord.objects.bulk_create(
        CreditRecord(
            enterprise=one,
            credit=str(new.credit),
            valid_from=one.registered_on,
            reason=REGISTRATION,
            set_by=by.name,
        )
        for one, new in zip(made, enterprises, strict=True)
    )
    names = ", ".join(one.scc for one in made)
    wrote = [written(ENTERPRISE, one) for one in made]
    wrote += [written(CREDIT, one) for one in classes]
    told = {"count": len(made), "codes": names}
    record("ENTERPRISES_REGISTERED", None, by=by, at=now, wrote=wrote, **told)
    return {one.scc: one.pk for one in made}


@transaction.atomic(durable=True)
def set_class(
    *,
    enterprise_id: int,
    credit: CreditClass,
    reason: str,
    by: Actor,
    now: datetime,
    since: date | None = None,
) -> None:
    """Give an enterprise another credit class from a day on (today, if none is named).

    A class that was to begin after that day, and has not begun, is dropped.

    Raises:
        ProblemError: ACC-001 neither administrator nor auditor, PAR-006 no such enterprise,
            PAR-007 a class is in force from a later day, PAR-040 no class of that day, PAR-041
            the day is too far ahead.
    """
    require(by, Role.ADMINISTRATOR, Role.AUDITOR)
    _lock(enterprise_id)
    today = localdate(now)
    day = since or today
    if day > today + CLASS_AHEAD:
        raise problems.CLASS_TOO_LATE.error(since=day, latest=today + CLASS_AHEAD)
    _in_force(credit, day)
    ahead = CreditRecord.objects.filter(enterprise=enterprise_id, valid_from__gt=max(day, today))
    wrote: list[Rows] = [removed(CREDIT, one.pk) for one in ahead]
    ahead.delete()
    held = CreditRecord.objects.filter(enterprise=enterprise_id).order_by("-valid_from").first()
    if held is not None and held.valid_from > day:
        raise problems.CLASS_BEFORE.error(since=held.valid_from)
    if held is not None and held.valid_from == day:
        fresh = {"credit": str(credit), "reason": reason, "set_by": by.name, "valid_until": None}
        CreditRecord.objects.filter(pk=held.pk).update(**fresh)
        wrote.append(changed(CREDIT, held.pk, **fresh))
    else:
        if held is not None:
            held.valid_until = day
            held.save(update_fields=["valid_until"])
            wrote.append(changed(CREDIT, held.pk, valid_until=day))
        made = CreditRecord.objects.create(
            enterprise_id=enterprise_id,
            credit=str(credit),
            valid_from=day,
            reason=reason,
            set_by=by.name,
        )
        wrote.append(written(CREDIT, made))
    record(
        "CREDIT_CLASS_SET",
        None,
        by=by,
        at=now,
        wrote=wrote,
        enterprise=enterprise_id,
        credit=credit,
        since=day,
        reason=reason,
    )


@transaction.atomic(durable=True)
def suspend(
    *, enterprise_id: int, reason: str, by: Actor, now: datetime, until: date | None = None
) -> None:
    """Suspend an enterprise from today on: it may not declare, nor be declared for.

    Raises:
        ProblemError: ACC-001 neither administrator nor auditor, PAR-006 no such enterprise, PAR-008
            it would end today or has ended.
    """
    require(by, Role.ADMINISTRATOR, Role.AUDITOR)
    _lock(enterprise_id)
    day = localdate(now)
    if until is not None and until <= day:
        raise ProblemError(problems.SUSPENSION_OVER.at("#/valid_until", since=day, until=until))
    Enterprise.objects.filter(pk=enterprise_id).update(suspended_from=day, suspended_until=until)
    record(
        "ENTERPRISE_SUSPENDED",
        None,
        by=by,
        at=now,
        wrote=[changed(ENTERPRISE, enterprise_id, suspended_from=day, suspended_until=until)],
        enterprise=enterprise_id,
        until=until,
        reason=reason,
    )


@transaction.atomic(durable=True)
def lift_suspension(*, enterprise_id: int, reason: str, by: Actor, now: datetime) -> None:
    """Let a suspended enterprise declare again, at once.

    Raises:
        ProblemError: ACC-001 neither administrator nor auditor, PAR-006 no such enterprise, PAR-009
            it is not suspended.
    """
    require(by, Role.ADMINISTRATOR, Role.AUDITOR)
    _lock(enterprise_id)
    goes_on = Q(suspended_until=None) | Q(suspended_until__gt=localdate(now))
    held = Enterprise.objects.filter(goes_on, pk=enterprise_id, suspended_from__isnull=False)
    if not held.update(suspended_from=None, suspended_until=None):
        raise problems.NOT_SUSPENDED.error()
    wrote = [changed(ENTERPRISE, enterprise_id, suspended_from=None, suspended_until=None)]
    told = {"enterprise": enterprise_id, "reason": reason}
    record("SUSPENSION_LIFTED", None, by=by, at=now, wrote=wrote, **told)


@transaction.atomic(durable=True)
def grant_mandate(
    *,
    principal_id: int,
    broker_id: int,
    valid_from: date,
    valid_until: date,
    by: Actor,
    now: datetime,
    flow: MandateFlow | str = MandateFlow.BOTH,
    chapters: Collection[str] = (),
    sees_others: bool = False,
    draws_guarantee: bool = False,
    signature: str = "",
) -> int:
    """Give a broker the electronic mandate to declare; return its id.

    Args:
        principal_id: the trader who gives it.
        broker_id: the broker who holds it, of any district.
        valid_from: first day.
        valid_until: the day it no longer runs.
        by: somebody of the principal, or an administrator.
        now: the moment of signing.
        flow: `import` or `export`; both where empty.
        chapters: two-digit chapters of the tariff it covers; all where none are named.
        sees_others: it also shows the broker what the principal or another broker declared within
            flow, chapters and span, and lets him act on it.
        draws_guarantee: it lets the broker draw on the principal's guarantees.
        signature: the principal's electronic signature, as text.

    Raises:
        ProblemError: PAR-023 not of the principal, PAR-006 no such enterprise; all of PAR-020 to
            PAR-022, PAR-026 that apply; PAR-025 the same is given and not revoked.
    """
    if principal_id not in by.own_ids and not by.is_(Role.ADMINISTRATOR, Role.SYSTEM):
        raise problems.NOT_YOUR_MANDATE.error()
    day = localdate(now)
    found = {row.id: row for row in queries.enterprises({principal_id, broker_id}, day)}
    for id_ in (principal_id, broker_id):
        if id_ not in found:
            raise problems.UNKNOWN.error(enterprise=id_)
    faults = list(
        check_grant(
            principal=found[principal_id],
            broker=found[broker_id],
            chapters=chapters,
            valid_from=valid_from,
            valid_until=valid_until,
            day=day,
        )
    )
    if faults:
        raise ProblemError(*faults)
    content = {
        "principal_id": principal_id,
        "broker_id": broker_id,
        "flow": str(MandateFlow(str(flow))),
        "chapters": sorted(set(chapters)),
        "valid_from": valid_from,
        "valid_until": valid_until,
    }
    signed = Signature(by.name, now, signature)
    try:
        with transaction.atomic():
            made = Mandate.objects.create(
                **content,
                sees_others=sees_others,
                draws_guarantee=draws_guarantee,
                signed_by=signed.by,
                signed_at=signed.at,
                signature=signed.text,
            )
    except IntegrityError as error:
        raise problems.MANDATE_GIVEN.error(
            valid_from=valid_from, valid_until=valid_until
        ) from error
    record(
        "MANDATE_GRANTED",
        None,
        by=by,
        at=now,
        wrote=[written(MANDATE, made)],
        mandate=made.pk,
        principal=principal_id,
        broker=broker_id,
        until=valid_until,
        sees_others=sees_others,
        draws_guarantee=draws_guarantee,
    )
    return made.pk


@transaction.atomic(durable=True)
def revoke_mandate(*, mandate_id: int, by: Actor, now: datetime) -> None:
    """End a mandate now. What was lodged under it stays lodged.

    Raises:
        ProblemError: PAR-024 none of theirs as principal or broker, or revoked already.
    """
    held = Mandate.objects.select_for_update().filter(pk=mandate_id, revoked_at=None).first()
    parties = set() if held is None else {held.principal_id, held.broker_id}
    mine = not by.own_ids.isdisjoint(parties) or by.is_(Role.ADMINISTRATOR, Role.SYSTEM)
    if held is None or not mine:
        raise problems.MANDATE_UNKNOWN.error(mandate=mandate_id)
    held.revoked_at, held.revoked_by = now, by.name
    held.save(update_fields=["revoked_at", "revoked_by"])
    wrote = [changed(MANDATE, mandate_id, revoked_at=now, revoked_by=by.name)]
    record("MANDATE_REVOKED", None, by=by, at=now, wrote=wrote, mandate=mandate_id)


def _in_force(credit: CreditClass, day: date) -> None:
    """Refuse a class that the law of a day does not have."""
    classes = snapshot().parameters.words("credit_classes", day)
    if credit.value not in classes:
        raise problems.CLASS_NOT_IN_FORCE.error(
            credit=credit.value, day=day, classes=", ".join(classes)
        )


def _lock(enterprise_id: int) -> None:
    if not Enterprise.objects.select_for_update().filter(pk=enterprise_id).exists():
        raise problems.UNKNOWN.error(enterprise=enterprise_id)


def _registered(enterprises: Sequence[NewEnterprise]) -> ProblemError:
    """Return which of these are registered already, or stand twice among themselves."""
    codes = [code for new in enterprises for code in (new.scc, new.customs_code) if code]
    known = Enterprise.objects.filter(Q(scc__in=codes) | Q(customs_code__in=codes))
    held = {code for pair in known.values_list("scc", "customs_code") for code in pair}
    held |= {code for code in codes if codes.count(code) > 1}
    return ProblemError(
        *(
            problems.REGISTERED.at(f"#/{index}", scc=new.scc, customs_code=new.customs_code or "—")
            for index, new in enumerate(enterprises)
            if new.scc in held or new.customs_code in held
        )
    )
