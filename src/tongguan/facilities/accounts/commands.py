"""Admitting, posting and letting go persons and software; each act is in the ledger."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from oauth2_provider.models import Application

from tongguan.facilities.accounts import problems
from tongguan.facilities.accounts.models import ApiClient, Person, Posting
from tongguan.facilities.accounts.queries import CLIENT, posted
from tongguan.facilities.accounts.rules.admission import check_name, check_posting, check_words
from tongguan.facilities.accounts.rules.duties import require
from tongguan.facilities.accounts.sealed import CREDENTIALS, PERSON, POSTING, SOFTWARE
from tongguan.facilities.accounts.values import Actor, NewPosting, Role
from tongguan.facilities.ledger.commands import lock_house, record
from tongguan.facilities.ledger.sealed import Rows, changed, removed
from tongguan.facilities.ledger.sealed import made as written
from tongguan.facilities.ledger.values import HOUSE
from tongguan.kernel.problems import Fault, ProblemError

SECRET_BYTES: Final = 32


@transaction.atomic(durable=True)
def admit_person(
    *,
    username: str,
    password: str,
    name_zh: str,
    name_en: str = "",
    email: str = "",
    language: str = "",
    home_office: str = "",
    postings: Sequence[NewPosting] = (),
    password_is_own: bool = False,
    by: Actor,
    now: datetime,
) -> int:
    """Admit a person with his postings; return the person's id.

    Args:
        username: account name for ever, small letters.
        password: his first; he chooses another when he signs in.
        name_zh: name as Chinese readers see it.
        name_en: name as others see it.
        email: he may sign in with it too.
        language: of mails, `zh-hans` or `en`; without one, that of the request which causes them.
        home_office: the office an officer belongs to, wherever he is posted.
        postings: what he may do from now on.
        password_is_own: he is not asked to choose another.
        by: an administrator.
        now: the moment.

    Raises:
        ProblemError: ACC-001 not an administrator; all of ACC-002 to 008, 012, 013, 022,
            023 that apply.
    """
    require(by, Role.ADMINISTRATOR)
    email = email.strip().lower()
    person = Person(
        username=username,
        name_zh=name_zh,
        name_en=name_en,
        email=email,
        language=language,
        home_office=home_office,
        password_given=not password_is_own,
        admitted_at=now,
    )
    faults = [*check_name(username), *_taken(username, email), *weak(password, person)]
    faults += check_words(name_zh, "#/name_zh")
    faults += check_words(name_en, "#/name_en", required=False)
    if faults := faults + _faults(postings, now):
        raise ProblemError(*faults)
    person.set_password(password)
    person.save()
    wrote = [written(PERSON, person)]
    record("PERSON_ADMITTED", None, by=by, at=now, wrote=wrote, account=username)
    _post(postings, person=person, account=username, by=by, now=now)
    return person.pk


@transaction.atomic(durable=True)
def register_client(
    *, name: str, label: str, postings: Sequence[NewPosting], by: Actor, now: datetime
) -> tuple[str, str]:
    """Admit software that signs in with OAuth2 client credentials; return its id and secret.

    The secret is kept as a hash only: it cannot be told again. Source: RFC 6749, 4.4.

    Raises:
        ProblemError: ACC-001 not an administrator; all of ACC-002, 003, 006 to 008, 012, 013,
            022, 023 that apply.
    """
    require(by, Role.ADMINISTRATOR)
    faults = [*check_name(name), *check_words(label, "#/label"), *_faults(postings, now)]
    if ApiClient.objects.filter(name=name).exists():
        faults.append(problems.NAME_TAKEN.at("#/name", name=name))
    if faults:
        raise ProblemError(*faults)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    application = Application.objects.create(
        name=label,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
        client_secret=secret,
    )
    client = ApiClient.objects.create(
        client_id=application.client_id, name=name, label=label, admitted_at=now
    )
    wrote = [written(SOFTWARE, client), written(CREDENTIALS, application)]
    record("CLIENT_ADMITTED", None, by=by, at=now, wrote=wrote, account=CLIENT + name)
    _post(postings, client=client, account=CLIENT + name, by=by, now=now)
    return str(application.client_id), secret


@transaction.atomic(durable=True)
def grant_posting(*, account: str, posting: NewPosting, by: Actor, now: datetime) -> int:
    """Post a person, or software (`client:…`), from now on; return the posting's id.

    Raises:
        ProblemError: ACC-001 not an administrator, ACC-009 no such account; all of ACC-006 to
            008, 012, 013 that apply.
    """
    require(by, Role.ADMINISTRATOR)
    person, client = None, None
    if account.startswith(CLIENT):
        name = account.removeprefix(CLIENT)
        client = ApiClient.objects.filter(name=name, withdrawn_at=None).first()
    else:
        person = Person.objects.filter(username=account, is_active=True).first()
    if person is None and client is None:
        raise problems.NO_ACCOUNT.error(name=account)
    if faults := list(check_posting(posting, now=now)):
        raise ProblemError(*faults)
    [made] = _post([posting], person=person, client=client, account=account, by=by, now=now)
    return made.pk


@transaction.atomic(durable=True)
def end_posting(*, posting_id: int, by: Actor, now: datetime) -> None:
    """End a posting. What was done under it stays as it is.

    Raises:
        ProblemError: ACC-001 not an administrator, ACC-010 it is not in force, ACC-024 nobody
            would be administrator.
    """
    require(by, Role.ADMINISTRATOR)
    _await_other_departures()
    found = Posting.objects.select_for_update(of=("self",)).select_related("person", "client")
    held = found.filter(pk=posting_id, valid_from__lte=now).first()
    if held is None or (held.valid_until is not None and held.valid_until <= now):
        raise problems.NO_POSTING.error(posting=posting_id)
    held.valid_until = now
    held.save(update_fields=["valid_until"])
    if held.person and held.role == str(Role.ADMINISTRATOR):
        _require_administrator(now)
    account = CLIENT + held.client.name if held.client else str(held.person)
    facts = {"account": account, "posting": posting_id, "role": held.role}
    wrote = [changed(POSTING, posting_id, valid_until=now)]
    record("POSTING_ENDED", None, by=by, at=now, wrote=wrote, **facts)


@transaction.atomic(durable=True)
def dismiss_person(*, username: str, by: Actor, now: datetime) -> None:
    """End a person's postings and sign-in for good; the account name is never given again.

    Raises:
        ProblemError: ACC-001 not an administrator, ACC-009 no such account, ACC-024 nobody would
            be administrator.
    """
    require(by, Role.ADMINISTRATOR)
    _await_other_departures()
    person = Person.objects.select_for_update().filter(username=username, is_active=True).first()
    if person is None:
        raise problems.NO_ACCOUNT.error(name=username)
    person.is_active = False
    person.set_unusable_password()
    person.save(update_fields=["is_active", "password"])
    wrote = [changed(PERSON, person.pk, is_active=False, password=person.password)]
    held = Posting.objects.filter(person=person)
    administered = held.filter(role=str(Role.ADMINISTRATOR)).exists()
    wrote += _end_all(held, now)
    if administered:
        _require_administrator(now)
    record("PERSON_DISMISSED", None, by=by, at=now, wrote=wrote, account=username)


@transaction.atomic(durable=True)
def withdraw_client(*, name: str, by: Actor, now: datetime) -> None:
    """End the postings of software for good, its credentials, and the tokens it was given.

    Its name is never given again, as a person's is not.

    Raises:
        ProblemError: ACC-001 not an administrator, ACC-009 no such software.
    """
    require(by, Role.ADMINISTRATOR)
    held = ApiClient.objects.select_for_update().filter(name=name, withdrawn_at=None).first()
    if held is None:
        raise problems.NO_ACCOUNT.error(name=CLIENT + name)
    held.withdrawn_at = now
    held.save(update_fields=["withdrawn_at"])
    wrote = [changed(SOFTWARE, held.pk, withdrawn_at=now)]
    wrote += _end_all(Posting.objects.filter(client=held), now)
    if Application.objects.filter(client_id=held.client_id).delete()[0]:
        wrote.append(removed(CREDENTIALS, held.client_id))
    record("CLIENT_WITHDRAWN", None, by=by, at=now, wrote=wrote, account=CLIENT + name)


@transaction.atomic
def change_password(*, person: Person, password: str, by: Actor, now: datetime) -> None:
    """Give a person another password; the ledger knows that it was changed, and its hash's hash.

    One that somebody else gives is good for signing in and choosing another.
    """
    person.set_password(password)
    person.password_given = by.person_id != person.pk
    person.save(update_fields=["password", "password_given"])
    wrote = [changed(PERSON, person.pk, password=person.password)]
    record("PASSWORD_CHANGED", None, by=by, at=now, wrote=wrote, account=person.username)


def weak(password: str, person: Person) -> list[Fault]:
    """Return what is wrong with a password that somebody would have."""
    try:
        validate_password(password, person)
    except ValidationError:
        return [problems.PASSWORD_WEAK.at("#/password")]
    return []


def choose_language(*, person_id: int, language: str) -> None:
    """Remember the language that a person chose; the mails to this person are in it."""
    Person.objects.filter(pk=person_id).update(language=language)


@transaction.atomic
def note_sign_in(*, by: Actor, now: datetime, succeeded: bool = True) -> None:
    """Enter in the ledger that somebody signed in, or that it failed for a known account."""
    record("SIGNED_IN" if succeeded else "SIGN_IN_FAILED", None, by=by, at=now, channel=by.channel)


@transaction.atomic
def note_no_account() -> None:
    """Take as long as `note_sign_in` for a try that names no account, and enter nothing.

    Whoever measures how long a refusal takes must not learn from it which accounts there are: the
    same lock is taken, and the empty message makes the commit wait for the disk.
    """
    lock_house()
    with connection.cursor() as cursor:
        cursor.execute("SELECT hash FROM ledger_entry WHERE chain = %s LIMIT 1", [HOUSE])
        cursor.execute("SELECT pg_logical_emit_message(true, 'tongguan', '')")


def _taken(username: str, email: str) -> list[Fault]:
    faults = []
    if Person.objects.filter(username=username).exists():
        faults.append(problems.NAME_TAKEN.at("#/username", name=username))
    if email and Person.objects.filter(email=email).exists():
        faults.append(problems.EMAIL_TAKEN.at("#/email", email=email))
    return faults


def _faults(postings: Sequence[NewPosting], now: datetime) -> list[Fault]:
    return [
        fault
        for index, posting in enumerate(postings)
        for fault in check_posting(posting, now=now, pointer=f"#/postings/{index}")
    ]


def _await_other_departures() -> None:
    """Wait until no other transaction lets anybody go.

    Two administrators who end each other's posting at once would each still see the other in
    force, and nobody would be left.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('accounts.departure'))")


def _require_administrator(now: datetime) -> None:
    """Refuse an act after which nobody is administrator."""
    if not posted(Role.ADMINISTRATOR, office="", district="", now=now):
        raise problems.LAST_ADMINISTRATOR.error()


def _end_all(held: QuerySet[Posting], now: datetime) -> list[Rows]:
    """End the postings that are in force; return what was written."""
    in_force = held.filter(Q(valid_until=None) | Q(valid_until__gt=now))
    ids = list(in_force.values_list("id", flat=True))
    in_force.update(valid_until=now)
    return [changed(POSTING, one, valid_until=now) for one in ids]


def _post(
    postings: Sequence[NewPosting],
    *,
    account: str,
    by: Actor,
    now: datetime,
    person: Person | None = None,
    client: ApiClient | None = None,
) -> list[Posting]:
    made = Posting.objects.bulk_create(
        Posting(
            person=person,
            client=client,
            role=str(one.role),
            office=one.office,
            district=one.district,
            site=one.site,
            enterprise_id=one.employer.id if one.employer else None,
            valid_from=now,
            valid_until=one.valid_until,
        )
        for one in postings
    )
    for one in made:
        wrote = [written(POSTING, one)]
        record("POSTING_GRANTED", None, by=by, at=now, wrote=wrote, account=account, posting=one)
    return made
