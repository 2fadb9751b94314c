"""Registering what payment rests on: banks whose receipts are believed, and guarantees."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from tongguan.domain.revenue import problems
from tongguan.domain.revenue.models import Bank, Guarantee
from tongguan.domain.revenue.rules import receipts
from tongguan.facilities.accounts.rules.duties import require
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.ledger.commands import record


@transaction.atomic(durable=True)
def register_bank(*, name: str, public_key: bytes, by: Actor, now: datetime) -> None:
    """Register a bank, whose signed receipts are believed from now on. Again: changes nothing.

    Raises:
        ProblemError: ACC-001 no administrator, REV-020 registered with another key, REV-021 the key
            is none.
    """
    require(by, Role.ADMINISTRATOR)
    if not receipts.key_sound(public_key):
        raise problems.KEY_UNREADABLE.error(bank=name)
    bank, made = Bank.objects.get_or_create(
        name=name, defaults={"public_key": public_key, "registered_at": now}
    )
    if made:
        record("BANK_REGISTERED", None, by=by, at=now, bank=name, public_key=public_key.hex())
    elif bytes(bank.public_key) != public_key:
        raise problems.BANK_REGISTERED.error(bank=name)


@transaction.atomic(durable=True)
def register_guarantee(
    *,
    number: str,
    enterprise_id: int,
    limit_cny: Decimal,
    valid_from: date,
    valid_until: date,
    by: Actor,
    now: datetime,
) -> None:
    """Register a guarantee of an enterprise. Again, with the same content: changes nothing.

    Raises:
        ProblemError: ACC-001 neither revenue officer nor administrator, REV-022 registered with
            other content.
    """
    require(by, Role.REVENUE, Role.ADMINISTRATOR)
    content = {
        "enterprise_id": enterprise_id,
        "limit_cny": limit_cny,
        "valid_from": valid_from,
        "valid_until": valid_until,
    }
    guarantee, made = Guarantee.objects.get_or_create(number=number, defaults=content)
    if made:
        record("GUARANTEE_REGISTERED", None, by=by, at=now, number=number, **content)
    elif any(getattr(guarantee, name) != value for name, value in content.items()):
        raise problems.GUARANTEE_REGISTERED.error(number=number)
