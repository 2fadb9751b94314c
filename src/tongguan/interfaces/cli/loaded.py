"""What was loaded or proposed, put in force or declined: `list`, `approve`, `decline`."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

import click
from django.utils.translation import gettext

from tongguan.domain.reference.commands import approve_tariff, confirm_rate, propose_rate
from tongguan.domain.reference.declining import decline_calendar, decline_rate, decline_tariff
from tongguan.domain.reference.holidays import approve_calendar
from tongguan.domain.reference.loaded import HolidaysRow, ReleaseRow, holidays, releases
from tongguan.domain.reference.queries import CorrectionRow, corrections
from tongguan.kernel.identifiers import CURRENCY
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.text import _
from tongguan.kernel.time import utc_now

from .admitting import Words, line, refuse
from .identifiers import Identifier
from .moments import moment
from .options import json_option
from .signing_in import password_option, signed_in

APPROVED_BY: Final[dict[str, Callable[..., None]]] = {
    "tariff": approve_tariff,
    "calendar": approve_calendar,
    "rate": confirm_rate,
}
"""What a second person puts in force, with the command that does it."""
DECLINED_BY: Final[dict[str, Callable[..., None]]] = {
    "tariff": decline_tariff,
    "calendar": decline_calendar,
    "rate": decline_rate,
}
"""What is declined or withdrawn while it waits, with the command that does it."""
_by: Final = click.option(
    "--by", required=True, metavar="ACCOUNT", help=_("Account of the person who does it.")
)


@dataclass(frozen=True, slots=True)
class _Told:
    """What was loaded or proposed, in words and as a row."""

    what: str
    words: str
    row: ReleaseRow | HolidaysRow | CorrectionRow
    first: str
    at: datetime
    why: str
    waits: bool
    second: str
    then: datetime | None


@click.command(help=_("Put in force what another person loaded or proposed."))
@click.argument("what", type=click.Choice(list(APPROVED_BY)))
@click.argument("number", type=int)
@_by
@password_option
@json_option
def approve(what: str, number: int, *, by: str, password_stdin: bool, as_json: bool) -> None:
    """Approve what waits, as another person than who loaded it; exit code 1 where refused."""
    try:
        person = signed_in(by, utc_now(), password_stdin=password_stdin)
        APPROVED_BY[what](number, by=person, now=utc_now())
    except ProblemError as error:
        refuse(error, as_json=as_json)
    if as_json:
        line({"outcome": "approved", "what": what, "number": number, "problems": []})
    else:
        words = gettext("{what} {number} is in force.").format(what=what, number=number)
        click.secho(words, fg="green")


@click.command(help=_("Decline or withdraw what waits for a second person."))
@click.argument("what", type=click.Choice(list(DECLINED_BY)))
@click.argument("number", type=int)
@click.option("--reason", type=Words(500), required=True, help=_("Why it is not to come in force."))
@_by
@password_option
@json_option
def decline(
    what: str, number: int, *, reason: str, by: str, password_stdin: bool, as_json: bool
) -> None:
    """Decline what waits, as who loaded it or as another; exit code 1 where refused."""
    try:
        person = signed_in(by, utc_now(), password_stdin=password_stdin)
        DECLINED_BY[what](number, reason=reason, by=person, now=utc_now())
    except ProblemError as error:
        refuse(error, as_json=as_json)
    if as_json:
        line({"outcome": "declined", "what": what, "number": number, "problems": []})
    else:
        words = gettext("{what} {number} was declined; it never comes in force.")
        click.secho(words.format(what=what, number=number), fg="green")


@click.command("correct-rate", help=_("Propose the exchange rate of a month: yuan for one unit."))
@click.argument("currency", type=Identifier(CURRENCY))
@click.argument("month", type=click.DateTime(formats=["%Y-%m"]))
@click.argument("rate")
@click.option("--reason", type=Words(500), required=True, help=_("Why the rate in use is wrong."))
@click.option("--source", type=Words(300), required=True, help=_("Where it was published."))
@_by
@password_option
@json_option
def correct_rate(
    currency: str,
    month: datetime,
    rate: str,
    *,
    by: str,
    password_stdin: bool,
    as_json: bool,
    **why: str,
) -> None:
    """Propose a rate; it is in force once another person approves it."""
    try:
        person = signed_in(by, utc_now(), password_stdin=password_stdin)
        facts: dict[str, Any] = {"currency": currency, "month": month.date(), "rate": rate, **why}
        number = propose_rate(**facts, by=person, now=utc_now())
    except ProblemError as error:
        refuse(error, as_json=as_json)
    if as_json:
        line({"outcome": "proposed", "number": number, "problems": []})
    else:
        words = gettext("It waits for a second person: tongguan reference approve rate {number}")
        click.secho(words.format(number=number), fg="yellow")


@click.command("list", help=_("List what was loaded: by whom, why, and what waits."))
@json_option
def list_loaded(*, as_json: bool) -> None:
    """List tariffs, holidays and corrected rates, latest first."""
    for told in _all():
        if as_json:
            line({"what": told.what, **asdict(told.row)})
            continue
        click.echo(told.words)
        click.echo("  " + gettext("by {by}, {at}").format(by=told.first, at=moment(told.at)))
        if told.why:
            click.echo("  " + gettext("why: {why}").format(why=told.why))
        if told.row.declined_at is not None:
            facts = {"by": told.row.declined_by, "at": moment(told.row.declined_at)}
            words = gettext("declined by {by}, {at}; why: {why}")
            click.echo("  " + words.format(why=told.row.decline_reason, **facts))
        elif told.waits:
            waits = gettext("waits for a second person: tongguan reference approve {what} {id}")
            click.secho("  " + waits.format(what=told.what, id=told.row.id), fg="yellow")
        elif told.then is not None:
            facts = {"by": told.second, "at": moment(told.then)}
            click.echo("  " + gettext("approved by {by}, {at}").format(**facts))


def _all() -> Iterator[_Told]:
    for one in releases():
        kind = gettext("whole tariff") if one.whole else gettext("tariff")
        told = gettext("{kind} {id} from {day}: {name}, {rows} rows; source: {source}; {sha256}")
        words = told.format(
            kind=kind,
            id=one.id,
            day=one.valid_from,
            name=one.name,
            rows=one.rows,
            source=one.source,
            sha256=one.sha256,
        )
        yield _release("tariff", words, one)
    for days in holidays():
        told = gettext("holidays {id}: {name}, {days} days; {sha256}")
        facts = {"id": days.id, "name": days.name, "days": days.days, "sha256": days.sha256}
        yield _release("calendar", told.format(**facts), days)
    for row in corrections():
        told = gettext("rate {id}: {currency} {month} {rate}; source: {source}")
        words = told.format(
            id=row.id,
            currency=row.currency,
            month=f"{row.month:%Y-%m}",
            rate=row.rate,
            source=row.source,
        )
        yield _Told(
            "rate",
            words,
            row,
            row.proposed_by,
            row.proposed_at,
            row.reason,
            row.confirmed_at is None,
            row.confirmed_by,
            row.confirmed_at,
        )


def _release(what: str, words: str, row: ReleaseRow | HolidaysRow) -> _Told:
    return _Told(
        what,
        words,
        row,
        row.loaded_by,
        row.loaded_at,
        row.backdated,
        row.waiting_since is not None,
        row.approved_by,
        row.approved_at,
    )
