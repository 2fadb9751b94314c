"""Signing in on the command line, with what a person signs in with on the pages."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from tongguan.facilities.accounts import problems
from tongguan.facilities.accounts.commands import note_sign_in
from tongguan.facilities.accounts.factors import lacks_factor
from tongguan.facilities.accounts.models import Person
from tongguan.facilities.accounts.values import Actor


def needs_code(username: str) -> bool:
    """Return whether somebody signs in with a second factor too."""
    return bool(Authenticator.objects.filter(user__username=username).exists())


def sign_in(*, username: str, password: str, code: str, now: datetime) -> None:
    """Check the password and, where the person has a second factor, the code of the moment.

    The ledger has each try, as on the pages.

    Raises:
        ProblemError: ACC-017 the password or the code is wrong, or the account was withdrawn;
            ACC-018 the person must have a second factor, and has none.
    """
    person = Person.objects.filter(username=username, is_active=True).first()
    right = person is not None and person.check_password(password) and _second(person, code)
    if person is not None:
        by = Actor(person.username, person.get_full_name(), person.pk, channel="cli")
        note_sign_in(by=by, now=now, succeeded=right)
    if not right:
        raise problems.SIGN_IN_REFUSED.error(account=username)
    if person is not None and lacks_factor(person.pk, now=now):
        raise problems.FACTOR_NEEDED.error(account=username)


def _second(person: Person, code: str) -> bool:
    held = list(Authenticator.objects.filter(user=person))
    apps = [one for one in held if one.type == Authenticator.Type.TOTP]
    return not held or any(TOTP(one).validate_code(code) for one in apps)
