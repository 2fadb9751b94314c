"""The command over region packs: `region check` says what is wrong with one, row by row."""

import sys
from datetime import date
from pathlib import Path

import click
from django.conf import settings
from django.db import Error
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext
from msgspec import json

from tongguan.domain.reference.queries import calendar_warning, read_folder, snapshot
from tongguan.domain.reference.values import Snapshot
from tongguan.kernel.problems import Fault
from tongguan.kernel.text import _
from tongguan.kernel.time import utc_now

from .options import REFUSED, json_option


@click.group(help=_("Look after region packs."))
def region() -> None:
    """Hold the commands over region packs."""


@region.command(help=_("Say what is wrong with a region pack; without a path, the one in use."))
@click.argument(
    "path", required=False, type=click.Path(exists=True, path_type=Path, file_okay=False)
)
@json_option
def check(path: Path | None, *, as_json: bool) -> None:
    """Read a pack and tell every fault; exit code 1 where there is one."""
    folder = path or Path(settings.REGION_DIR)
    found, faults = read_folder(folder)
    day = localdate(utc_now())
    counts = _counts(found, day)
    known = found if faults or path is not None else _with_loaded(found)
    ending = None if faults else calendar_warning(known, day)
    if as_json:
        row = {
            "pack": str(folder),
            "outcome": "faulty" if faults else "sound",
            "version": found.version,
            "counts": counts,
            "problems": [_problem(fault) for fault in faults],
            "calendar_ends": known.calendar.ends.isoformat(),
            "warnings": [] if ending is None else [_problem(ending)],
        }
        sys.stdout.write(json.encode(row).decode() + "\n")
    else:
        _tell(folder, found, counts, faults)
        if ending is not None:
            told = ending.told(gettext)
            click.secho(f"{told['code']} {told['detail']}", fg="yellow")
            click.echo(f"  → {told['remedy']}")
    if faults:
        sys.exit(REFUSED)


def _with_loaded(pack: Snapshot) -> Snapshot:
    """Return the pack in use with what was loaded beside it, where the database answers."""
    try:
        return snapshot()
    except Error:
        return pack


def _tell(folder: Path, found: Snapshot, counts: dict[str, int], faults: tuple[Fault, ...]) -> None:
    for fault in faults:
        told = fault.told(gettext)
        click.secho(f"{told['code']} {told['detail']}", fg="red")
        click.echo(f"  → {told['remedy']}")
    if faults:
        words = ngettext("{pack}: {count} fault.", "{pack}: {count} faults.", len(faults))
        click.secho(words.format(pack=folder, count=len(faults)), fg="red", bold=True)
        return
    words = gettext("{pack} is sound: version {version}.")
    click.secho(words.format(pack=folder, version=found.version), fg="green", bold=True)
    held = gettext(
        "In force today: {districts} districts, {offices} offices, {sites} sites with {gates} "
        "gates, {centres} coordination centres, {codes} codes, {tariff} tariff lines."
    )
    click.echo(held.format(**counts))


def _counts(found: Snapshot, day: date) -> dict[str, int]:
    """Return how much of everything is in force on a day."""
    sites = found.region.sites(day)
    districts = {row.code for row in found.region.districts}
    return {
        "districts": sum(found.region.district(code, day) is not None for code in districts),
        "offices": len(found.region.offices(day)),
        "sites": len(sites),
        "gates": sum(len(site.gates) for site in sites),
        "centres": len(found.region.centres),
        "codes": sum(len(found.codes.valid(table, day)) for table in found.codes.tables),
        "tariff": sum(found.tariff.line(code, day) is not None for code in found.tariff.lines),
    }


def _problem(fault: Fault) -> dict[str, object]:
    told = fault.told(gettext)
    places = {name: fault.facts.get(name) for name in ("file", "row", "column")}
    return {
        "code": told["code"],
        **places,
        "detail": told["detail"],
        "remedy": told["remedy"],
    }
