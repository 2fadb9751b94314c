"""The seed of each day: made and committed before it, revealed after it."""

import secrets
from datetime import date, datetime

from django.db import transaction

from tongguan.domain.risk.models import DailySeed
from tongguan.domain.risk.rules.draw import SEED_BYTES, commitment
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.facilities.ledger.commands import lock_house, record


def ensure_seed(day: date, *, now: datetime) -> bytes:
    """Return the seed of a day; it is made and committed when first asked for.

    That is the day before, by `commands.publish`. Where nobody did it then, the first who needs it
    makes it: drawing goes on, and the moment of the commitment in the ledger shows it was late.
    """
    found = DailySeed.objects.filter(day=day).first()
    if found is not None:
        return bytes(found.seed)
    seed = secrets.token_bytes(SEED_BYTES)
    told = commitment(day, seed)
    with transaction.atomic():
        lock_house()
        row, made = DailySeed.objects.get_or_create(
            day=day, defaults={"seed": seed, "commitment": told, "committed_at": now}
        )
        if made:
            record("SEED_COMMITTED", None, by=SYSTEM, at=now, day=day, commitment=told)
    return bytes(row.seed)
