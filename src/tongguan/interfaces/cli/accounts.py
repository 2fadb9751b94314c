"""`tongguan admit` person, software and posting: who signs in, and what he may do."""

import secrets
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

import click
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext

from tongguan.domain.parties.queries import employer, find
from tongguan.domain.reference.queries import snapshot
from tongguan.facilities.accounts.commands import (
    admit_person,
    grant_posting,
    register_client,
)
from tongguan.facilities.accounts.problems import OFFICE_FORM
from tongguan.facilities.accounts.queries import CLIENT
from tongguan.facilities.accounts.values import Actor, NewPosting, Role
from tongguan.kernel.identifiers import CODE, OFFICE
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.text import _

from .admitting import Email, Words, by_option, is_office, perform
from .identifiers import Identifier
from .options import day, json_option
from .problems import NO_PLACE

MADE_BYTES: Final = 15
"""Of a password that is made: 20 signs, more than anybody guesses."""
GRANTED: Final = tuple(role for role in Role if role not in {Role.ROBOT, Role.SYSTEM})


class RoleAtPlace(click.ParamType[tuple[Role, str]]):
    """A role, with the place it is bound to: `REVIEWER`, `INSPECTOR@0202`, `GATE@0202-01`."""

    name = "role[@place]"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Role, str]:
        """Return role and place; the place is empty where none is named."""
        role, at, place = str(value).partition("@")
        found = next((one for one in GRANTED if str(one) == role.upper()), None)
        if found is None:
            words = gettext("“{role}” is no role. There are: {roles}.")
            self.fail(words.format(role=role, roles=", ".join(map(str, GRANTED))), param, ctx)
        code = Identifier(CODE).convert(place, param, ctx)
        if at and not code:
            words = gettext("“{value}” names no place behind the @. Without the @ it has none.")
            self.fail(words.format(value=f"{role}@"), param, ctx)
        return found, code


_roles = click.option(
    "--role",
    "roles",
    type=RoleAtPlace(),
    multiple=True,
    required=True,
    help=_("A role, and its place: a credit code, a site, an office or a district. Repeatable."),
)


@click.command(help=_("Admit a person under an account name, with roles."))
@click.argument("name")
@click.option(
    "--name-zh", type=Words(60), required=True, help=_("The name as Chinese readers see it.")
)
@click.option("--name-en", type=Words(100), default="", help=_("The name as others see it."))
@click.option("--email", type=Email(254), default="", help=_("An address to sign in with too."))
@click.option(
    "--home-office",
    type=Identifier(OFFICE),
    default="",
    help=_("The office that an officer belongs to."),
)
@_roles
@click.option(
    "--password-stdin", is_flag=True, help=_("Read the first password from standard input.")
)
@click.option(
    "--make-password", is_flag=True, help=_("Make the first password, and print it this once.")
)
@by_option
@json_option
def person(
    name: str,
    *,
    name_zh: str,
    name_en: str,
    email: str,
    home_office: str,
    roles: tuple[tuple[Role, str], ...],
    password_stdin: bool,
    make_password: bool,
    by: str,
    as_json: bool,
) -> None:
    """Admit somebody; the first password is asked for on a terminal."""
    password = first_password(from_input=password_stdin, made=make_password)

    def act(actor: Actor, now: datetime) -> tuple[str, dict[str, Any]]:
        today = localdate(now)
        if home_office and not is_office(home_office, today):
            raise ProblemError(OFFICE_FORM.at("#/home_office", office=home_office))
        id_ = admit_person(
            username=name,
            password=password,
            name_zh=name_zh,
            name_en=name_en,
            email=email,
            home_office=home_office,
            postings=_postings(roles, today),
            by=actor,
            now=now,
        )
        words = [gettext("{name} is admitted as {roles}.").format(name=name, roles=_told(roles))]
        row = {"account": name, "id": id_}
        if make_password:
            told = gettext("First password: {password} (it is not told again)")
            words.append(told.format(password=password))
            row["password"] = password
        return "\n".join(words), row

    perform(act, by=by, as_json=as_json)


@click.command(help=_("Admit software under a name, with roles; print its credentials this once."))
@click.argument("name")
@click.option("--label", type=Words(100), required=True, help=_("The name that people read."))
@_roles
@by_option
@json_option
def software(
    name: str, *, label: str, roles: tuple[tuple[Role, str], ...], by: str, as_json: bool
) -> None:
    """Admit software that signs in with OAuth2 client credentials."""

    def act(actor: Actor, now: datetime) -> tuple[str, dict[str, Any]]:
        postings = _postings(roles, localdate(now))
        id_, secret = register_client(name=name, label=label, postings=postings, by=actor, now=now)
        words = (
            gettext("{name} is admitted as {roles}.").format(name=name, roles=_told(roles)),
            f"client_id: {id_}",
            f"client_secret: {secret}",
            gettext("Only a hash of the secret is kept: it is not told again."),
        )
        row = {"account": CLIENT + name, "client_id": id_, "client_secret": secret}
        return "\n".join(words), row

    perform(act, by=by, as_json=as_json)


@click.command(help=_("Post who was admitted: a person, or software as client:NAME."))
@click.argument("account")
@click.argument("role", metavar="ROLE[@PLACE]", type=RoleAtPlace())
@click.option("--until", type=day, help=_("The day on which it no longer runs; without it, none."))
@by_option
@json_option
def posting(
    account: str, *, role: tuple[Role, str], until: datetime | None, by: str, as_json: bool
) -> None:
    """Give another role, or the same at another place."""

    def act(actor: Actor, now: datetime) -> tuple[str, dict[str, Any]]:
        asked = _posting(*role, localdate(now))
        if asked is None:
            raise ProblemError(NO_PLACE.at("#/role", place=role[1]))
        ends = None if until is None else make_aware(until)
        id_ = grant_posting(
            account=account, posting=replace(asked, valid_until=ends), by=actor, now=now
        )
        words = gettext("{name} is admitted as {roles}.").format(name=account, roles=_told([role]))
        return words, {"account": account, "posting": id_}

    perform(act, by=by, as_json=as_json)


def first_password(*, from_input: bool, made: bool) -> str:
    """Return the first password: read, made, or asked for twice on a terminal without showing it.

    It is no option of the command line: others on the machine read that, and the shell keeps it.
    """
    if from_input and made:
        raise click.UsageError(gettext("Say --password-stdin or --make-password, not both."))
    if made:
        return secrets.token_urlsafe(MADE_BYTES)
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise click.UsageError(
            gettext("There is no terminal to ask: say --password-stdin or --make-password.")
        )
    found: str = click.prompt(
        gettext("First password"),
        hide_input=True,
        confirmation_prompt=gettext("Once more"),
        err=True,
    )
    return found


def _postings(roles: Sequence[tuple[Role, str]], on: date) -> list[NewPosting]:
    """Return the postings asked for, each with the place found by its code.

    What the role is bound to is for the room to say; here only what is no place at all is refused.

    Raises:
        ProblemError: CLI-002 for each code that is no place.
    """
    found = [_posting(role, place, on) for role, place in roles]
    faults = [
        NO_PLACE.at(f"#/postings/{index}", place=roles[index][1])
        for index, one in enumerate(found)
        if one is None
    ]
    if faults:
        raise ProblemError(*faults)
    return [one for one in found if one is not None]


def _posting(role: Role, place: str, on: date) -> NewPosting | None:
    region = snapshot().region
    if not place:
        return NewPosting(role)
    if region.office(place, on):
        return NewPosting(role, office=place)
    if region.district(place, on):
        return NewPosting(role, district=place)
    if region.site(place, on):
        return NewPosting(role, site=place)
    enterprise_id = find(place)
    return None if enterprise_id is None else NewPosting(role, employer=employer(enterprise_id, on))


def _told(roles: Sequence[tuple[Role, str]]) -> str:
    return ", ".join(" ".join(filter(None, (gettext(role.label), place))) for role, place in roles)
