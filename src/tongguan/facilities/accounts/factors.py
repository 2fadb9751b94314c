"""Second factors: who has one, who must have one, and what the ledger is told of them."""

from collections.abc import Mapping
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings

from tongguan.facilities.accounts.credentials import note_factor
from tongguan.facilities.accounts.models import Person
from tongguan.facilities.accounts.queries import duties_of_person
from tongguan.facilities.accounts.values import OFFICERS, Actor, Role
from tongguan.kernel.time import LOCAL


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


def lock_factors(person_id: int) -> dict[int, Authenticator]:
    """Return the factors of a person by row, and let nobody else change them meanwhile."""
    Person.objects.select_for_update().get(pk=person_id)
    return {one.pk: one for one in Authenticator.objects.filter(user_id=person_id).order_by("pk")}


def note_changes(person_id: int, before: Mapping[int, Authenticator], *, now: datetime) -> None:
    """Enter in the ledger what a person did to his factors; the library wrote the rows.

    Args:
        person_id: who.
        before: what `lock_factors` returned at the beginning of the transaction.
        now: the moment.
    """
    after = lock_factors(person_id)
    person = Person.objects.get(pk=person_id)
    by = Actor(person.username, person.get_full_name(), person_id)
    for id_ in before.keys() - after.keys():
        note_factor(before[id_], gone=True, by=by, now=now)
    for id_, factor in after.items():
        if id_ not in before:
            note_factor(factor, added=True, by=by, now=now)
        elif factor.data != before[id_].data:
            note_factor(factor, by=by, now=now)
