"""Commands over what was lodged: `status`, `gate`."""

import re
import sys
from datetime import datetime
from typing import Any, Final

import click
from django.utils.translation import get_language, gettext
from msgspec import json, to_builtins

from tongguan.domain.clearance.lifecycle import Turn
from tongguan.domain.clearance.problems import NOT_FOUND
from tongguan.domain.clearance.queries import holds_of, standing
from tongguan.domain.clearance.values import reason
from tongguan.domain.declarations.queries import by_number, heads
from tongguan.domain.release.queries import may_leave
from tongguan.domain.release.values import ASK_FOR, NOT_DECLARED
from tongguan.interfaces.outgoing import Receipt, receipts
from tongguan.kernel.identifiers import BILL, DECLARATION, SITE
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.text import _

from .identifiers import Identifier
from .moments import moment
from .options import REFUSED, json_option
from .problems import NO_NUMBER

NUMBER: Final = re.compile(r"[0-9]{18}")
"""Of a declaration: its office, year and direction, and nine digits counted up."""


def _whole(_context: click.Context, _argument: click.Parameter, given: tuple[str, ...]) -> str:
    """Return a number that was given as one word, or in the groups that pages print."""
    return "".join(given)


@click.command(help=_("Tell how far a declaration has come and what it waits for."))
@click.argument("number", nargs=-1, required=True, type=Identifier(DECLARATION), callback=_whole)
@click.option("--receipts", "with_receipts", is_flag=True, help=_("With what customs told."))
@json_option
def status(number: str, *, with_receipts: bool, as_json: bool) -> None:
    """Tell a declaration's state and its holds, open ones first."""
    id_ = by_number(number)
    if id_ is None and not NUMBER.fullmatch(number):
        _refuse(NO_NUMBER.error(given=number), as_json=as_json)
        return
    if id_ is None:
        _refuse(NOT_FOUND.error(declaration_id=number), as_json=as_json)
        return
    head, now_at = heads([id_])[id_], standing([id_])[id_]
    rows = holds_of(id_)
    holds = [
        {
            "kind": str(row.kind),
            "turn": str(row.turn),
            "office": row.office,
            "why": reason(row.why, row.facts, gettext),
            "since": row.opened_at.isoformat(),
            "due": row.due_at and row.due_at.isoformat(),
            "ended": row.ended_at and row.ended_at.isoformat(),
        }
        for row in rows
    ]
    if as_json:
        told = {"number": number, "reference": head.reference, "state": str(now_at.state)}
        row: dict[str, Any] = {**told, "since": now_at.moved_at.isoformat(), "holds": holds}
        if with_receipts:
            row["receipts"] = [_receipt(one) for one in receipts(head)]
        _line(row)
        return
    click.secho(f"{number}  {gettext(now_at.state.label)}", bold=True)
    for held, hold in zip(rows, holds, strict=True):
        mark = "✓" if held.ended_at else "●"
        kind, turn = gettext(held.kind.label), gettext(held.turn.label)
        click.echo(f"  {mark} {kind} · {turn} · {held.office} · {hold['why']}")
    if with_receipts:
        for one in map(_receipt, receipts(head)):
            words = " · ".join(filter(None, (one["office"], one["text"], one["words"])))
            at = moment(datetime.fromisoformat(one["at"]))
            click.echo(f"  {at}  {one['code'] or '–':3} {words}")


@click.command(help=_("Ask whether a container, or the goods of a bill, may leave a site."))
@click.argument("site", type=Identifier(SITE))
@click.argument("unit", type=Identifier(BILL))
@json_option
def gate(site: str, unit: str, *, as_json: bool) -> None:
    """Tell whether a unit may leave; exit code 1 where it may not."""
    try:
        answer = may_leave(site=site, unit=unit)
    except ProblemError as error:
        _refuse(error, as_json=as_json)
        return
    if as_json:
        told = {"site": site, "unit": unit, "may_leave": answer.may_leave}
        waiting = [{"kind": str(one.kind), "turn": str(one.turn)} for one in answer.waiting]
        why = {"waiting": waiting, "undeclared": list(answer.undeclared)}
        why["containers"] = list(answer.containers)
        _line({**told, "verdict": str(answer.verdict), "number": answer.number, **why})
    else:
        colour = "green" if answer.may_leave else "red"
        click.secho(f"{unit}  {gettext(answer.verdict.label)}", fg=colour, bold=True)
        for one in answer.waiting:
            click.echo(f"  {gettext(one.kind.label)} · {gettext(one.turn.label)} · {one.office}")
        for box in answer.containers:
            click.echo(f"  {gettext(ASK_FOR).format(container=box)}")
        for bill in answer.undeclared:
            waits = gettext(NOT_DECLARED).format(bill=bill)
            click.echo(f"  {waits} · {gettext(Turn.TRADER.label)}")
    if not answer.may_leave:
        sys.exit(REFUSED)


def _receipt(one: Receipt) -> dict[str, Any]:
    fact = one.fact
    return {
        "cursor": str(one.cursor),
        "code": one.code,
        "function": one.function,
        "text": one.text(get_language() or ""),
        "words": fact.words,
        "office": fact.office,
        "at": fact.at.isoformat(),
        "due": fact.due_at and fact.due_at.isoformat(),
    }


def _refuse(error: ProblemError, *, as_json: bool) -> None:
    for fault in error.faults:
        told = fault.told(gettext)
        if as_json:
            _line({"outcome": "refused", "problems": [told]})
        else:
            click.secho(f"{told['code']} {told['detail']}", fg="red", err=True)
            click.echo(f"  → {told['remedy']}", err=True)
    sys.exit(REFUSED)


def _line(row: dict[str, Any]) -> None:
    sys.stdout.write(json.encode(to_builtins(row)).decode() + "\n")
