"""Admitting persons and software, and posting them."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from oauth2_provider.models import Application

from tongguan.facilities.accounts import problems
from tongguan.facilities.accounts.models import Person, Posting
from tongguan.facilities.accounts.values import Role


@dataclass(frozen=True, slots=True)
class NewPosting:
    """A posting to be given: a role at an office, district, site or for an enterprise.

    With none of them, the role covers every office of the region.
    """

    role: Role
    office: str = ""
    district: str = ""
    site: str = ""
    enterprise: int | None = None


@transaction.atomic
def admit_person(
    *,
    username: str,
    password: str,
    name: str,
    name_zh: str,
    postings: tuple[NewPosting, ...],
    now: datetime,
) -> int:
    """Admit a person with their postings; return the person's id.

    Raises:
        ProblemError: ACC-002 the account name is in use.
    """
    if Person.objects.filter(username=username).exists():
        raise problems.NAME_TAKEN.error(name=username)
    person = Person(username=username, first_name=name, name_zh=name_zh)
    person.set_password(password)
    person.save()
    _post(postings, now, person=person)
    return person.pk


@transaction.atomic
def admit_client(*, name: str, postings: tuple[NewPosting, ...], now: datetime) -> tuple[str, str]:
    """Admit software that signs in with OAuth2 client credentials; return its id and secret.

    The secret is kept as a hash only: it cannot be told again. Source: RFC 6749, 4.4.
    """
    secret = secrets.token_urlsafe(32)
    made = Application.objects.create(
        name=name,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
        client_secret=secret,
    )
    _post(postings, now, client_id=made.client_id)
    return str(made.client_id), secret


def end_posting(*, posting_id: int, now: datetime) -> None:
    """End a posting. What was done under it stays as it is."""
    Posting.objects.filter(pk=posting_id, valid_until=None).update(valid_until=now)


def _post(
    postings: tuple[NewPosting, ...],
    now: datetime,
    *,
    person: Person | None = None,
    client_id: str = "",
) -> None:
    Posting.objects.bulk_create(
        Posting(
            person=person,
            client_id=client_id,
            role=str(one.role),
            office=one.office,
            district=one.district,
            site=one.site,
            enterprise=one.enterprise,
            valid_from=now,
        )
        for one in postings
    )
