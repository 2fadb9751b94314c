"""Who somebody is at a moment: roles, places and enterprises by the postings in force."""

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256
from typing import Final

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import Q, QuerySet
from oauth2_provider.models import AccessToken, Application

from tongguan.facilities.accounts.hashing import RandomSecretHasher
from tongguan.facilities.accounts.models import ApiClient, Person, Posting
from tongguan.facilities.accounts.rules.capacity import capacity
from tongguan.facilities.accounts.rules.duties import require
from tongguan.facilities.accounts.tokens import is_given
from tongguan.facilities.accounts.values import (
    Actor,
    ClientRow,
    Duties,
    PersonRow,
    Post,
    PostingRow,
    Role,
)

PAGE_ROWS: Final = 50
CLIENT: Final = "client:"
"""What the account name of software begins with; no person's can."""


def duties_of_person(person_id: int, *, now: datetime) -> Duties | None:
    """Return who a person is and what he is posted to do, or None where he is dismissed.

    Two statements.
    """
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    if person is None:
        return None
    held = _in_force(Posting.objects.filter(person=person_id), now)
    return _duties(held, person.username, person.get_full_name(), person_id, person.home_office)


def person_id(username: str) -> int:
    """Return the row of a person.

    Raises:
        Person.DoesNotExist: there is none of that name.
    """
    return int(Person.objects.values_list("id", flat=True).get(username=username))


def find_person(username: str) -> int | None:
    """Return the row of a person, or None where there is none of that name."""
    return Person.objects.filter(username=username).values_list("id", flat=True).first()


def has_people() -> bool:
    """Return whether any person was ever admitted, dismissed ones too."""
    return Person.objects.exists()


def duties_of_client(client_id: str, *, now: datetime) -> Duties | None:
    """Return what the software behind an OAuth2 client is admitted to do, or None.

    Two statements.
    """
    found = ApiClient.objects.filter(client_id=client_id, withdrawn_at=None)
    row = found.values_list("id", "name", "label").first()
    if row is None:
        return None
    id_, name, label = row
    return _duties(_in_force(Posting.objects.filter(client=id_), now), CLIENT + name, label)


def client_of_token(token: str, *, now: datetime) -> str | None:
    """Return the OAuth2 client that a bearer token was issued to, or None where it is not valid.

    A row of the database alone makes no token valid. One statement, by the token's hash. Source:
    RFC 6750.
    """
    sealed = sha256(token.encode()).hexdigest()
    found = AccessToken.objects.filter(token_checksum=sealed, expires__gt=now)
    client_id: str | None = found.values_list("application__client_id", flat=True).first()
    return client_id if client_id is not None and is_given(token, client_id, now=now) else None


def secret_is_right(client_id: str, secret: str) -> bool:
    """Return whether this is the secret of an OAuth2 client. One statement and one hash.

    A client that there is not takes as long as one with another secret.
    """
    found = Application.objects.filter(client_id=client_id)
    kept = found.values_list("client_secret", flat=True).first()
    if kept is None:
        make_password(secret, hasher=RandomSecretHasher.algorithm)
        return False
    return check_password(secret, kept)


def withdrawn(usernames: Collection[str]) -> frozenset[str]:
    """Return which of these accounts belonged to persons who were dismissed."""
    found = Person.objects.filter(username__in=usernames, is_active=False)
    return frozenset(found.values_list("username", flat=True))


def names(usernames: Collection[str]) -> dict[str, tuple[str, str]]:
    """Return the English and Chinese names of accounts."""
    found = Person.objects.filter(username__in=usernames)
    return {
        username: (name_en, name_zh)
        for username, name_en, name_zh in found.values_list("username", "name_en", "name_zh")
    }


def posted(role: Role, *, office: str, district: str, now: datetime) -> tuple[str, ...]:
    """Return the account names of who holds a role at an office of a district, in order of name."""
    here = Q(office=office) | Q(office="", district="") | Q(office="", district=district)
    found = _in_force(Posting.objects.filter(here, role=str(role), person__is_active=True), now)
    return tuple(
        found.order_by("person__username").values_list("person__username", flat=True).distinct()
    )


def people(
    *, viewer: Actor, name: str = "", after: str = "", limit: int = PAGE_ROWS
) -> tuple[PersonRow, ...]:
    """Return a page of the persons, by account name; the next page comes `after` the last one's.

    Args:
        viewer: who looks.
        name: the one account asked for; all where empty.
        after: account name of the last row of the page before.
        limit: rows at the most.

    Raises:
        ProblemError: ACC-001 not for this viewer.
    """
    require(viewer, Role.ADMINISTRATOR, Role.AUDITOR)
    found = Person.objects.filter(username__gt=after)
    if name:
        found = found.filter(username=name)
    columns = ("id", "username", "name_zh", "name_en", "email", "home_office", "is_active")
    rows = found.order_by("username").values_list(*columns)[:limit]
    return tuple(PersonRow(*row) for row in rows)


def clients(
    *, viewer: Actor, name: str = "", after: str = "", limit: int = PAGE_ROWS
) -> tuple[ClientRow, ...]:
    """Return a page of the software, by name; arguments and refusal are those of `people`."""
    require(viewer, Role.ADMINISTRATOR, Role.AUDITOR)
    found = ApiClient.objects.filter(name__gt=after)
    if name:
        found = found.filter(name=name)
    columns = ("name", "label", "admitted_at", "withdrawn_at")
    return tuple(ClientRow(*row) for row in found.order_by("name").values_list(*columns)[:limit])


def postings(*, account: str, viewer: Actor, now: datetime) -> tuple[PostingRow, ...]:
    """Return the postings in force of a person, or of software (`client:…`), earliest first.

    Raises:
        ProblemError: ACC-001 they are not the viewer's own, and he may not see others'.
    """
    return postings_of([account], viewer=viewer, now=now)[account]


def postings_of(
    accounts: Collection[str], *, viewer: Actor, now: datetime
) -> dict[str, tuple[PostingRow, ...]]:
    """Return the postings in force of each of these accounts, earliest first, in one statement.

    Raises:
        ProblemError: ACC-001 they are not the viewer's own, and he may not see others'.
    """
    if set(accounts) != {viewer.name}:
        require(viewer, Role.ADMINISTRATOR, Role.AUDITOR)
    software = [one.removeprefix(CLIENT) for one in accounts if one.startswith(CLIENT)]
    theirs = Q(person__username__in=accounts) | Q(client__name__in=software)
    columns = ("office", "district", "site", "enterprise_id", "valid_from", "valid_until")
    rows = (
        _in_force(Posting.objects.filter(theirs), now)
        .order_by("valid_from", "id")
        .values_list("id", "person__username", "client__name", "role", *columns)
    )
    found: dict[str, list[PostingRow]] = {one: [] for one in accounts}
    for id_, person, client, role, *rest in rows:
        account = person or CLIENT + client
        found[account].append(PostingRow(id_, account, Role(role), *rest))
    return {account: tuple(held) for account, held in found.items()}


def _in_force(found: QuerySet[Posting], now: datetime) -> QuerySet[Posting]:
    return found.filter(Q(valid_until=None) | Q(valid_until__gt=now), valid_from__lte=now)


def _duties(
    held: QuerySet[Posting],
    name: str,
    label: str,
    person_id: int | None = None,
    home_office: str = "",
) -> Duties:
    columns = ("role", "office", "district", "site", "enterprise_id")
    rows = [(Role(role), *places) for role, *places in held.values_list(*columns)]
    as_officer = {
        (office, district)
        for role, office, district, _site, _id in rows
        if role.post is Post.OFFICE
    }
    return Duties(
        name,
        label,
        person_id,
        roles=frozenset(role for role, *_ in rows),
        enterprise_ids=frozenset(id_ for *_, id_ in rows if id_ is not None),
        sites=frozenset(site for _, _, _, site, _ in rows if site),
        capacity=capacity(home_office, {office or district for office, district in as_officer}),
        posts=frozenset((role, office, district, site) for role, office, district, site, _ in rows),
    )
