"""Registering enterprises, classing them, and mandates between them."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from tongguan.domain.parties import problems
from tongguan.domain.parties.models import CreditRecord, Enterprise, Mandate
from tongguan.domain.parties.values import CreditClass, EnterpriseKind
from tongguan.facilities.accounts.values import Actor
from tongguan.facilities.ledger.commands import record
from tongguan.kernel.identifiers import credit_code_sound


@transaction.atomic
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

    `since` is the day of registration where it lies before today.

    Raises:
        ProblemError: PAR-001 the credit code is wrong, PAR-002 it is registered already.
    """
    if not credit_code_sound(scc):
        raise problems.CREDIT_CODE.error(scc=scc)
    day = since or now.date()
    try:
        with transaction.atomic():
            made = Enterprise.objects.create(
                scc=scc,
                customs_code=customs_code,
                name_zh=name_zh,
                name_en=name_en,
                kind=str(kind),
                home_office=home_office,
                registered_on=day,
            )
    except IntegrityError as error:
        raise problems.REGISTERED.error(scc=scc, customs_code=customs_code) from error
    CreditRecord.objects.create(
        enterprise=made, credit=str(credit), valid_from=day, reason="registration"
    )
    record("ENTERPRISE_REGISTERED", None, by=by, at=now, scc=scc, name=name_zh)
    return made.pk


@transaction.atomic
def set_class(
    *, enterprise_id: int, credit: CreditClass, reason: str, by: Actor, now: datetime
) -> None:
    """Give an enterprise another credit class from today on, with the ground."""
    Enterprise.objects.select_for_update().get(pk=enterprise_id)
    day = now.date()
    CreditRecord.objects.filter(enterprise=enterprise_id, valid_until=None).update(valid_until=day)
    CreditRecord.objects.update_or_create(
        enterprise_id=enterprise_id,
        valid_from=day,
        defaults={"credit": str(credit), "reason": reason, "valid_until": None},
    )
    record("CREDIT_CLASS_SET", None, by=by, at=now, enterprise=enterprise_id, credit=credit)


@transaction.atomic
def grant_mandate(
    *,
    principal_id: int,
    broker_id: int,
    valid_from: date,
    valid_until: date,
    by: Actor,
    now: datetime,
    flow: str = "",
) -> int:
    """Give a broker the electronic mandate to declare; return its id.

    `flow` is `import` or `export`; both where empty.
    """
    made = Mandate.objects.create(
        principal_id=principal_id,
        broker_id=broker_id,
        flow=flow,
        valid_from=valid_from,
        valid_until=valid_until,
        signed_by=by.name,
    )
    record("MANDATE_GRANTED", None, by=by, at=now, principal=principal_id, broker=broker_id)
    return made.pk


@transaction.atomic
def revoke_mandate(*, mandate_id: int, by: Actor, now: datetime) -> None:
    """End a mandate today. What was lodged under it stays lodged."""
    Mandate.objects.filter(pk=mandate_id, revoked_on=None).update(revoked_on=now.date())
    record("MANDATE_REVOKED", None, by=by, at=now, mandate=mandate_id)
