"""`tongguan claims`: bills that two carriers announce, handed over, or brought elsewhere."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import click
from django.utils.translation import gettext

from tongguan.domain.cargo import decisions
from tongguan.domain.cargo.claims import disputes, diversions
from tongguan.domain.cargo.consignees import name_consignee as name
from tongguan.domain.cargo.values import DisputeRow, DiversionRow, Outcome
from tongguan.facilities.accounts.values import Actor
from tongguan.kernel.identifiers import BILL, ENTERPRISE, SITE
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.text import _
from tongguan.kernel.time import utc_now

from .admitting import line, refuse
from .identifiers import Identifier
from .options import json_option
from .signing_in import named, password_option, signed_in

_by: Final = click.option(
    "--by", required=True, metavar="ACCOUNT", help=_("Account of the person who does it.")
)
_reason: Final = click.option("--reason", required=True, help=_("Why; it stands in the ledger."))
_id: Final = click.argument("number", metavar="ID", type=click.UUID)


@click.group(help=_("Bills that two carriers announce, hand over, or bring to another site."))
def claims() -> None:
    """Hold the commands over claims."""


@claims.command("list", help=_("List what waits to be decided, and what was decided."))
@_by
@json_option
def list_claims(by: str, *, as_json: bool) -> None:
    """List the disputes and diversions that the account may see."""
    viewer = named(by, utc_now())
    for row in disputes(viewer=viewer):
        _tell(_dispute(row), as_json=as_json)
    for asked in diversions(viewer=viewer):
        _tell(_diversion(asked), as_json=as_json)


@claims.command(help=_("Decide whose a contested voyage or bill is: first or second."))
@_id
@click.argument("outcome", type=click.Choice(["first", "second"]))
@_reason
@_by
@password_option
@json_option
def decide(number: UUID, outcome: str, reason: str, **who: Any) -> None:
    """Decide a claim, as an officer of its office."""
    decided = Outcome.SECOND if outcome == "second" else Outcome.FIRST

    def act(by: Actor, now: datetime) -> None:
        decisions.decide_dispute(dispute_id=number, outcome=decided, reason=reason, by=by, now=now)

    _perform(act, "decided", **who)


@claims.command("hand-over", help=_("Hand a bill over to another carrier, by its code."))
@click.argument("bill", type=Identifier(BILL))
@click.argument("carrier", type=Identifier(ENTERPRISE))
@_by
@password_option
@json_option
def hand_over(bill: str, carrier: str, **who: Any) -> None:
    """Hand a bill over, as its carrier."""

    def act(by: Actor, now: datetime) -> None:
        decisions.hand_over(number=bill, carrier=carrier, by=by, now=now)

    _perform(act, "handed over", **who)


@claims.command("name-consignee", help=_("Name or correct the consignee of a bill."))
@click.argument("bill", type=Identifier(BILL))
@click.argument("consignee")
@_reason
@_by
@password_option
@json_option
def name_consignee(bill: str, consignee: str, reason: str, **who: Any) -> None:
    """Name the consignee, as the carrier of the bill."""

    def act(by: Actor, now: datetime) -> None:
        name(number=bill, consignee=consignee, reason=reason, by=by, now=now)

    _perform(act, "named", **who)


@claims.command(help=_("Ask to bring the goods of a bill to another site."))
@click.argument("bill", type=Identifier(BILL))
@click.argument("site", type=Identifier(SITE))
@_reason
@_by
@password_option
@json_option
def divert(bill: str, site: str, reason: str, **who: Any) -> None:
    """Ask for a diversion, as the carrier of the bill."""

    def act(by: Actor, now: datetime) -> None:
        decisions.ask_diversion(number=bill, site=site, reason=reason, by=by, now=now)

    _perform(act, "asked", **who)


@claims.command("decide-diversion", help=_("Approve or decline that goods are brought elsewhere."))
@_id
@click.argument("answer", type=click.Choice(["yes", "no"]))
@_reason
@_by
@password_option
@json_option
def decide_diversion(number: UUID, answer: str, reason: str, **who: Any) -> None:
    """Decide a diversion, as an officer of either office."""

    def act(by: Actor, now: datetime) -> None:
        approved = answer == "yes"
        decisions.decide_diversion(
            diversion_id=number, approved=approved, words=reason, by=by, now=now
        )

    _perform(act, "decided", **who)


def _perform(
    act: Callable[[Actor, datetime], None],
    outcome: str,
    *,
    by: str,
    password_stdin: bool,
    as_json: bool,
) -> None:
    """Do one thing as somebody who signs in; exit code 1 where it is refused."""
    now = utc_now()
    try:
        act(signed_in(by, now, password_stdin=password_stdin), now)
    except ProblemError as error:
        refuse(error, as_json=as_json)
    if as_json:
        line({"outcome": outcome, "problems": []})
    else:
        click.secho(gettext("Done."), fg="green")


def _tell(row: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        line(row)
    else:
        click.echo("  ".join(str(value) for value in row.values() if value not in {"", None}))


def _dispute(row: DisputeRow) -> dict[str, Any]:
    return {
        "kind": "dispute",
        "id": str(row.id),
        "manifest": row.number,
        "voyage": f"{row.name} {row.voyage}".strip(),
        "office": row.office,
        "bills": " ".join(row.bills),
        "outcome": row.outcome,
        "reason": row.reason,
    }


def _diversion(row: DiversionRow) -> dict[str, Any]:
    answers = {None: "", True: "approved", False: "declined"}
    return {
        "kind": "diversion",
        "id": str(row.id),
        "bill": row.bill,
        "from": row.from_site or row.from_office,
        "to": row.to_site,
        "reason": row.reason,
        "outcome": answers[row.approved],
        "words": row.words,
    }
