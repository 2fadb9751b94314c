"""Who somebody is at a moment: roles, places and enterprises by the postings in force."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from tongguan.facilities.accounts.models import Person, Posting
from tongguan.facilities.accounts.values import Role


@dataclass(frozen=True, slots=True)
class Duties:
    """What postings in force say; `everywhere` stands for every office of the region."""

    roles: frozenset[Role]
    offices: frozenset[str]
    districts: frozenset[str]
    sites: frozenset[str]
    enterprise_ids: frozenset[int]
    everywhere: bool


def duties_of_person(person_id: int, *, now: datetime) -> Duties:
    """Return what a person is posted to do. One statement."""
    return _duties(_in_force(Posting.objects.filter(person=person_id), now))


def duties_of_client(client_id: str, *, now: datetime) -> Duties:
    """Return what a piece of software is admitted to do. One statement."""
    return _duties(_in_force(Posting.objects.filter(client_id=client_id), now))


def names(usernames: Collection[str]) -> dict[str, tuple[str, str]]:
    """Return the English and Chinese names of accounts."""
    found = Person.objects.filter(username__in=usernames)
    return {
        username: (name, name_zh)
        for username, name, name_zh in found.values_list("username", "first_name", "name_zh")
    }


def posted(role: Role, *, office: str, now: datetime) -> tuple[str, ...]:
    """Return the account names of who holds a role at an office, in order of name."""
    here = Q(office=office) | Q(office="", district="") | Q(office="", district=office[:2])
    found = _in_force(Posting.objects.filter(here, role=str(role), person__isnull=False), now)
    return tuple(
        found.order_by("person__username").values_list("person__username", flat=True).distinct()
    )


def _in_force(found: QuerySet[Posting], now: datetime) -> QuerySet[Posting]:
    return found.filter(Q(valid_until=None) | Q(valid_until__gt=now), valid_from__lte=now)


def _duties(found: QuerySet[Posting]) -> Duties:
    rows = list(found.values_list("role", "office", "district", "site", "enterprise"))
    return Duties(
        frozenset(Role(role) for role, *_ in rows),
        _given(office for _, office, *_ in rows),
        _given(district for _, _, district, *_ in rows),
        _given(site for _, _, _, site, _ in rows),
        frozenset(enterprise for *_, enterprise in rows if enterprise is not None),
        any(
            not (office or district or site or enterprise)
            for _, office, district, site, enterprise in rows
        ),
    )


def _given(places: Iterable[str]) -> frozenset[str]:
    return frozenset(place for place in places if place)
