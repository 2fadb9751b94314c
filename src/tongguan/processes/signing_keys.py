"""Replacing a signing key or the lost secret, by an administrator and with a reason."""

from datetime import datetime
from typing import Final

from django.db import transaction

from tongguan.facilities.accounts.rules.duties import require
from tongguan.facilities.accounts.second_factors import drop_unreadable
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.ledger import problems
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.installation_keys import replace
from tongguan.facilities.ledger.installation_secret import replace_lost_secret

REASON_LENGTH: Final = 300


@transaction.atomic(durable=True)
def rotate_key(*, purpose: str, key: str, reason: str, by: Actor, now: datetime) -> str:
    """Sign with another key of this home from now on; return the former one.

    Raises:
        ProblemError: ACC-001 no administrator, LED-012 this home does not hold the key, LED-013 it
            is in use, or was; LED-014 no reason.
    """
    require(by, Role.ADMINISTRATOR)
    reason = _checked(reason)
    former = replace(purpose, key, now=now)
    facts = {"purpose": purpose, "key": key, "former": former or None, "reason": reason}
    record("KEY_REPLACED", None, by=by, at=now, **facts)
    return former


@transaction.atomic(durable=True)
def replace_secret(*, reason: str, by: Actor, now: datetime) -> int:
    """Take the secret of this node into use where the former is lost.

    Second factors that were sealed under the former are removed: nothing opens them any more.

    Returns:
        How many second factors were removed.

    Raises:
        ProblemError: ACC-001 no administrator, LED-014 no reason, LED-016 nothing is lost.
    """
    require(by, Role.ADMINISTRATOR)
    reason = _checked(reason)
    replace_lost_secret(now=now)
    wrote = drop_unreadable()
    facts = {"reason": reason, "factors_removed": len(wrote)}
    record("SECRET_REPLACED", None, by=by, at=now, wrote=wrote, **facts)
    return len(wrote)


def _checked(reason: str) -> str:
    reason = " ".join(reason.split())
    if not 0 < len(reason) <= REASON_LENGTH or not reason.isprintable():
        raise problems.KEY_WITHOUT_REASON.error(most=REASON_LENGTH)
    return reason
