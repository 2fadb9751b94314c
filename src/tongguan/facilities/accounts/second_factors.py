"""Sealing all second factors anew, when the secret of the installation has changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.db import transaction

from tongguan.facilities.accounts.models import Person
from tongguan.facilities.accounts.rules.duties import require
from tongguan.facilities.accounts.sealed import FACTOR
from tongguan.facilities.accounts.sign_in import SecondFactorAdapter, open_secret
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.installation_secret import require_own_secret
from tongguan.facilities.ledger.sealed import Rows, changed, removed

SEALED: Final = ("secret", "seed", "migrated_codes")
"""Under these names allauth keeps what the adapter sealed: a text, or a list of texts."""


@transaction.atomic(durable=True)
def reseal_factors(*, by: Actor, now: datetime) -> tuple[int, int]:
    """Seal all second factors under the secret of this node; return how many, and how many not.

    Those that neither it nor the former secret opens stay as they are.

    Raises:
        ProblemError: ACC-001 no administrator, LED-015 another secret is in use.
    """
    require(by, Role.ADMINISTRATOR)
    require_own_secret()
    wrote, unreadable = [], 0
    for row in _all_locked():
        data = _sealed_anew(row.data)
        if data is None:
            unreadable += 1
        elif data != row.data:
            row.data = data
            row.save(update_fields=["data"])
            wrote.append(changed(FACTOR, row.pk, data=data))
    record("FACTORS_SEALED_ANEW", None, by=by, at=now, wrote=wrote, unreadable=unreadable)
    return len(wrote), unreadable


def drop_unreadable() -> list[Rows]:
    """Remove the second factors that no known secret opens, in the caller's act; return which."""
    lost = [row.pk for row in _all_locked() if _sealed_anew(row.data) is None]
    Authenticator.objects.filter(pk__in=lost).delete()
    return [removed(FACTOR, id_) for id_ in lost]


def _all_locked() -> list[Authenticator]:
    """Return all second factors; nobody else changes them meanwhile (`factors.lock_factors`)."""
    whose = Authenticator.objects.values("user_id")
    list(Person.objects.select_for_update().filter(pk__in=whose).order_by("pk"))
    return list(Authenticator.objects.select_for_update().order_by("pk"))


def _sealed_anew(data: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the facts of a second factor sealed anew; None where a secret cannot be opened."""
    try:
        return {name: _anew(value) if name in SEALED else value for name, value in data.items()}
    except InvalidToken:
        return None


def _anew(value: str | list[str]) -> str | list[str]:
    adapter = SecondFactorAdapter()
    if isinstance(value, list):
        return [adapter.encrypt(open_secret(one)) for one in value]
    return adapter.encrypt(open_secret(value))
