"""`tongguan risk train`, `approve`, `watch`: a model is learned, put to use, looked after."""

import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

import click
from django.utils.translation import gettext
from msgspec import json, to_builtins

from tongguan.domain.risk.approvals import approve as approved
from tongguan.domain.risk.approvals import keep_model
from tongguan.domain.risk.criteria import Kind, ModelCard
from tongguan.domain.risk.outcomes import of_model_by_group
from tongguan.domain.risk.training import (
    Example,
    Trained,
    examples_of_house,
    read_columns,
    read_examples,
)
from tongguan.domain.risk.training import train as trained
from tongguan.domain.risk.values import Figure
from tongguan.domain.risk.watch import watched
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.text import _
from tongguan.kernel.time import LOCAL, utc_now

from . import database
from .admitting import Words
from .options import REFUSED, day, json_option
from .signing_in import named, password_option, signed_in

YEAR: Final = timedelta(days=365)
_file = click.Path(exists=True, dir_okay=False, path_type=Path)
_analyst = click.option("--by", required=True, help=_("Account of the analyst who does it."))


@click.command(help=_("Learn a model from what treatments found, and propose it."))
@click.option("--from", "since", type=day, help=_("First day to learn from; without, a year."))
@click.option("--until", type=day, help=_("The day after the last; without, today."))
@click.option("--train", "files", multiple=True, type=_file, help=_("CSV to learn from instead."))
@click.option(
    "--mapping", default="kcs", show_default=True, help=_("kcs, or a TOML file of columns.")
)
@click.option("--label", default="", help=_("The column of findings."))
@click.option(
    "--name", type=Words(100), default="", help=_("What the model is called; without, the day.")
)
@click.option("--seed", default=1, show_default=True, help=_("Of the dice."))
@_analyst
@password_option
@json_option
def train(by: str, *, password_stdin: bool, as_json: bool, **options: Any) -> None:
    """Learn, judge on the later part, keep the bytes, propose the card; print what came of it."""
    database.make_ready()
    now = utc_now()
    try:
        analyst = signed_in(by, now, password_stdin=password_stdin)
        found = _examples(options, now.astimezone(LOCAL).date())
        name = options["name"] or f"{now.astimezone(LOCAL):%Y-%m-%d}"
        made = trained(found, seed=options["seed"], name=name)
        card = keep_model(content=made.content, card=made.card, by=analyst, now=now)
    except ProblemError as error:
        _refuse(error)
    told = to_builtins(card) | {"bytes": len(made.content)}
    click.echo(json.encode(told).decode() if as_json else _told(card, made))


@click.command(help=_("Approve the model that waits; it scores from then on."))
@click.argument("model", type=int)
@_analyst
@password_option
def approve(model: int, by: str, *, password_stdin: bool) -> None:
    """Put a proposed model to use; another person than who proposed it, who signs in for it."""
    database.make_ready()
    now = utc_now()
    try:
        analyst = signed_in(by, now, password_stdin=password_stdin)
        approved(kind=Kind.MODEL, ids=[model], by=analyst, now=now)
    except ProblemError as error:
        _refuse(error)
    click.echo(gettext("Model {model} is in use.").format(model=model))


@click.command(help=_("Tell what was seen of the models in use, day by day, and by group."))
@click.option("--days", default=30, show_default=True, help=_("So many days back."))
@_analyst
@json_option
def watch(days: int, by: str, *, as_json: bool) -> None:
    """Print the figures of each day, and the hit rate of what models selected by group."""
    database.make_ready()
    now = utc_now()
    today, since = now.astimezone(LOCAL).date(), now - timedelta(days=days)
    try:
        rows = watched(since=today - timedelta(days=days), until=today, viewer=named(by, now))
    except ProblemError as error:
        _refuse(error)
    groups = of_model_by_group(since=since, until=now)
    if as_json:
        click.echo(json.encode({"days": rows, "groups": groups}).decode())
        return
    for row in rows:
        state = gettext("withdrawn") if row.withdrawn else ", ".join(row.passed)
        click.echo(f"{row.day}  {row.name} v{row.version}  {state}".rstrip())
        for figure, value in row.figures.items():
            click.echo(f"  {gettext(Figure(figure).label):60}{value:>10.4g}")
    for group in groups:
        share = "" if group.share is None else f"{group.share:.3f}"
        click.echo(f"{group.name:30}{group.found:>8} /{group.ended:>8}{share:>10}")


def _examples(options: dict[str, Any], today: date) -> list[Example]:
    if options["files"]:
        columns = read_columns(options["mapping"])
        return read_examples(options["files"], columns, label=options["label"])
    until = options["until"].date() if options["until"] else today
    since = options["since"].date() if options["since"] else until - YEAR
    return examples_of_house(_begin(since), _begin(until))


def _refuse(error: ProblemError) -> None:
    for fault in error.faults:
        told = fault.told(gettext)
        click.echo(f"{told['code']} {told['detail']} {told['remedy']}", err=True)
    sys.exit(REFUSED)


def _told(card: ModelCard, made: Trained) -> str:
    head = gettext("Model {id}, version {version}, “{name}”: {kilobytes} kB, {sha256}").format(
        id=card.id,
        version=card.version,
        name=card.name,
        kilobytes=len(made.content) // 1000,
        sha256=card.sha256,
    )
    figures = [f"  {name:20}{figure:>10.4g}" for name, figure in card.metrics.items()]
    foot = gettext("It waits for another analyst: tongguan risk approve {id} --by NAME")
    return "\n".join((head, *figures, foot.format(id=card.id)))


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, LOCAL)
