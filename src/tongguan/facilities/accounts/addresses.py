"""The mail address of an account: changed by its own person, through a link sent to the new one."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.core import signing

from tongguan.facilities.accounts import mails, problems
from tongguan.facilities.accounts.credentials import change_address
from tongguan.facilities.accounts.models import Person
from tongguan.facilities.accounts.values import Actor

LINK_SECONDS: Final = 24 * 60 * 60
_SALT: Final = "tongguan address"


def address_of_person(person_id: int) -> str:
    """Return the mail address of a person's account, empty where it has none."""
    return Person.objects.values_list("email", flat=True).get(pk=person_id)


def send_link(*, person_id: int, email: str, link: Callable[[str], str]) -> None:
    """Send a link to an address that a person would have; none where another account has it.

    Args:
        person_id: whose.
        email: the address.
        link: makes the address of the page from the key in it.
    """
    person = Person.objects.get(pk=person_id)
    key = signing.dumps({"person": person_id, "was": person.email, "email": email}, salt=_SALT)
    if not Person.objects.filter(email=email).exists():
        mails.send("account/email/address_confirm", email, {"user": person, "url": link(key)})


def address_of_link(key: str, *, person_id: int) -> str:
    """Return the address that a link gives to a person's account.

    Raises:
        ProblemError: ACC-020 it is too old, was used, or is another person's.
    """
    return str(_read(key, Person.objects.get(pk=person_id))["email"])


def take(key: str, *, person_id: int, now: datetime) -> str:
    """Give a person's account the address of a link; return it. The earlier address is told.

    Raises:
        ProblemError: ACC-004 another account has the address by now, ACC-020 the link is of no use.
    """
    person = Person.objects.get(pk=person_id)
    said = _read(key, person)
    by = Actor(person.username, person.get_full_name(), person_id)
    change_address(person_id=person_id, was=said["was"], email=said["email"], by=by, now=now)
    if person.email:
        mails.send("account/email/address_changed", person.email, {"user": person})
    return str(said["email"])


def _read(key: str, person: Person) -> dict[str, Any]:
    try:
        said: dict[str, Any] = signing.loads(key, salt=_SALT, max_age=LINK_SECONDS)
    except signing.BadSignature:
        raise problems.LINK_ENDED.error() from None
    if (said["person"], said["was"]) != (person.pk, person.email):
        raise problems.LINK_ENDED.error()
    return said
