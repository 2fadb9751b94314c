"""`tongguan draws`: what was promised before a day and opened after it; selections recomputed."""

import sys
from datetime import datetime
from typing import NoReturn

import click
from django.utils.translation import gettext
from msgspec import json

from tongguan.domain.declarations.queries import by_number
from tongguan.domain.inspection.choices import chosen_on
from tongguan.domain.risk.publication import open_sets, publish
from tongguan.domain.risk.published import export as exported
from tongguan.domain.risk.queries import recomputed
from tongguan.domain.risk.seeds import replace_key
from tongguan.kernel.identifiers import DECLARATION
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.text import _
from tongguan.kernel.time import utc_now

from .admitting import Words
from .identifiers import Identifier
from .options import REFUSED, day, json_option
from .signing_in import password_option, signed_in

_day = click.argument("day", type=day)
_by = click.option(
    "--by", required=True, metavar="ACCOUNT", help=_("Account of the person who does it.")
)


@click.group(help=_("Check what was drawn and selected."))
def draws() -> None:
    """Hold the commands over draws."""


@draws.command("publish", help=_("Commit to today's and tomorrow's seeds and criteria now."))
def publish_now() -> None:
    """Commit where nobody has, and reveal the seeds of days gone by; exit code 1 if refused."""
    try:
        publish(now=utc_now())
    except ProblemError as error:
        _refuse(error)


@draws.command(
    "give-up", help=_("Give up the seeds that no key opens any more; days to come get new ones.")
)
@click.option(
    "--why",
    type=Words(500),
    required=True,
    help=_("How the key was lost; it stands in the ledger."),
)
@_by
@password_option
def give_up(why: str, by: str, *, password_stdin: bool) -> None:
    """Give up seeds whose key is lost, and commit to new ones under a new key."""
    now = utc_now()
    try:
        days = replace_key(why=why, by=signed_in(by, now, password_stdin=password_stdin), now=now)
        publish(now=now)
    except ProblemError as error:
        _refuse(error)
    click.echo(gettext("Given up: {days}").format(days=", ".join(map(str, days)) or "0"))


@draws.command("open", help=_("Open what was in force on a day that is over."))
@_day
@_by
@password_option
def open_day(day: datetime, by: str, *, password_stdin: bool) -> None:
    """Open the sets of a day; exit code 1 where that is refused."""
    now = utc_now()
    try:
        count = open_sets(
            day=day.date(), by=signed_in(by, now, password_stdin=password_stdin), now=now
        )
    except ProblemError as error:
        _refuse(error)
    else:
        click.echo(gettext("{count} sets of {day} are open.").format(count=count, day=day.date()))


@draws.command(help=_("Print, as JSON, all that may be known of a day, for verify_draw.py."))
@_day
def export(day: datetime) -> None:
    """Print commitments, and what was revealed and opened."""
    click.echo(
        json.format(json.encode(exported(day.date(), chosen_on(day.date()))), indent=1).decode()
    )


@draws.command(help=_("Decide the selection of a declaration again, from what is recorded."))
@click.argument("number", type=Identifier(DECLARATION))
@json_option
def recompute(number: str, *, as_json: bool) -> None:
    """Tell whether it comes out as it was recorded; exit code 1 where it does not."""
    id_ = by_number(number)
    found = None if id_ is None else recomputed(id_)
    same = found is not None and found.same
    if as_json:
        told = {"number": number, "same": same, "missing": found.missing if found else "selection"}
        recorded = (
            {}
            if found is None
            else {"recorded": found.recorded, "again": found.again, "notes": found.notes}
        )
        click.echo(json.encode({**told, **recorded}).decode())
    elif found is None:
        click.echo(gettext("Nothing was selected under {number}.").format(number=number), err=True)
    elif found.missing:
        click.echo(gettext("Not known any more: {what}").format(what=found.missing), err=True)
    else:
        click.echo(gettext("The same.") if same else gettext("It comes out otherwise."))
        for note in found.notes:
            click.echo(gettext("Noted: {note}").format(note=note))
    if not same:
        sys.exit(REFUSED)


def _refuse(error: ProblemError) -> NoReturn:
    for fault in error.faults:
        told = fault.told(gettext)
        click.echo(f"{told['code']} {told['detail']} {told['remedy']}", err=True)
    sys.exit(REFUSED)
