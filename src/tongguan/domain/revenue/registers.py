"""Registering and withdrawing what payment rests on: banks whose receipts are believed, guarantees.

What is withdrawn keeps its row: payments and debits refer to it.
"""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from tongguan.domain.revenue import problems
from tongguan.domain.revenue.models import Bank, Guarantee
from tongguan.domain.revenue.queries import registered_number
from tongguan.domain.revenue.rules import receipts
from tongguan.domain.revenue.sealed import BANK, GUARANTEE
from tongguan.facilities.accounts.rules.duties import require
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.sealed import changed
from tongguan.facilities.ledger.sealed import made as written


@transaction.atomic(durable=True)
def register_bank(*, name: str, public_key: bytes, by: Actor, now: datetime) -> None:
    """Register a bank, whose signed receipts are believed from now on. Again: changes nothing.

    A bank that was withdrawn is registered anew with another key.

    Raises:
        ProblemError: ACC-001 no administrator, REV-020 registered with another key, REV-021 the key
            is none, REV-023 it was withdrawn, under this name or another.
    """
    require(by, Role.ADMINISTRATOR)
    if not receipts.key_sound(public_key):
        raise problems.KEY_UNREADABLE.error(bank=name)
    if Bank.objects.filter(public_key=public_key, withdrawn_at__isnull=False).exists():
        raise problems.KEY_WITHDRAWN.error(bank=name)
    bank, made = Bank.objects.get_or_create(
        name=name,
        withdrawn_at=None,
        defaults={"public_key": public_key, "registered_at": now},
    )
    if made:
        key = public_key.hex()
        wrote = [written(BANK, bank)]
        record("BANK_REGISTERED", None, by=by, at=now, wrote=wrote, bank=name, public_key=key)
    elif bytes(bank.public_key) != public_key:
        raise problems.BANK_REGISTERED.error(bank=name)


@transaction.atomic(durable=True)
def withdraw_bank(*, name: str, by: Actor, now: datetime) -> None:
    """Believe a bank's key no more: receipts signed with it are refused from now on.

    What it confirmed before stays. The software of the bank keeps its credentials.

    Raises:
        ProblemError: ACC-001 no administrator, REV-024 no such bank, or withdrawn already.
    """
    require(by, Role.ADMINISTRATOR)
    held = Bank.objects.select_for_update().filter(name=name, withdrawn_at=None).first()
    if held is None:
        raise problems.NO_BANK.error(bank=name)
    held.withdrawn_at = now
    held.save(update_fields=["withdrawn_at"])
    key = bytes(held.public_key).hex()
    wrote = [changed(BANK, held.pk, withdrawn_at=now)]
    record("BANK_WITHDRAWN", None, by=by, at=now, wrote=wrote, bank=name, public_key=key)


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
        ProblemError: ACC-001 neither revenue officer nor administrator, REV-015 it was withdrawn,
            REV-022 registered with other content.
    """
    require(by, Role.REVENUE, Role.ADMINISTRATOR)
    number = registered_number(number)
    content = {
        "enterprise_id": enterprise_id,
        "limit_cny": limit_cny,
        "valid_from": valid_from,
        "valid_until": valid_until,
    }
    guarantee, made = Guarantee.objects.get_or_create(number=number, defaults=content)
    if made:
        wrote = [written(GUARANTEE, guarantee)]
        record("GUARANTEE_REGISTERED", None, by=by, at=now, wrote=wrote, number=number, **content)
    elif guarantee.withdrawn_at is not None:
        raise problems.GUARANTEE_WITHDRAWN.error(number=number)
    elif any(getattr(guarantee, name) != value for name, value in content.items()):
        raise problems.GUARANTEE_REGISTERED.error(number=number)


@transaction.atomic(durable=True)
def withdraw_guarantee(*, number: str, by: Actor, now: datetime) -> None:
    """Let nothing more be drawn on a guarantee; what is drawn stays secured until it is paid.

    Raises:
        ProblemError: ACC-001 neither revenue officer nor administrator, REV-025 no such guarantee,
            or withdrawn already.
    """
    require(by, Role.REVENUE, Role.ADMINISTRATOR)
    number = registered_number(number)
    held = Guarantee.objects.select_for_update().filter(number=number, withdrawn_at=None).first()
    if held is None:
        raise problems.NO_GUARANTEE.error(number=number)
    held.withdrawn_at = now
    held.save(update_fields=["withdrawn_at"])
    wrote = [changed(GUARANTEE, held.pk, withdrawn_at=now)]
    facts = {"number": number, "drawn": held.drawn_cny}
    record("GUARANTEE_WITHDRAWN", None, by=by, at=now, wrote=wrote, **facts)
