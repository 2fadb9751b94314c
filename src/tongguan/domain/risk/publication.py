"""Commit and reveal: what is promised before it can be known, and opened later.

Everything stands in the ledger as well, so that nobody can change it later unseen.
"""

import secrets
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction

from tongguan.domain.risk import problems
from tongguan.domain.risk.active import active_sets
from tongguan.domain.risk.criteria import PACK, ActiveSet
from tongguan.domain.risk.models import DailySeed, SetCommitment
from tongguan.domain.risk.rules.sets import set_commitment, shares_text
from tongguan.domain.risk.sealed import COMMITMENT, SEED
from tongguan.domain.risk.seeds import commit_seed, seed_in
from tongguan.facilities.accounts.rules.duties import require, require_person
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role
from tongguan.facilities.ledger.commands import lock_house, record
from tongguan.facilities.ledger.sealed import changed, made
from tongguan.kernel.time import LOCAL

SALT_BYTES: Final = 16


def publish(*, now: datetime) -> None:
    """Commit to the seeds and criteria of today and tomorrow; reveal the seeds of days gone by.

    Called every minute; what is done already is left alone. Criteria are committed to also where
    seeds cannot be.

    Raises:
        ProblemError: RSK-011, RSK-012 the key that seals seeds is not here, or another one is.
    """
    _publish_sets(now=now)
    _publish_seeds(now=now)


@transaction.atomic(durable=True)
def _publish_sets(*, now: datetime) -> None:
    lock_house()
    commit_sets(now=now)


@transaction.atomic(durable=True)
def _publish_seeds(*, now: datetime) -> None:
    lock_house()
    today = now.astimezone(LOCAL).date()
    for day in (today, today + timedelta(days=1)):
        commit_seed(day, now=now)
    for row in DailySeed.objects.filter(day__lt=today, revealed_at=None).order_by("day"):
        row.seed, row.revealed_at = seed_in(row), now
        row.save(update_fields=["seed", "revealed_at"])
        told = row.seed.hex()
        wrote = [changed(SEED, row.day, seed=row.seed, revealed_at=now)]
        record("SEED_REVEALED", None, by=SYSTEM, at=now, wrote=wrote, day=row.day, seed=told)


def commit_sets(*, now: datetime) -> None:
    """Commit to what is in force today and tomorrow, where nobody has done so.

    Runs in the transaction of every change, under the lock of the house's chain, so that no set
    ever selects uncommitted.
    """
    today = now.astimezone(LOCAL).date()
    for one in active_sets((today, today + timedelta(days=1))):
        if not SetCommitment.objects.filter(day=one.day, version=one.version).exists():
            _commit(one, now)


@transaction.atomic(durable=True)
def open_sets(*, day: date, by: Actor, now: datetime) -> int:
    """Open what was in force on a day gone by, so that its commitments can be checked.

    Returns:
        How many commitments of that day are open now.

    Raises:
        ProblemError: ACC-001, ACC-014 no person, ACC-016 not signed in; RSK-009 nothing was
            published, RSK-010 the day is not over.
    """
    require(by, Role.RISK_ANALYST, Role.AUDITOR)
    require_person(by)
    if day >= now.astimezone(LOCAL).date():
        raise problems.NOT_YET.error(day=day)
    rows = SetCommitment.objects.filter(day=day)
    if not rows.exists():
        raise problems.NOT_PUBLISHED.error(day=day)
    lock_house()
    opened = {"opened_at": now, "opened_by": by.name}
    waiting = rows.filter(opened_at=None)
    wrote = [changed(COMMITMENT, id_, **opened) for id_ in waiting.values_list("pk", flat=True)]
    waiting.update(**opened)
    record("CRITERIA_OPENED", None, by=by, at=now, wrote=wrote, day=day)
    return rows.count()


def _commit(one: ActiveSet, now: datetime) -> None:
    salt = secrets.token_bytes(SALT_BYTES)
    told = set_commitment(salt, one.version)
    row = SetCommitment.objects.create(
        day=one.day,
        stamp=one.stamp,
        version=one.version,
        pack=shares_text(share for share in one.shares if share.id == PACK),
        salt=salt,
        commitment=told,
        published_at=now,
    )
    wrote = [made(COMMITMENT, row)]
    record("CRITERIA_COMMITTED", None, by=SYSTEM, at=now, wrote=wrote, day=one.day, commitment=told)
