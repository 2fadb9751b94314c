"""Commands over the ledger: `ledger verify`, `export`, `checkpoints`, `key`, and witnesses'."""

import sys
from collections.abc import Iterable
from contextlib import nullcontext
from datetime import UTC
from pathlib import Path
from typing import IO, Any, Final

import click
from django.utils.translation import gettext
from msgspec import json

from tongguan.facilities.ledger.elsewhere import kept_elsewhere
from tongguan.facilities.ledger.installation_keys import public_key, require_keys
from tongguan.facilities.ledger.lines import checkpoint_line, countersignature_line, read_lines
from tongguan.facilities.ledger.queries import (
    all_entries,
    checkpoints,
    countersignatures,
    own_trust,
    signed_checkpoints,
    verify,
)
from tongguan.facilities.ledger.signing import KEY
from tongguan.facilities.ledger.stray import Told, announced
from tongguan.facilities.ledger.values import (
    CheckpointRow,
    Compared,
    Difference,
    EntryRow,
    Flaw,
    HeadRow,
    RowRow,
    Trust,
    Verified,
)
from tongguan.facilities.tables import one_moment
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.text import _
from tongguan.processes.announced import KNOWN
from tongguan.processes.reconciliation import reconcile, sealed_rows
from tongguan.processes.sealed import SEALED

from .adopting import adopt, adoption_line, adoption_row
from .options import REFUSED, json_option, new_file
from .witnesses import countersign, countersigned, keys_given, refused

MOST: Final = 200
"""So many faults and differences are listed; all are counted."""


@click.group(help=_("Check the ledger, and hand it to an auditor."))
def ledger() -> None:
    """Hold the commands over the ledger."""


ledger.add_command(adopt)
ledger.add_command(countersign)
ledger.add_command(countersigned)


@ledger.command(
    "verify", help=_("Check the ledger, and whatever the house holds against what it says.")
)
@click.option(
    "--key",
    "keys",
    multiple=True,
    callback=keys_given,
    help=_("Accept signatures of this public key alone; else those of the installation's keys."),
)
@click.option(
    "--witness",
    "witnesses",
    multiple=True,
    callback=keys_given,
    help=_("Accept countersignatures of this public key; else of TONGGUAN_LEDGER_WITNESSES."),
)
@click.option(
    "--since",
    multiple=True,
    type=click.File("rb"),
    help=_("An earlier export, checkpoints or countersignatures: all have to be there still."),
)
@click.option(
    "--second",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help=_("A second place with checkpoints; else TONGGUAN_CHECKPOINTS_TO."),
)
@json_option
def verify_all(
    *,
    keys: list[bytes],
    witnesses: list[bytes],
    since: tuple[IO[bytes], ...],
    second: Path | None,
    as_json: bool,
) -> None:
    """Check chains, checkpoints and rows; exit code 1 where anything is not as it was written."""
    if not keys:  # else every signature would be called false where the keys are not
        require_keys()
    known = own_trust(keys)
    try:
        exported = {place for file in since for place in _places(file)}
    except ProblemError as error:
        raise click.BadParameter(refused(error)) from error
    copied = known.copied if second is None else tuple(kept_elsewhere(second))
    trust = Trust(known.keys, exported, witnesses or known.witnesses, copied)
    found, compared = verify(trust=trust), reconcile()
    if as_json:
        click.echo(json.encode(_summary(found, compared)).decode())
    else:
        _print(found, compared)
    if found.broken or compared.differing:
        sys.exit(REFUSED)


@ledger.command(help=_("Write entries, checkpoints and rows, for docs/verify/verify_ledger.py."))
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
def export(file: Path) -> None:
    """Write the ledger as one JSON object a line: keys, entries, checkpoints, witnesses, rows."""
    with _opened(file) as out, one_moment():
        keys = sorted(key.hex() for key in own_trust().keys)
        house = sorted(name for name, table in SEALED.items() if not table.chain)
        known = {"acts": KNOWN.acts, "at_home": sorted(KNOWN.at_home)}
        _write(out, {"keys": keys, "tables": sorted(SEALED), "house": house, **known})
        for entry in all_entries():
            _write(out, _entry(entry))
        for row, heads in checkpoints():
            _write(out, _checkpoint(row, heads))
        for one in countersignatures():
            _write(out, countersignature_line(one))
        for told in announced():
            _write(out, _announced(told))
        for sealed in sealed_rows():
            _write(out, _row(sealed))


@ledger.command(
    "checkpoints", help=_("Write the signed checkpoints, for a witness or a second place.")
)
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
@click.option(
    "--from",
    "first",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help=_("The first of them."),
)
def write_checkpoints(file: Path, first: int) -> None:
    """Write checkpoints without their heads, one JSON object a line."""
    with _opened(file) as out:
        for row in signed_checkpoints(after=first - 1):
            _write(out, checkpoint_line(row))


@ledger.command(help=_("Print the public key that checkpoints are signed with."))
def key() -> None:
    """Print the key in hexadecimal."""
    click.echo(public_key(KEY).hex())


def _places(file: IO[bytes]) -> list[tuple[int, bytes]]:
    return [(one.number, one.hash) for one in read_lines(file, file.name)]


def _opened(file: Path) -> Any:
    return nullcontext(sys.stdout.buffer) if str(file) == "-" else new_file(file)


def _print(found: Verified, compared: Compared) -> None:
    told = gettext(
        "{chains} chains with {entries} entries and {checkpoints} checkpoints checked, "
        "{broken} faults; {unsigned} entries wait for the next checkpoint."
    )
    click.echo(
        told.format(
            chains=found.chains,
            entries=found.entries,
            checkpoints=found.checkpoints,
            broken=len(found.broken),
            unsigned=found.unsigned,
        )
    )
    if found.witnessed:
        told = gettext("Witnessed up to checkpoint {number}.")
        click.echo(told.format(number=found.witnessed))
    for one in found.broken[:MOST]:
        where = f"{one.chain}" if one.chain else gettext("checkpoint")
        click.secho(f"  {where} {one.number}: {gettext(one.wrong.label)}", fg="red")
    _print_rest(len(found.broken))
    for adoption in found.adoptions:
        click.echo(adoption_line(adoption))
    told = gettext("{rows} rows compared with the ledger, {differing} differences.")
    click.echo(told.format(rows=compared.rows, differing=compared.differing))
    for (table, unlike), count in sorted(compared.counts.items(), key=str):
        click.secho(f"  {table}: {count} × {gettext(unlike.label)}", fg="red")
    for difference in compared.listed[:MOST]:
        click.secho(f"    {_place(difference)}", fg="red")
    _print_rest(compared.differing)


def _print_rest(count: int) -> None:
    if count > MOST:
        click.echo("  " + gettext("… and {count} more.").format(count=count - MOST))


def _place(one: Difference) -> str:
    where = " ".join(filter(None, [one.number or str(one.chain or ""), one.table, one.key]))
    if not one.column:
        return f"{where}: {gettext(one.unlike.label)}"
    told = gettext("{where}, {column}: the ledger says “{ledger}”, the row says “{row}”")
    return told.format(where=where, column=one.column, ledger=one.ledger, row=one.row)


def _summary(found: Verified, compared: Compared) -> dict[str, object]:
    return {
        "chains": found.chains,
        "entries": found.entries,
        "checkpoints": found.checkpoints,
        "unsigned": found.unsigned,
        "witnessed": found.witnessed,
        "broken": [_told(one) for one in found.broken],
        "adoptions": [adoption_row(one) for one in found.adoptions],
        "rows": compared.rows,
        "differing": compared.differing,
        "differences": [_difference(one) for one in compared.listed],
    }


def _told(flaw: Flaw) -> dict[str, object]:
    place = "checkpoint" if flaw.chain is None else "entry"
    chain = {} if flaw.chain is None else {"chain": str(flaw.chain)}
    return {**chain, place: flaw.number, "wrong": str(flaw.wrong)}


def _difference(one: Difference) -> dict[str, object]:
    return {
        "unlike": str(one.unlike),
        "table": one.table,
        "chain": None if one.chain is None else str(one.chain),
        "number": one.number,
        "key": one.key,
        "column": one.column,
        "ledger": one.ledger,
        "row": one.row,
    }


def _entry(row: EntryRow) -> dict[str, object]:
    return {
        "chain": str(row.chain),
        "number": row.number,
        "kind": row.kind,
        "at": row.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "by": row.by,
        "facts": row.facts,
        "previous": row.previous.hex(),
        "hash": row.hash.hex(),
    }


def _checkpoint(row: CheckpointRow, heads: Iterable[HeadRow]) -> dict[str, object]:
    told = [[str(head.chain), head.number, head.hash.hex()] for head in heads]
    return {**checkpoint_line(row), "heads": told}


def _announced(one: Told) -> dict[str, object]:
    at = one.at.astimezone(UTC).isoformat(timespec="microseconds")
    return {"announced": one.id, "event": one.kind, "of": str(one.subject), "at": at}


def _row(row: RowRow) -> dict[str, object]:
    chain = None if row.chain is None else str(row.chain)
    return {"table": row.table, "of": chain, "key": row.key, "columns": row.columns}


def _write(file: IO[bytes], row: dict[str, Any]) -> None:
    file.write(json.encode(row) + b"\n")
