"""`tongguan risk`: judging what selects declarations on labelled ones; learning, in `training`."""

import sys
from pathlib import Path
from typing import Any, Final

import click
from django.utils.translation import gettext
from msgspec import json

from tongguan.domain.risk.evaluation import GOODS, read_columns, read_labelled
from tongguan.domain.risk.evaluation import evaluate as judged
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.text import _

from .backtest import backtest
from .options import json_option
from .training import approve, train, watch

USAGE: Final = 2
_file = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(help=_("Learn and judge what selects declarations for checks."))
def risk() -> None:
    """Hold the commands over risk."""


risk.add_command(backtest)
risk.add_command(train)
risk.add_command(approve)
risk.add_command(watch)


@risk.command(help=_("Train on labelled declarations and judge on later ones, five seeds."))
@click.option("--train", multiple=True, required=True, type=_file, help=_("CSV to learn from."))
@click.option("--test", required=True, type=_file, help=_("CSV of later rows to judge on."))
@click.option("--label", default="", help=_("The column of findings, if not the mapping's."))
@click.option(
    "--mapping", default="kcs", show_default=True, help=_("kcs, or a TOML file of columns.")
)
@click.option("--unseen-by", default="", help=_("Columns, with commas, that make goods known."))
@json_option
def evaluate(
    train: tuple[Path, ...], test: Path, label: str, mapping: str, unseen_by: str, *, as_json: bool
) -> None:
    """Print precision, recall, revenue and AUC, beside a bare look-up and on unseen rows."""
    by = [name.strip() for name in unseen_by.split(",") if name.strip()]
    try:
        columns = read_columns(mapping, needs=GOODS)
        learnt = read_labelled(train, columns, label=label, unseen_by=by)
        later = read_labelled([test], columns, label=label, unseen_by=by)
        told = judged(learnt, later)
    except ProblemError as error:
        for fault in error.faults:
            words = fault.told(gettext)
            click.echo(f"{words['code']} {words['detail']} {words['remedy']}", err=True)
        sys.exit(USAGE)
    click.echo(json.encode(told).decode() if as_json else _table(told))


def _table(told: dict[str, Any]) -> str:
    columns = {gettext(_("all rows")): told, gettext(_("look-up")): told["lookup"]}
    if "unseen" in told:
        columns[gettext(_("unseen rows"))] = told["unseen"]
        columns[gettext(_("each once"))] = told["unseen"]["once"]
    lines = [" " * 16 + "".join(f"{name:>14}" for name in columns)]
    names = [name for name in told if "@" in name or name == "auc"]
    lines += [
        f"{name:16}" + "".join(f"{column[name]:14.3f}" for column in columns.values())
        for name in names
    ]
    return "\n".join(lines)
