"""Changing what people and software sign in with; each act is in the ledger."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from oauth2_provider.models import Application

from tongguan.facilities.accounts import mails, problems, tries
from tongguan.facilities.accounts.commands import change_password, weak
from tongguan.facilities.accounts.hashing import RandomSecretHasher
from tongguan.facilities.accounts.models import Person
from tongguan.facilities.accounts.rules.duties import require
from tongguan.facilities.accounts.sealed import CREDENTIALS, FACTOR, PERSON
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.sealed import changed, removed
from tongguan.facilities.ledger.sealed import made as written
from tongguan.kernel.problems import ProblemError


@transaction.atomic(durable=True)
def give_password(*, username: str, password: str, by: Actor, now: datetime) -> None:
    """Give a person another first password, where he cannot reset it by mail; his sessions end.

    Raises:
        ProblemError: ACC-001 not an administrator, ACC-005 too weak, ACC-009 no such account.
    """
    person = _locked(username, by)
    if faults := weak(password, person):
        raise ProblemError(*faults)
    change_password(person=person, password=password, by=by, now=now)
    tries.forget(tries.of_account(person.pk), now=now)
    transaction.on_commit(lambda: mails.tell(person, "account/email/password_given"))


@transaction.atomic(durable=True)
def withdraw_factors(*, username: str, by: Actor, now: datetime) -> None:
    """Take away all second factors of a person who lost them, with the recovery codes.

    Raises:
        ProblemError: ACC-001 not an administrator, ACC-009 no such account, ACC-019 there is none.
    """
    person = _locked(username, by)
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM mfa_authenticator WHERE user_id = %s RETURNING id, type", [person.pk]
        )
        gone = cursor.fetchall()
    if not gone:
        raise problems.NO_FACTOR.error(name=username)
    wrote = [removed(FACTOR, id_) for id_, _type in gone]
    kinds = ", ".join(sorted(kind for _id, kind in gone))
    record("FACTORS_WITHDRAWN", None, by=by, at=now, wrote=wrote, account=username, factors=kinds)
    transaction.on_commit(lambda: mails.tell(person, "mfa/email/factors_withdrawn"))


@transaction.atomic(durable=True)
def lift_lock(*, username: str, by: Actor, now: datetime) -> bool:
    """Let an account be tried again at once, after too many wrong passwords or codes.

    Returns:
        whether any counted still; where none did, nothing is done, and the ledger tells nothing.

    Raises:
        ProblemError: ACC-001 not an administrator, ACC-009 no such account.
    """
    person = _locked(username, by)
    if not tries.forget(tries.of_account(person.pk), now=now):
        return False
    record("LOCK_LIFTED", None, by=by, at=now, account=username)
    return True


@transaction.atomic
def change_address(*, person_id: int, was: str, email: str, by: Actor, now: datetime) -> None:
    """Give a person the address that he confirmed; he signs in and resets his password with it.

    Args:
        person_id: whose.
        was: the address when the link was sent; the link of an earlier change does nothing.
        email: the new one, or nothing.
        by: the person.
        now: the moment.

    Raises:
        ProblemError: ACC-004 another account has the address, ACC-020 the link is of no use.
    """
    person = Person.objects.select_for_update().filter(pk=person_id, is_active=True).first()
    if person is None or person.email != was:
        raise problems.LINK_ENDED.error()
    if email and Person.objects.filter(email=email).exists():
        raise problems.EMAIL_TAKEN.error(email=email)
    person.email = email
    person.save(update_fields=["email"])
    wrote = [changed(PERSON, person.pk, email=email)]
    record("ADDRESS_CHANGED", None, by=by, at=now, wrote=wrote, account=person.username)


def hash_secret_anew(*, client_id: str, secret: str, now: datetime) -> None:
    """Keep the secret of software under the present hash, where an earlier release hashed it."""
    earlier = Application.objects.filter(client_id=client_id)
    earlier = earlier.exclude(client_secret__startswith=f"{RandomSecretHasher.algorithm}$")
    if not earlier.exists():
        return
    with transaction.atomic():
        application = earlier.select_for_update().first()
        if application is None:
            return
        application.client_secret = make_password(secret, hasher=RandomSecretHasher.algorithm)
        application.save(update_fields=["client_secret"])
        wrote = [written(CREDENTIALS, application)]
        record("SECRET_HASHED_ANEW", None, by=SYSTEM, at=now, wrote=wrote, client=client_id)


@transaction.atomic
def note_factor(
    factor: Authenticator, *, added: bool = False, gone: bool = False, by: Actor, now: datetime
) -> None:
    """Enter that a person added a second factor, used up a part of it, renamed or removed it."""
    if gone:
        kind, wrote = "FACTOR_REMOVED", removed(FACTOR, factor.pk)
    elif added:
        kind, wrote = "FACTOR_ADDED", written(FACTOR, factor)
    else:
        kind, wrote = "FACTOR_CHANGED", changed(FACTOR, factor.pk, data=factor.data)
    record(kind, None, by=by, at=now, wrote=[wrote], account=by.name, factor=factor.type)


def _locked(username: str, by: Actor) -> Person:
    """Return a person's row, locked, for an administrator."""
    require(by, Role.ADMINISTRATOR)
    person = Person.objects.select_for_update().filter(username=username, is_active=True).first()
    if person is None:
        raise problems.NO_ACCOUNT.error(name=username)
    return person
