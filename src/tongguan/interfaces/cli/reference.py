"""The commands over law and lists: `reference load` loads tariffs and holidays."""

import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

import click
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext
from msgspec import json

from tongguan.domain.reference.commands import Loaded, VatTerms, load_tariff
from tongguan.domain.reference.holidays import LoadedCalendar, load_calendar
from tongguan.facilities.accounts.values import SYSTEM, Actor
from tongguan.kernel.problems import Fault, ProblemError
from tongguan.kernel.text import _
from tongguan.kernel.time import utc_now

from .admitting import COMMAND_LINE, Words
from .loaded import approve, correct_rate, decline, list_loaded
from .options import REFUSED, day, json_option, whole_file
from .signing_in import password_option, signed_in

SHOWN: Final = 20
"""Faults that are told on a terminal; `--json` tells all."""


_backdated: Final = click.option(
    "--backdated",
    type=Words(500),
    default="",
    metavar="REASON",
    help=_("Why it changes days that are over; a second person then approves it."),
)
_loader: Final = click.option(
    "--by",
    default="",
    metavar="ACCOUNT",
    help=_("Account of the person who loads; not needed while the house has no person."),
)


@click.group(help=_("Look after tariffs and lists."))
def reference() -> None:
    """Hold the commands over law and lists."""


reference.add_command(approve)
reference.add_command(correct_rate)
reference.add_command(decline)
reference.add_command(list_loaded)


@reference.group(help=_("Load what law publishes."))
def load() -> None:
    """Hold the commands that load."""


@load.command(help=_("Load a tariff in the official layout, CSV in UTF-8 or GB 18030."))
@click.argument("file", type=click.Path(exists=True, path_type=Path, dir_okay=False))
@click.option(
    "--valid-from",
    type=day,
    help=_("The first day on which it is in force; without it, today."),
)
@click.option(
    "--source", type=Words(300), default="", help=_("The law or publication; without it, the file.")
)
@click.option(
    "--name", type=Words(200), default="", help=_("What to call it; without it, the file's name.")
)
@click.option("--whole", is_flag=True, help=_("It is the entire tariff: codes it lacks end."))
@_backdated
@_loader
@password_option
@json_option
def tariff(
    file: Path,
    *,
    valid_from: datetime | None,
    source: str,
    name: str,
    whole: bool,
    backdated: str,
    by: str,
    password_stdin: bool,
    as_json: bool,
) -> None:
    """Load a file, or tell everything that is wrong with it and load nothing: exit code 1."""
    refused: tuple[Fault, ...] = ()
    loaded: Loaded | None = None
    try:
        person = _actor(by, password_stdin=password_stdin)
        now = utc_now()
        loaded = load_tariff(
            whole_file(file),
            name=name or file.name[:200],
            source=source or file.name,
            valid_from=localdate(now) if valid_from is None else valid_from.date(),
            whole=whole,
            backdated=backdated,
            by=person,
            now=now,
        )
    except ProblemError as error:
        refused = error.faults
    if as_json:
        row = {
            "file": str(file),
            "outcome": _outcome(loaded),
            "release": None if loaded is None else loaded.release,
            "waits": loaded is not None and loaded.waits,
            "rows": 0 if loaded is None else loaded.rows,
            "unrated": 0 if loaded is None else loaded.unrated,
            "doubted": 0 if loaded is None else loaded.doubted,
            "unknown_letters": "" if loaded is None else loaded.letters,
            "vat": [] if loaded is None else [_terms(one) for one in loaded.vat],
            "problems": [_problem(fault) for fault in refused],
        }
        sys.stdout.write(json.encode(row).decode() + "\n")
    else:
        _tell(file, loaded, refused)
    if refused:
        sys.exit(REFUSED)


@load.command(help=_("Load announced holidays, CSV with the columns day, kind and source."))
@click.argument("file", type=click.Path(exists=True, path_type=Path, dir_okay=False))
@click.option(
    "--name", type=Words(200), default="", help=_("What to call it; without it, the file's name.")
)
@_backdated
@_loader
@password_option
@json_option
def calendar(
    file: Path, *, name: str, backdated: str, by: str, password_stdin: bool, as_json: bool
) -> None:
    """Load a file whole, or tell every refused row and take nothing; exit code 1 then."""
    refused: tuple[Fault, ...] = ()
    loaded: LoadedCalendar | None = None
    try:
        person = _actor(by, password_stdin=password_stdin)
        now = utc_now()
        loaded = load_calendar(
            whole_file(file),
            name=name or file.name[:200],
            backdated=backdated,
            by=person,
            now=now,
        )
    except ProblemError as error:
        refused = error.faults
    if as_json:
        row = {
            "file": str(file),
            "outcome": _outcome(loaded),
            "release": None if loaded is None else loaded.release,
            "waits": loaded is not None and loaded.waits,
            "days": 0 if loaded is None else loaded.days,
            "ends": None if loaded is None else loaded.ends.isoformat(),
            "problems": [_problem(fault) for fault in refused],
        }
        sys.stdout.write(json.encode(row).decode() + "\n")
    else:
        _tell_calendar(file, loaded, refused)
    if refused:
        sys.exit(REFUSED)


def _actor(name: str, *, password_stdin: bool) -> Actor:
    """Return who loads: a person who signs in, or the operator, where the house has no person."""
    if name:
        return signed_in(name, utc_now(), password_stdin=password_stdin)
    return replace(SYSTEM, channel="cli", capacity=COMMAND_LINE)


def _tell_calendar(file: Path, loaded: LoadedCalendar | None, refused: tuple[Fault, ...]) -> None:
    _tell_refused(refused)
    if loaded is None:
        click.secho(gettext("{file}: nothing was loaded.").format(file=file), fg="red", bold=True)
        return
    words = (
        gettext("{file} was loaded before: {days} days; holidays are known up to {ends}.")
        if loaded.repeated
        else gettext("{file}: {days} days loaded; holidays are known up to {ends}.")
    )
    sentence = words.format(file=file, days=loaded.days, ends=loaded.ends)
    click.secho(sentence, fg="green", bold=True)
    _tell_waiting("calendar", loaded)


def _tell_waiting(what: str, loaded: Loaded | LoadedCalendar) -> None:
    if loaded.waits:
        words = gettext(
            "It is in force once a second person approves it: "
            "tongguan reference approve {what} {release} --by ACCOUNT"
        )
        click.secho(words.format(what=what, release=loaded.release), fg="yellow")


def _outcome(loaded: Loaded | LoadedCalendar | None) -> str:
    if loaded is None:
        return "refused"
    return "repeated" if loaded.repeated else "loaded"


def _tell_refused(refused: tuple[Fault, ...]) -> None:
    shown = [fault.told(gettext) for fault in refused[:SHOWN]]
    for told in shown:
        click.secho(f"{told['code']} {told['detail']}", fg="red", err=True)
    for remedy in dict.fromkeys(told["remedy"] for told in shown):
        click.echo(remedy, err=True)
    if len(refused) > SHOWN:
        more = len(refused) - SHOWN
        told_more = ngettext("… and {count} more fault.", "… and {count} more faults.", more)
        click.echo(told_more.format(count=more), err=True)


def _tell(file: Path, loaded: Loaded | None, refused: tuple[Fault, ...]) -> None:
    _tell_refused(refused)
    if loaded is None:
        click.secho(gettext("{file}: nothing was loaded.").format(file=file), fg="red", bold=True)
        return
    if loaded.repeated:
        words = gettext("{file} was loaded before, as release {release}: {rows} rows.")
    else:
        words = gettext("{file}: {rows} rows loaded as release {release}.")
    sentence = words.format(file=file, release=loaded.release, rows=loaded.rows)
    click.secho(sentence, fg="green", bold=True)
    _tell_waiting("tariff", loaded)
    for one in loaded.vat:
        click.echo(_vat_words(one))
    if loaded.unrated:
        told_unrated = ngettext(
            "{count} row lacks a rate: an officer assesses what its goods owe.",
            "{count} rows lack a rate: an officer assesses what their goods owe.",
            loaded.unrated,
        )
        click.secho(told_unrated.format(count=loaded.unrated), fg="yellow")
    if loaded.doubted:
        told_doubted = ngettext(
            "{count} row states 0 where the region pack knows a rate by quantity or none.",
            "{count} rows state 0 where the region pack knows a rate by quantity or none.",
            loaded.doubted,
        )
        click.secho(told_doubted.format(count=loaded.doubted), fg="yellow")
    if loaded.letters:
        told_letters = gettext(
            "Letters of its controls have no rule: {letters}. A reviewer looks at such goods."
        )
        click.secho(told_letters.format(letters=loaded.letters), fg="yellow")


def _vat_words(one: VatTerms) -> str:
    """Return how long the rate of VAT of some rows holds."""
    if one.rate is None:
        words = ngettext(
            "{count} row states no VAT: it has that of the row known before, as the law "
            "changes it.",
            "{count} rows state no VAT: they have that of the rows known before, as the law "
            "changes it.",
            one.rows,
        )
    elif one.follows:
        words = ngettext(
            "VAT {rate}, {count} row: follows the law when it changes {parameter}.",
            "VAT {rate}, {count} rows: follows the law when it changes {parameter}.",
            one.rows,
        )
    elif one.until is not None:
        words = ngettext(
            "VAT {rate}, {count} row: holds until {until}, when the law ends this rate; then an "
            "officer assesses it.",
            "VAT {rate}, {count} rows: holds until {until}, when the law ends this rate; then an "
            "officer assesses it.",
            one.rows,
        )
    else:
        words = ngettext(
            "VAT {rate}, {count} row: holds while the law has this rate.",
            "VAT {rate}, {count} rows: holds while the law has this rate.",
            one.rows,
        )
    facts = {"rate": one.rate, "parameter": one.follows, "until": one.until}
    return words.format(count=one.rows, **facts)


def _terms(one: VatTerms) -> dict[str, object]:
    return {
        "rate": None if one.rate is None else str(one.rate),
        "rows": one.rows,
        "follows": one.follows,
        "until": None if one.until is None else one.until.isoformat(),
    }


def _problem(fault: Fault) -> dict[str, object]:
    told = fault.told(gettext)
    return {
        "code": told["code"],
        "row": fault.facts.get("row"),
        "commodity": fault.facts.get("commodity"),
        "column": fault.facts.get("column"),
        "detail": told["detail"],
        "remedy": told["remedy"],
    }
