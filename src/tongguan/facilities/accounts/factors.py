"""Second factors: who has one, who must have one, and what the ledger is told of them."""

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models.signals import post_delete, post_save

from tongguan.facilities.accounts.credentials import note_factor
from tongguan.facilities.accounts.queries import duties_of_person
from tongguan.facilities.accounts.values import OFFICERS, Actor, Role
from tongguan.kernel.time import LOCAL, utc_now


def lacks_factor(person_id: int, *, now: datetime) -> bool:
    """Return whether a person must have a second factor and has none.

    One statement for who has one, two more for who has none; none before the day of the setting.
    """
    return is_demanded(now) and not has_factor(person_id) and must_have_factor(person_id, now=now)


def has_factor(person_id: int) -> bool:
    """Return whether a person has an app or a security key; recovery codes alone are none."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return bool(Authenticator.objects.filter(user_id=person_id, type__in=kinds).exists())


def must_have_factor(person_id: int, *, now: datetime) -> bool:
    """Return whether a person must have a second factor: an officer, or an administrator."""
    if not is_demanded(now):
        return False
    duties = duties_of_person(person_id, now=now)
    return duties is not None and not duties.roles.isdisjoint({*OFFICERS, Role.ADMINISTRATOR})


def is_demanded(now: datetime) -> bool:
    """Return whether the day has come from which officers must have a second factor."""
    first = settings.SECOND_FACTOR_FROM
    return first is not None and bool(now.astimezone(LOCAL).date() >= first)


def watch() -> None:
    """Have the ledger told of each factor that the library writes, in the same transaction."""
    post_save.connect(_saved, Authenticator, dispatch_uid="tongguan.factor.saved")
    post_delete.connect(_deleted, Authenticator, dispatch_uid="tongguan.factor.deleted")


def _saved(
    instance: Authenticator, created: bool, update_fields: frozenset[str] | None, **_: Any
) -> None:
    if created or update_fields is None or "data" in update_fields:
        note_factor(instance, added=created, by=_owner(instance), now=utc_now())


def _deleted(instance: Authenticator, **_: Any) -> None:
    note_factor(instance, gone=True, by=_owner(instance), now=utc_now())


def _owner(factor: Authenticator) -> Actor:
    person = factor.user
    return Actor(person.username, person.get_full_name(), person.pk)
