"""The seed of each day: made and committed before it, revealed after it."""

import secrets
from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction

from tongguan.domain.risk.models import DailySeed
from tongguan.domain.risk.rules.draw import SEED_BYTES, commitment
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.facilities.ledger.commands import lock_house, record


def make_seed() -> bytes:
    """Return a seed that nobody can foresee."""
    return secrets.token_bytes(SEED_BYTES)


def ensure_seed(day: date, *, now: datetime, make: Callable[[], bytes] = make_seed) -> bytes:
    """Return the seed of a day; it is made and committed when first asked for.

    That is the day before, by `commands.publish`. Where nobody did it then, the first who needs it
    makes it: drawing goes on, and the moment of the commitment in the ledger shows it was late.
    Only a play that is to be repeated makes it otherwise than by chance.
    """
    found = DailySeed.objects.filter(day=day).first()
    if found is not None:
        return bytes(found.seed)
    seed = make()
    told = commitment(day, seed)
    with transaction.atomic():
        lock_house()
        row, made = DailySeed.objects.get_or_create(
            day=day, defaults={"seed": seed, "commitment": told, "committed_at": now}
        )
        if made:
            record("SEED_COMMITTED", None, by=SYSTEM, at=now, day=day, commitment=told)
    return bytes(row.seed)
