"""`tongguan admit password`, `withdraw factor` and `withdraw lock`: for who cannot sign in."""

from datetime import datetime
from typing import Any

import click
from django.utils.translation import gettext

from tongguan.facilities.accounts.credentials import give_password, lift_lock, withdraw_factors
from tongguan.facilities.accounts.values import Actor
from tongguan.kernel.text import _

from .accounts import first_password
from .admitting import by_option, perform
from .options import json_option


@click.command(help=_("Give a person another first password; sessions of the person end."))
@click.argument("name")
@click.option("--password-stdin", is_flag=True, help=_("Read the password from standard input."))
@click.option("--make-password", is_flag=True, help=_("Make the password, and print it this once."))
@by_option
@json_option
def password(
    name: str, *, password_stdin: bool, make_password: bool, by: str, as_json: bool
) -> None:
    """Help somebody who forgot the password and has no address to reset it by."""
    given = first_password(from_input=password_stdin, made=make_password)

    def act(actor: Actor, now: datetime) -> tuple[str, dict[str, Any]]:
        give_password(username=name, password=given, by=actor, now=now)
        words = [gettext("{name} has another first password.").format(name=name)]
        row = {"account": name}
        if make_password:
            told = gettext("First password: {password} (it is not told again)")
            words.append(told.format(password=given))
            row["password"] = given
        return "\n".join(words), row

    perform(act, by=by, as_json=as_json)


@click.command(help=_("Remove the second factors of a person who lost them, and recovery codes."))
@click.argument("name")
@by_option
@json_option
def factor(name: str, *, by: str, as_json: bool) -> None:
    """Help somebody who lost phone or key; an officer activates another at the next sign-in."""

    def act(actor: Actor, now: datetime) -> tuple[str, dict[str, Any]]:
        withdraw_factors(username=name, by=actor, now=now)
        told = gettext("{name} has no second factor now; the password alone signs in.")
        return told.format(name=name), {"account": name}

    perform(act, by=by, as_json=as_json, outcome="withdrawn")


@click.command(
    help=_("Let an account be tried again at once, after too many wrong passwords or codes.")
)
@click.argument("name")
@by_option
@json_option
def lock(name: str, *, by: str, as_json: bool) -> None:
    """Help somebody whose account others tried to open."""

    def act(actor: Actor, now: datetime) -> tuple[str, dict[str, Any]]:
        was_tried = lift_lock(username=name, by=actor, now=now)
        told = (
            gettext(
                "Wrong tries at {name} are forgotten: the account is heard again at once."
                " Only an address that tried often waits, up to a minute."
            )
            if was_tried
            else gettext("{name} was not locked: no wrong tries are counted. Nothing was done.")
        )
        return told.format(name=name), {"account": name, "was_tried": was_tried}

    perform(act, by=by, as_json=as_json, outcome="withdrawn")
