"""Persons and postings to begin from."""

from datetime import UTC, datetime
from typing import Final

from factory.declarations import Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory, Password

from tongguan.facilities.accounts.models import Person, Posting
from tongguan.facilities.accounts.values import ENTERPRISE_ROLES, SYSTEM, Actor, Employer, Role

MONDAY: Final = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
"""9 o'clock of Monday, 16 November 2026, in the region."""
PASSWORD: Final = "a sentence nobody guesses"
ADMINISTRATOR: Final = Actor("admin", "admin", roles=frozenset({Role.ADMINISTRATOR}))
EVERYBODY: Final = tuple(
    Actor(str(role).lower(), "", roles=frozenset({role}))
    for role in Role
    if role not in {Role.ADMINISTRATOR, *SYSTEM.roles}
)
"""One actor in each role but those who may do everything."""
EMPLOYER: Final = Employer(7, "91110113FAKE00013H", Role.TRADER, ENTERPRISE_ROLES)
"""An enterprise whose registration gives every role."""


class PersonFactory(DjangoModelFactory[Person]):
    """Somebody who may sign in with PASSWORD; postings are made on their own."""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    username = Sequence(lambda count: f"person{count}")
    name_zh = "王芳"
    name_en = "Wang Fang"
    admitted_at = MONDAY
    password = Password(PASSWORD)


class PostingFactory(DjangoModelFactory[Posting]):
    """A posting of a person, in force since MONDAY; a reviewer's at 0202 unless said otherwise."""

    class Meta:
        model = Posting

    person = SubFactory(PersonFactory)
    role = "REVIEWER"
    office = "0202"
    valid_from = MONDAY

    class Params:
        broker_of = Trait(role="BROKER", office="")
        at_gate = Trait(role="GATE", office="", site="0202-01")


def inspectors(*names: str, office: str = "0202") -> None:
    """Admit inspectors who are posted at an office."""
    for name in names:
        person = PersonFactory.create(username=name)
        PostingFactory.create(person=person, role="INSPECTOR", office=office)
