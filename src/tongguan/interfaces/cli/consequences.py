"""`tongguan consequences`: events whose consequences failed, and what an operator does then."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

import click
from django.utils.translation import gettext

from tongguan.facilities.accounts.values import SYSTEM, Actor
from tongguan.facilities.announcements.failures import trace_of
from tongguan.facilities.announcements.values import FailedEventRow, PeriodicJobRow
from tongguan.kernel.text import _
from tongguan.processes.parked_events import drop_event, failed_events, failed_jobs, retry_event

from . import database
from .admitting import Words, by_option, perform
from .listing import Told, tell
from .moments import moment
from .options import json_option

NUMBER: Final = click.IntRange(1, (1 << 63) - 1)


@click.group(help=_("List events whose consequences failed; try them again, or drop them."))
def consequences() -> None:
    """Hold the commands over failed events."""


@consequences.command("list", help=_("List failed events, parked ones first, and failing jobs."))
@click.option("--trace", is_flag=True, help=_("Show where in the program each event failed."))
@json_option
def list_failed(*, trace: bool, as_json: bool) -> None:
    """List what failed; whoever may use the house's folder sees all."""
    database.make_ready()
    if not tell(_failed(with_trace=trace), as_json=as_json) and not as_json:
        click.echo(gettext("No event and no periodic job fails."))


@consequences.command(help=_("Have the worker try the consequences of an event again at once."))
@click.argument("event", type=NUMBER)
@by_option
@json_option
def retry(event: int, *, by: str, as_json: bool) -> None:
    """Try again, once the cause is mended."""

    def act(actor: Actor, now: datetime) -> tuple[str, dict[str, Any]]:
        row = retry_event(event_id=event, by=actor, now=now)
        words = gettext("Event {event} is tried again; {behind} events wait behind it.")
        return words.format(event=row.id, behind=row.behind), {"event": row.id}

    perform(act, by=by, as_json=as_json, outcome="retried")


@consequences.command(help=_("Drop the consequences of an event; those behind it go on."))
@click.argument("event", type=NUMBER)
@click.option("--reason", type=Words(500), required=True, help=_("Why; it stands in the ledger."))
@by_option
@json_option
def drop(event: int, *, reason: str, by: str, as_json: bool) -> None:
    """Give up what follows from an event."""

    def act(actor: Actor, now: datetime) -> tuple[str, dict[str, Any]]:
        row = drop_event(event_id=event, reason=reason, by=actor, now=now)
        words = gettext("Event {event} is dropped; {behind} events behind it go on.")
        return words.format(event=row.id, behind=row.behind), {"event": row.id}

    perform(act, by=by, as_json=as_json, outcome="dropped")


def _failed(*, with_trace: bool) -> Iterator[Told]:
    for event in failed_events(viewer=SYSTEM):
        words, row = _event(event)
        if with_trace:
            trace = trace_of(event.id)
            words, row = f"{words}\n{trace}".rstrip(), {**row, "trace": trace}
        yield words, row
    for job in failed_jobs(viewer=SYSTEM):
        yield _job(job)


def _event(row: FailedEventRow) -> Told:
    if row.parked_at is not None:
        state = gettext("parked since {at}").format(at=moment(row.parked_at))
    elif row.next_at is not None:
        state = gettext("tried again at {at}").format(at=moment(row.next_at))
    else:
        state = ""
    words = [
        f"{row.id}  {row.kind}  {row.subject}",
        state,
        gettext("tries: {count}").format(count=row.tries),
        gettext("events behind it: {count}").format(count=row.behind),
        row.error or gettext("The worker ended while it tried."),
    ]
    told: dict[str, Any] = {
        "event": row.id,
        "kind": row.kind,
        "subject": str(row.subject),
        "tries": row.tries,
        "parked_at": _iso(row.parked_at),
        "next_at": _iso(row.next_at),
        "behind": row.behind,
        "error": row.error,
    }
    return "  ".join(words), told


def _job(row: PeriodicJobRow) -> Told:
    words = gettext("periodic job {name} of {node}: {count} failures in a row, {error}")
    words = words.format(name=row.name, node=row.node, count=row.failures, error=row.error)
    told = {
        "job": row.name,
        "node": row.node,
        "failures": row.failures,
        "done_at": _iso(row.done_at),
        "error": row.error,
    }
    return words, told


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
