"""`tongguan risk backtest`: a whole policy run over history, told week by week."""

import shutil
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from unicodedata import east_asian_width

import click
from django.conf import settings
from django.utils.translation import gettext
from msgspec import DecodeError, json, structs

from tongguan.domain.reference.queries import pack
from tongguan.domain.risk import policies, problems
from tongguan.domain.risk.criteria import Condition, Policy, Profile, Share, Treatment
from tongguan.domain.risk.policies import (
    TREATMENT_HOURS,
    Asked,
    Example,
    Figures,
    Models,
    Prepared,
    Profiles,
)
from tongguan.kernel.numbers import typed_number
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.text import _
from tongguan.kernel.time import LOCAL, utc_now

from . import database
from .drawing import Chart, Line, svg, text
from .options import day, json_option, new_file, whole_file

USAGE: Final = 2
YEAR: Final = timedelta(days=365)
"""What is tried of the house's history unless something else is said."""
_WIDTH: Final = 100
_file = click.Path(exists=True, dir_okay=False, path_type=Path)
_of_all: Final = _("known of every row")
_of_some: Final = _("known only where somebody looked")


def _number(value: str) -> Decimal:
    found = typed_number(value)
    if found is None:
        raise click.BadParameter(gettext("“{value}” is not a number.").format(value=value))
    return found


def _condition(value: str) -> Condition:
    """Return a condition as one writes it: field, operator, operands, with spaces between."""
    field, operator, *operands = value.split() if len(value.split()) > 1 else (value, "")
    made = Condition(field, operator, tuple(operands))
    if wrong := policies.condition_fault(made):
        raise click.BadParameter(f"{value}: {gettext(wrong)}")
    return made


@click.command(help=_("Run a whole policy over history and tell what it finds, week by week."))
@click.option("--history", type=_file, help=_("CSV of labelled rows; without, the house's own."))
@click.option("--train", multiple=True, type=_file, help=_("CSV from before, to begin with."))
@click.option("--label", default="fraud", show_default=True, help=_("The column of findings."))
@click.option(
    "--mapping", default="kcs", show_default=True, help=_("kcs, or a TOML file of columns.")
)
@click.option("--since", type=day, help=_("First day of the history."))
@click.option("--until", type=day, help=_("The first day after it."))
@click.option(
    "--profiles",
    default=str(Profiles.IN_FORCE),
    show_default=True,
    help=_("in_force, waiting or none; with --history a JSON file of profiles."),
)
@click.option(
    "--model",
    type=click.Choice([str(one) for one in Models]),
    default=str(Models.LEARN),
    show_default=True,
    help=_("Whether a model is learned as it goes, the one in force is tried, or none."),
)
@click.option(
    "--budget", default=20, show_default=True, help=_("Examinations a day; 0 for no bound.")
)
@click.option(
    "--exploration",
    type=_number,
    default="0.02",
    show_default=True,
    help=_("Part of all declarations, of 1, drawn for exploration."),
)
@click.option(
    "--random",
    type=_number,
    default="0",
    show_default=True,
    help=_("With --history: part of all declarations, of 1, drawn as random share."),
)
@click.option(
    "--slice",
    type=_number,
    default="0.2",
    show_default=True,
    help=_("Part of the budget, of 1, kept for what was drawn."),
)
@click.option(
    "--delay", default=14, show_default=True, help=_("Days until an outcome can be learned from.")
)
@click.option("--retrain", default=7, show_default=True, help=_("Days between two trainings."))
@click.option("--cold", default=28, show_default=True, help=_("First days without a model."))
@click.option("--seed", default=1, show_default=True, help=_("Of every draw and training."))
@click.option(
    "--watch",
    multiple=True,
    type=_condition,
    help=_("A condition, as “line.origin is CHN”; what meets all is told apart."),
)
@click.option(
    "--chart", type=click.Path(dir_okay=False, path_type=Path), help=_("Draw into this SVG file.")
)
@json_option
def backtest(**options: Any) -> None:
    """Print precision, recall, revenue, drift and cost a week, then the totals."""
    try:
        run = _of_files(options) if options["history"] else _of_house(options)
    except ProblemError as error:
        for fault in error.faults:
            told = fault.told(gettext)
            click.echo(f"{told['code']} {told['detail']} {told['remedy']}", err=True)
        sys.exit(USAGE)
    except (OSError, DecodeError) as error:
        click.echo(str(error), err=True)
        sys.exit(USAGE)
    plan = structs.replace(run.made.plan, watched=tuple(options["watch"]))
    weeks: list[Figures] = []
    for week in policies.backtest(
        run.cases, plan, learn=run.made.learn, scorer=run.made.scorer, lessons=run.lessons
    ):
        weeks.append(week)
        if options["as_json"]:
            click.echo(json.encode({"week": week.begins, **week.told()}).decode())
    _tell(weeks, run, options)


@dataclass(frozen=True)
class _Run:
    """What is to be run, and what is told of it beside the figures."""

    made: Prepared
    cases: Iterable[Example]
    lessons: Sequence[Example]
    truth: str
    told: dict[str, Any]


def _of_house(options: dict[str, Any]) -> _Run:
    database.make_ready()
    today = utc_now().astimezone(LOCAL).date()
    until = _date(options["until"]) or today
    since = _date(options["since"]) or until - YEAR
    asked = _asked(options, since, until)
    if found := policies.faults(asked):
        raise ProblemError(*found)
    what = policies.settled(asked, day=today)
    made, cases = policies.prepared(asked, what), policies.of_house(since, until)
    return _Run(made, cases, (), _of_some, {"asked": asked, "settled": what})


def _of_files(options: dict[str, Any]) -> _Run:
    history: Path = options["history"]
    train: tuple[Path, ...] = options["train"]
    if options["model"] == str(Models.IN_FORCE):
        raise problems.NO_MODEL.error(day=history.name)
    cases, lessons = policies.of_files(
        history, train, mapping=options["mapping"], label=options["label"]
    )
    since, until = _date(options["since"]), _date(options["until"])
    cases = [
        one
        for one in cases
        if (since is None or since <= one.day) and (until is None or one.day < until)
    ]
    if not cases:
        raise problems.NO_ROW.error(file=history)
    last = cases[-1].day
    asked = _asked(options, cases[0].day, last + timedelta(days=1))
    if found := policies.faults(asked):
        raise ProblemError(*found)
    hours = pack(Path(settings.REGION_DIR)).parameters.value(TREATMENT_HOURS, last)
    random: Decimal = options["random"]
    plan = policies.plan_of(
        asked,
        profiles=_profiles(options["profiles"]),
        shares=[Share(treatment=str(Treatment.SAMPLE), share=random)] if random else [],
        policy=Policy(),
        hours=hours,
    )
    learn = policies.learn if asked.model == str(Models.LEARN) else None
    hashes = {str(path): sha256(path.read_bytes()).hexdigest() for path in (history, *train)}
    told = {"asked": asked, "random": random, "files": hashes}
    return _Run(Prepared(plan, None, learn), cases, lessons, _of_all, told)


def _asked(options: dict[str, Any], since: date, until: date) -> Asked:
    house = options["history"] is None
    return Asked(
        since=since,
        until=until,
        profiles=options["profiles"] if house else str(Profiles.NONE),
        model=options["model"],
        exploration=options["exploration"],
        budget=options["budget"],
        slice=options["slice"],
        delay_days=options["delay"],
        retrain_days=options["retrain"],
        cold_days=options["cold"],
        seed=options["seed"],
    )


def _profiles(path: str) -> tuple[Profile, ...]:
    """Return the profiles of a JSON file; without one there are none."""
    if path in {str(one) for one in Profiles}:
        return ()
    return json.decode(whole_file(Path(path)), type=tuple[Profile, ...])


def _date(at: datetime | None) -> date | None:
    return None if at is None else at.date()


def _tell(weeks: Sequence[Figures], run: _Run, options: dict[str, Any]) -> None:
    whole, drawn = policies.totals(weeks), _chart(weeks)
    chart: Path | None = options["chart"]
    if chart is not None:
        with new_file(chart) as out:
            out.write(svg(drawn).encode())
    if options["as_json"]:
        figures = {} if whole is None else whole.told()
        told = {"totals": figures, "truth": run.truth, **run.told}
        click.echo(json.encode(told).decode())
        return
    if whole is None:
        click.echo(gettext("Nothing was declared in this span."))
        return
    click.echo(_table([*weeks, whole]))
    click.echo(gettext("Truth: {words}.").format(words=gettext(run.truth)))
    if chart is None:
        click.echo("\n" + text(drawn, width=min(shutil.get_terminal_size().columns, _WIDTH)))


def _table(rows: Sequence[Figures]) -> str:
    heads = (
        _("week"),
        _("declared"),
        _("looked at"),
        _("found"),
        _("precision"),
        _("recall"),
        _("revenue found"),
        _("of it"),
        _("hours"),
        _("drift"),
    )
    words = [[gettext(one) for one in heads]]
    words += [_cells(row, row.begins.isoformat()) for row in rows[:-1]]
    words.append(_cells(rows[-1], gettext("all")))
    if rows[-1].watched is not None:
        words[0].append(gettext("watched: recall"))
        for cells, row in zip(words[1:], rows, strict=True):
            cells.append(_percent(None if row.watched is None else row.watched.recall))
    widths = [max(map(_wide, column)) for column in zip(*words, strict=True)]
    return "\n".join(
        "  ".join(
            " " * (width - _wide(cell)) + cell for cell, width in zip(row, widths, strict=True)
        )
        for row in words
    )


def _cells(row: Figures, name: str) -> list[str]:
    return [
        name,
        f"{row.declared:,}",
        f"{row.looked_at:,}",
        f"{row.found:,}",
        _percent(row.precision),
        _percent(row.recall),
        f"{row.revenue_found:,.0f}",
        _percent(row.revenue_share),
        f"{row.hours:,.0f}",
        "–" if row.score_drift is None else f"{row.score_drift:.2f}",
    ]


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"


def _wide(words: str) -> int:
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in words)


def _chart(weeks: Sequence[Figures]) -> Chart:
    lines = [
        Line(gettext("precision"), [week.precision for week in weeks], 0, "p"),
        Line(gettext("recall"), [week.recall for week in weeks], 1, "r"),
        Line(gettext("part of the revenue"), [week.revenue_share for week in weeks], 2, "·"),
    ]
    if weeks and weeks[0].watched is not None:
        recall = [None if week.watched is None else week.watched.recall for week in weeks]
        lines.append(Line(gettext("recall, watched group"), recall, 3, "w"))
    title = gettext("What the policy finds, week by week")
    return Chart(title, [f"{week.begins:%y-%m-%d}" for week in weeks], lines)
