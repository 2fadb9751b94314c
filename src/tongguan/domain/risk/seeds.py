"""The seed of each day: made, committed to and sealed before it, opened on it, revealed after it.

The tables hold a seed sealed until it is revealed; the key lies with the signing keys of the house.
"""

import secrets
from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from django.db import transaction

from tongguan.domain.risk import problems
from tongguan.domain.risk.models import DailySeed
from tongguan.domain.risk.rules.draw import SEED_BYTES, commitment
from tongguan.domain.risk.rules.sealing import NONCE_BYTES, seal, unseal
from tongguan.domain.risk.sealed import SEED
from tongguan.facilities.accounts.rules.duties import require, require_person
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role
from tongguan.facilities.keys import KeyMissingError, secret_key
from tongguan.facilities.ledger.commands import lock_house, record
from tongguan.facilities.ledger.sealed import made, removed

KEY: Final = "seeds"
"""The name of the key that seeds are sealed with."""


def make_seed() -> bytes:
    """Return a seed that nobody can foresee."""
    return secrets.token_bytes(SEED_BYTES)


def commit_seed(day: date, *, now: datetime, make: Callable[[], bytes] = make_seed) -> None:
    """See that the seed of a day is made, sealed and committed to; what is there is left alone.

    Only a play that is to be repeated makes it otherwise than by chance.

    Raises:
        ProblemError: RSK-011 the key that seals seeds is not here.
    """
    if DailySeed.objects.filter(day=day).exists():
        return
    seed = make()
    with transaction.atomic():
        lock_house()
        if DailySeed.objects.filter(day=day).exists():
            return
        sealed = seal(_key(), day, seed, nonce=secrets.token_bytes(NONCE_BYTES))
        told = commitment(day, seed)
        facts = {"sealed": sealed, "commitment": told, "committed_at": now}
        wrote = [made(SEED, DailySeed.objects.create(day=day, **facts))]
        record("SEED_COMMITTED", None, by=SYSTEM, at=now, wrote=wrote, day=day, commitment=told)


def open_seed(day: date, *, now: datetime) -> bytes:
    """Return the seed of a day that has come.

    It is made the day before, by `publication.publish`. Where nobody did it then, the first who
    needs it makes it: drawing goes on, and the moment of the commitment in the ledger shows it was
    late.

    Raises:
        ProblemError: RSK-011 the key that seals seeds is not here, RSK-012 it opens other seeds.
    """
    row = DailySeed.objects.filter(day=day).first()
    if row is None:
        commit_seed(day, now=now)
        row = DailySeed.objects.get(day=day)
    return seed_in(row)


def seed_in(row: DailySeed) -> bytes:
    """Return the seed of a row, whether it is revealed or sealed still.

    Raises:
        ProblemError: as `open_seed`.
    """
    if row.seed is not None:
        return bytes(row.seed)
    found = unseal(_key(), row.day, bytes(row.sealed or b""))
    if found is None:
        raise problems.OTHER_KEY.error(day=row.day)
    return found


@transaction.atomic(durable=True)
def replace_key(*, why: str, by: Actor, now: datetime) -> tuple[date, ...]:
    """Give up the seeds that can be opened no more, for their key is lost; return their days.

    Draws of those days cannot be checked by anybody. What is still to come is committed to anew,
    under a new key, when it is next asked for. Everything stands in the ledger.

    Raises:
        ProblemError: ACC-001 no auditor, ACC-014 no person, ACC-016 not signed in.
    """
    require(by, Role.AUDITOR)
    require_person(by)
    lock_house()
    lost = [row for row in DailySeed.objects.order_by("day") if _is_lost(row)]
    days = tuple(row.day for row in lost)
    for row in lost:
        facts = {"day": row.day, "commitment": row.commitment, "why": why}
        record("SEED_LOST", None, by=by, at=now, wrote=[removed(SEED, row.day)], **facts)
        row.delete()
    secret_key(KEY, make=True)
    return days


def _is_lost(row: DailySeed) -> bool:
    if row.seed is not None:
        return False
    try:
        return unseal(secret_key(KEY), row.day, bytes(row.sealed or b"")) is None
    except KeyMissingError:
        return True


def _key() -> bytes:
    """Return the key of the house; a house that has never sealed anything makes it."""
    first = not DailySeed.objects.filter(sealed__isnull=False).exists()
    try:
        return secret_key(KEY, make=first)
    except KeyMissingError as error:
        raise problems.KEY_MISSING.error(file=error.name) from error
