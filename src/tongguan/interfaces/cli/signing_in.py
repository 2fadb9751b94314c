"""Signing in for one command: for acts that take a person, not only the name of an account."""

import sys
from dataclasses import replace
from datetime import datetime
from typing import Final

import click
from django.utils.translation import gettext

from tongguan.domain.parties.queries import actor_of
from tongguan.facilities.accounts.queries import find_person
from tongguan.facilities.accounts.terminal import needs_code, sign_in
from tongguan.facilities.accounts.values import Actor
from tongguan.kernel.text import _

password_option: Final = click.option(
    "--password-stdin",
    is_flag=True,
    help=_("Read the password of the account from standard input; a second factor's code below."),
)


def named(name: str, now: datetime) -> Actor:
    """Return who an account belongs to; an act that takes a person refuses what is only named."""
    person = find_person(name)
    found = None if person is None else actor_of(person, now=now, channel="cli")
    if found is None:
        raise click.BadParameter(gettext("No account is called {name}.").format(name=name))
    return found


def signed_in(name: str, now: datetime, *, password_stdin: bool) -> Actor:
    """Return who an account belongs to, after that person has signed in.

    Password and code are asked for on the terminal, or read from standard input.

    Raises:
        ProblemError: ACC-017 the password or the code is wrong.
    """
    found = named(name, now)
    if not password_stdin and not sys.stdin.isatty():
        raise click.UsageError(gettext("There is no terminal to ask: say --password-stdin."))
    password = _read(gettext("Password of {name}").format(name=name), password_stdin)
    code = _read(gettext("Code"), password_stdin) if needs_code(name) else ""
    sign_in(username=name, password=password, code=code, now=now)
    return replace(found, signed_in=True)


def _read(prompt: str, password_stdin: bool) -> str:
    if password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    answer: str = click.prompt(prompt, hide_input=True, err=True)
    return answer
