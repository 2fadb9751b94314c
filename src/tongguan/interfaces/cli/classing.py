"""What becomes of an enterprise once it is registered: its credit class, and its suspension."""

from datetime import datetime
from typing import Any, Final

import click
from django.utils.timezone import localdate
from django.utils.translation import gettext

from tongguan.domain.parties.commands import lift_suspension, set_class, suspend
from tongguan.domain.parties.values import CreditClass
from tongguan.facilities.accounts.values import Actor
from tongguan.kernel.identifiers import ENTERPRISE
from tongguan.kernel.text import _

from .admitting import Words, by_option, enterprise_id, perform
from .identifiers import Identifier
from .options import day, json_option

CLASSES: Final = {str(one): one for one in CreditClass}
_code = click.argument("credit_code", type=Identifier(ENTERPRISE))
_reason = click.option(
    "--reason", type=Words(200), required=True, help=_("Why; it is kept with the act.")
)


@click.command("class", help=_("Give an enterprise another credit class, in all districts."))
@_code
@click.argument("credit", metavar="CLASS", type=click.Choice(list(CLASSES)))
@click.option("--since", type=day, help=_("Its first day; without it, today."))
@_reason
@by_option
@json_option
def credit_class(
    credit_code: str,
    *,
    credit: str,
    since: datetime | None,
    reason: str,
    by: str,
    as_json: bool,
) -> None:
    """Class it from a day on; before that day the class it had stays."""

    def act(actor: Actor, now: datetime) -> tuple[str, dict[str, Any]]:
        first = since.date() if since else localdate(now)
        set_class(
            enterprise_id=enterprise_id(credit_code, "#/scc"),
            credit=CLASSES[credit],
            reason=reason,
            since=first,
            by=actor,
            now=now,
        )
        words = gettext("{code} is classed from {first} on: {credit}.").format(
            code=credit_code, first=first, credit=gettext(CLASSES[credit].label)
        )
        return words, {"enterprise": credit_code, "credit": credit, "since": str(first)}

    perform(act, by=by, as_json=as_json)


@click.command(help=_("Let a suspended enterprise declare again, at once."))
@_code
@_reason
@by_option
@json_option
def again(credit_code: str, *, reason: str, by: str, as_json: bool) -> None:
    """Lift the suspension that `tongguan withdraw enterprise` began."""

    def act(actor: Actor, now: datetime) -> tuple[str, dict[str, Any]]:
        id_ = enterprise_id(credit_code, "#/scc")
        lift_suspension(enterprise_id=id_, reason=reason, by=actor, now=now)
        words = gettext("{code} may declare again.").format(code=credit_code)
        return words, {"enterprise": credit_code}

    perform(act, by=by, as_json=as_json)


@click.command(help=_("Suspend an enterprise: from today it neither declares nor is declared for."))
@_code
@click.option(
    "--until", type=day, help=_("The day on which it may declare again; without it, until lifted.")
)
@_reason
@by_option
@json_option
def enterprise(
    credit_code: str, *, until: datetime | None, reason: str, by: str, as_json: bool
) -> None:
    """Suspend it in all districts; what it lodged goes on, and its people still sign in."""
    end = until.date() if until else None

    def act(actor: Actor, now: datetime) -> tuple[str, dict[str, Any]]:
        id_ = enterprise_id(credit_code, "#/scc")
        suspend(enterprise_id=id_, reason=reason, until=end, by=actor, now=now)
        told = (
            gettext("{code} is suspended until {until}. What it lodged goes on.")
            if end
            else gettext("{code} is suspended until that is lifted. What it lodged goes on.")
        )
        return told.format(code=credit_code, until=end), {
            "enterprise": credit_code,
            "until": end and str(end),
        }

    perform(act, by=by, as_json=as_json, outcome="suspended")
