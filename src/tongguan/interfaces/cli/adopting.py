"""`ledger adopt`: rows from before their tables were sealed, described once and listed for ever."""

from datetime import datetime
from typing import Any

import click
from django.utils.translation import gettext

from tongguan.facilities.accounts.values import Actor
from tongguan.facilities.ledger.values import Adoption
from tongguan.kernel.text import _
from tongguan.processes.reconciliation import adopt as adopt_rows

from .admitting import Words, by_option, perform
from .options import json_option


@click.command(
    help=_(
        "Have the ledger describe rows from before their tables were sealed."
        " Each table is adopted once; `ledger verify` lists every adoption."
    )
)
@click.option(
    "--reason",
    type=Words(500),
    required=True,
    help=_("Why no act describes them; it is in the ledger."),
)
@by_option
@json_option
def adopt(*, reason: str, by: str, as_json: bool) -> None:
    """Adopt what no act describes, and tell how many rows of which table that were."""

    def act(actor: Actor, now: datetime) -> tuple[str, dict[str, Any]]:
        done = adopt_rows(reason=reason, by=actor, now=now)
        return adoption_line(done), adoption_row(done)

    perform(act, by=by, as_json=as_json, outcome="adopted")


def adoption_line(one: Adoption) -> str:
    """Return an adoption in words: when, by whom, why, how many rows of which table."""
    told = gettext("Adoption {number} of {at} by {by}: {rows} rows that no act described. {reason}")
    told = told.format(
        number=one.number,
        at=f"{one.at:%Y-%m-%d %H:%M}Z",
        by=one.by,
        rows=sum(one.rows.values()),
        reason=one.reason,
    )
    if not one.ended:
        told += " " + gettext("It was broken off: run `ledger adopt` again.")
    return "\n".join([told, *(f"  {table}: {rows}" for table, rows in sorted(one.rows.items()))])


def adoption_row(one: Adoption) -> dict[str, Any]:
    """Return an adoption as a row."""
    return {
        "adoption": one.number,
        "at": one.at.isoformat(),
        "by": one.by,
        "reason": one.reason,
        "ended": one.ended,
        "rows": one.rows,
    }
