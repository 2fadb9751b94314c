"""`tongguan withdraw`: what was admitted ends. What was done under it stays as it is."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

import click
from django.utils.translation import gettext

from tongguan.domain.parties.commands import revoke_mandate
from tongguan.domain.revenue.registers import withdraw_bank, withdraw_guarantee
from tongguan.facilities.accounts.commands import dismiss_person, end_posting, withdraw_client
from tongguan.facilities.accounts.queries import CLIENT
from tongguan.facilities.accounts.values import Actor
from tongguan.kernel.identifiers import LICENCE
from tongguan.kernel.text import _

from .admitting import by_option, perform
from .certificates import withdraw_origin, withdraw_relief
from .classing import enterprise
from .identifiers import Identifier
from .options import json_option
from .sign_in_help import factor, lock

OUTCOME: Final = "withdrawn"


@click.group(
    help=_("End what was admitted: people, software, postings, mandates, banks, guarantees.")
)
def withdraw() -> None:
    """Hold the commands that end; `tongguan admitted` shows what there is to end."""


@withdraw.command(help=_("Dismiss a person: sessions and postings end, the name is never reused."))
@click.argument("name")
@by_option
@json_option
def person(name: str, *, by: str, as_json: bool) -> None:
    """Let a person go at once and for good."""
    _end(
        lambda actor, now: dismiss_person(username=name, by=actor, now=now),
        gettext("{name} is dismissed: every session and posting has ended.").format(name=name),
        {"account": name},
        by=by,
        as_json=as_json,
    )


@withdraw.command(help=_("Withdraw software: its credentials and all its tokens end."))
@click.argument("name")
@by_option
@json_option
def software(name: str, *, by: str, as_json: bool) -> None:
    """Let software go at once and for good, by its name, with or without `client:` before it."""
    bare = name.removeprefix(CLIENT)
    _end(
        lambda actor, now: withdraw_client(name=bare, by=actor, now=now),
        gettext("{name} is withdrawn: its credentials and tokens have ended.").format(name=bare),
        {"account": CLIENT + bare},
        by=by,
        as_json=as_json,
    )


@withdraw.command(help=_("End a posting, by the number that `tongguan admitted` shows."))
@click.argument("number", type=click.IntRange(1))
@by_option
@json_option
def posting(number: int, *, by: str, as_json: bool) -> None:
    """Take one role at one place away."""
    _end(
        lambda actor, now: end_posting(posting_id=number, by=actor, now=now),
        gettext("Posting {number} has ended.").format(number=number),
        {"posting": number},
        by=by,
        as_json=as_json,
    )


@withdraw.command(help=_("Revoke a mandate, by the number that `tongguan admitted` shows."))
@click.argument("number", type=click.IntRange(1))
@by_option
@json_option
def mandate(number: int, *, by: str, as_json: bool) -> None:
    """End a broker's mandate; what was lodged under it goes on."""
    _end(
        lambda actor, now: revoke_mandate(mandate_id=number, by=actor, now=now),
        gettext("Mandate {number} is revoked. What was lodged under it goes on.").format(
            number=number
        ),
        {"mandate": number},
        by=by,
        as_json=as_json,
    )


@withdraw.command(help=_("Believe a bank no more: what its key signs is refused from now on."))
@click.argument("name")
@by_option
@json_option
def bank(name: str, *, by: str, as_json: bool) -> None:
    """End a bank's key; `tongguan admit bank` registers it anew with another."""
    _end(
        lambda actor, now: withdraw_bank(name=name, by=actor, now=now),
        gettext("Bank {name} is believed no more. What it confirmed before stays.").format(
            name=name
        ),
        {"bank": name},
        by=by,
        as_json=as_json,
    )


@withdraw.command(help=_("Withdraw a guarantee: nothing more is drawn on it, what is drawn stays."))
@click.argument("number", type=Identifier(LICENCE))
@by_option
@json_option
def guarantee(number: str, *, by: str, as_json: bool) -> None:
    """End what secures duty, before its last day."""
    told = gettext(
        "Guarantee {number} is withdrawn: nothing more is drawn on it. What is drawn stays."
    )
    _end(
        lambda actor, now: withdraw_guarantee(number=number, by=actor, now=now),
        told.format(number=number),
        {"guarantee": number},
        by=by,
        as_json=as_json,
    )


for command in (enterprise, withdraw_relief, withdraw_origin, factor, lock):
    withdraw.add_command(command)


def _end(
    do: Callable[[Actor, datetime], None],
    words: str,
    row: dict[str, Any],
    *,
    by: str,
    as_json: bool,
) -> None:
    def act(actor: Actor, now: datetime) -> tuple[str, dict[str, Any]]:
        do(actor, now)
        return words, row

    perform(act, by=by, as_json=as_json, outcome=OUTCOME)
