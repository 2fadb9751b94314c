"""What `tongguan admit` and `withdraw` share: who acts, where things lie, how it is told."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final, NoReturn

import click
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext
from msgspec import json

from tongguan.domain.parties.problems import UNKNOWN
from tongguan.domain.parties.queries import actor_of, find
from tongguan.domain.reference.queries import snapshot
from tongguan.facilities.accounts.queries import find_person, posted
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role
from tongguan.kernel.problems import Fault, ProblemError
from tongguan.kernel.spelling import described, unreadable
from tongguan.kernel.text import _
from tongguan.kernel.time import utc_now

from . import database
from .options import REFUSED

COMMAND_LINE: Final = "command line"
"""Stands in the ledger beside the name: whoever holds the house's folder names any account."""
PLACES: Final[Mapping[str, str]] = {
    "scc": "CREDIT_CODE",
    "username": "NAME",
    "name": "NAME",
    "principal": "PRINCIPAL",
    "broker": "BROKER",
    "customs_code": "--customs-code",
    "name_zh": "--name-zh",
    "home_office": "--home-office",
    "email": "--email",
    "postings": "--role",
    "role": "ROLE",
    "valid_until": "--until",
    "chapters": "--chapters",
}
"""Where on the command line stands what a room calls by its own name."""


class Words(click.ParamType[str]):
    """A name or reason on one line, no longer than its column.

    The database would say neither which it is nor why.
    """

    name = "text"

    def __init__(self, most: int) -> None:
        """Take how many signs there may be."""
        self.most = most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return it as it is."""
        if len(value) > self.most:
            words = gettext("It has {count} signs; {most} can be kept.")
            self.fail(words.format(count=len(value), most=self.most), param, ctx)
        if sign := unreadable(value):
            words = gettext("It holds {sign}; give it on one line, in signs that can be seen.")
            self.fail(words.format(sign=described(sign)), param, ctx)
        return str(value)


class Email(Words):
    """An address, or none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return it as it is."""
        try:
            if value:
                validate_email(value)
        except ValidationError:
            self.fail(gettext("“{value}” is no e-mail address.").format(value=value), param, ctx)
        return super().convert(value, param, ctx)


Act = Callable[[Actor, datetime], tuple[str, dict[str, Any]]]
"""Does one thing; returns the words that tell it, and the same as a row."""

by_option = click.option(
    "--by",
    default="",
    metavar="ACCOUNT",
    help=_("Account of the administrator who does it; not needed while there is none."),
)


def perform(act: Act, *, by: str, as_json: bool, outcome: str = "admitted") -> None:
    """Do one thing as somebody and tell it; exit code 1 where it is refused."""
    database.make_ready()
    now = utc_now()
    actor = _actor(by, now)
    try:
        words, row = act(actor, now)
    except ProblemError as error:
        refuse(error, as_json=as_json)
    if as_json:
        line({"outcome": outcome, **row, "problems": []})
    else:
        click.secho(words, fg="green")


def enterprise_id(code: str, pointer: str) -> int:
    """Return the row of an enterprise, by its credit code.

    Raises:
        ProblemError: PAR-006.
    """
    found = find(code)
    if found is None:
        raise ProblemError(UNKNOWN.at(pointer, enterprise=code))
    return found


def is_office(code: str, on: date) -> bool:
    """Return whether the region has an office of this code on a day."""
    return snapshot().region.office(code, on) is not None


def _actor(name: str, now: datetime) -> Actor:
    """Return who acts: a named account, or the house itself while it has no administrator."""
    if not name:
        if posted(Role.ADMINISTRATOR, office="", district="", now=now):
            raise click.UsageError(
                gettext("There is an administrator: say who does it, with --by ACCOUNT.")
            )
        return replace(SYSTEM, channel="cli", capacity=COMMAND_LINE)
    person = find_person(name)
    found = None if person is None else actor_of(person, now=now, channel="cli")
    if found is None:
        raise click.BadParameter(gettext("No account is called {name}.").format(name=name))
    capacity = ", ".join(filter(None, (found.capacity, COMMAND_LINE)))
    return replace(found, capacity=capacity)


def refuse(error: ProblemError, *, as_json: bool) -> NoReturn:
    """Tell all faults of a refusal, and end with its exit code."""
    told = [_problem(fault) for fault in error.faults]
    if as_json:
        line({"outcome": "refused", "problems": told})
    else:
        for problem in told:
            head = " ".join(filter(None, (problem["code"], problem["place"])))
            click.secho(head, fg="red", nl=False, err=True)
            click.echo(f"  {problem['detail']}\n    → {problem['remedy']}", err=True)
    sys.exit(REFUSED)


def _problem(fault: Fault) -> dict[str, str]:
    told = fault.told(gettext)
    named = (PLACES[part] for part in fault.pointer.split("/") if part in PLACES)
    return {
        "code": told["code"],
        "place": next(named, ""),
        "pointer": told["pointer"],
        "detail": told["detail"],
        "remedy": told["remedy"],
    }


def line(row: dict[str, Any]) -> None:
    """Write one object a line."""
    click.echo(json.encode(row).decode())
