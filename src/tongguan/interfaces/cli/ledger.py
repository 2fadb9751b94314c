"""Commands over the ledger: `ledger verify`, `ledger export`, `ledger key`."""

import sys
from collections.abc import Iterable
from datetime import UTC
from typing import IO, Any, Final

import click
from django.utils.translation import gettext
from msgspec import DecodeError, json

from tongguan.facilities.keys import public_key
from tongguan.facilities.ledger.queries import all_entries, checkpoints, own_trust, verify
from tongguan.facilities.ledger.signing import KEY
from tongguan.facilities.ledger.values import CheckpointRow, EntryRow, Flaw, HeadRow, Trust
from tongguan.kernel.text import _

from .options import REFUSED, json_option

KEY_BYTES: Final = 32


def _public_keys(
    _context: click.Context, _option: click.Parameter, given: tuple[str, ...]
) -> list[bytes]:
    """Return the bytes of keys given in hexadecimal."""
    try:
        found = [bytes.fromhex(one) for one in given]
    except ValueError:
        found = [b""]
    if any(len(one) != KEY_BYTES for one in found):
        raise click.BadParameter(gettext("A public key has 64 hexadecimal digits."))
    return found


@click.group(help=_("Check the ledger, and hand it to an auditor."))
def ledger() -> None:
    """Hold the commands over the ledger."""


@ledger.command("verify", help=_("Check every seal, checkpoint and signature of the ledger."))
@click.option(
    "--key",
    "keys",
    multiple=True,
    callback=_public_keys,
    help=_("Accept signatures of this public key alone; else those of the installation's keys."),
)
@click.option(
    "--since",
    type=click.File("rb"),
    help=_("An earlier export: its checkpoints have to be there still."),
)
@json_option
def verify_all(*, keys: list[bytes], since: IO[bytes] | None, as_json: bool) -> None:
    """Check every chain and checkpoint; exit code 1 where one is broken."""
    exported = _exported(since) if since is not None else ()
    found = verify(trust=Trust(keys or own_trust().keys, exported))
    if as_json:
        _line(
            {
                "chains": found.chains,
                "entries": found.entries,
                "checkpoints": found.checkpoints,
                "unsigned": found.unsigned,
                "broken": [_told(one) for one in found.broken],
            }
        )
    else:
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
        for one in found.broken:
            where = f"{one.chain}" if one.chain else gettext("checkpoint")
            click.secho(f"  {where} {one.number}: {gettext(one.wrong.label)}", fg="red")
    if found.broken:
        sys.exit(REFUSED)


@ledger.command(help=_("Write all entries and checkpoints, for docs/verify/verify_ledger.py."))
@click.argument("file", type=click.File("wb"))
def export(file: IO[bytes]) -> None:
    """Write the ledger as one JSON object a line: the key, the entries, the checkpoints."""
    _write(file, {"keys": sorted(key.hex() for key in own_trust().keys)})
    for entry in all_entries():
        _write(file, _entry(entry))
    for row, heads in checkpoints():
        _write(file, _checkpoint(row, heads))


@ledger.command(help=_("Print the public key that checkpoints are signed with."))
def key() -> None:
    """Print the key in hexadecimal."""
    click.echo(public_key(KEY).hex())


def _exported(file: IO[bytes]) -> list[tuple[int, bytes]]:
    try:
        rows = [json.decode(line) for line in file]
        rows[0]["keys"]  # which every export begins with: any other file would find nothing amiss
        return [(row["checkpoint"], bytes.fromhex(row["hash"])) for row in rows if "digest" in row]
    except (DecodeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise click.BadParameter(
            gettext("{file} is no export of a ledger.").format(file=file.name)
        ) from error


def _told(flaw: Flaw) -> dict[str, object]:
    place = "checkpoint" if flaw.chain is None else "entry"
    chain = {} if flaw.chain is None else {"chain": str(flaw.chain)}
    return {**chain, place: flaw.number, "wrong": str(flaw.wrong)}


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
    return {
        "checkpoint": row.number,
        "at": row.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "count": row.count,
        "digest": row.digest.hex(),
        "previous": row.previous.hex(),
        "hash": row.hash.hex(),
        "key": row.key.hex(),
        "signature": row.signature.hex(),
        "heads": [[str(head.chain), head.number, head.hash.hex()] for head in heads],
    }


def _write(file: IO[bytes], row: dict[str, Any]) -> None:
    file.write(json.encode(row) + b"\n")


def _line(row: dict[str, Any]) -> None:
    click.echo(json.encode(row).decode())
