"""`ledger countersign` and `countersigned`: one district's key vouches for another's ledger."""

from pathlib import Path
from typing import IO, Final

import click
from django.conf import settings
from django.utils.translation import gettext, ngettext
from msgspec import json

from tongguan.facilities.keys import key_of
from tongguan.facilities.ledger.lines import countersignature_line, read_lines
from tongguan.facilities.ledger.values import CheckpointRow, Countersignature
from tongguan.facilities.ledger.witnesses import countersign as sign
from tongguan.facilities.ledger.witnesses import keep_countersignatures
from tongguan.facilities.private_files import private_folder
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.text import _
from tongguan.kernel.time import utc_now

from .options import RefusedError

KEY_BYTES: Final = 32


def keys_given(
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


def refused(error: ProblemError) -> str:
    """Return a refusal in a line."""
    told = [fault.told(gettext) for fault in error.faults]
    return " ".join(f"{one['code']} {one['detail']} {one['remedy']}" for one in told)


@click.command(help=_("Countersign another district's checkpoints, if its ledger only grew."))
@click.argument("file", type=click.File("rb"))
@click.option("--of", "name", required=True, help=_("What the other ledger is called here."))
@click.option(
    "--key",
    "keys",
    multiple=True,
    required=True,
    callback=keys_given,
    help=_("The public key of the other ledger, had from elsewhere than this file."),
)
@click.option("--as", "witness", required=True, help=_("The name of who countersigns."))
@click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    help=_("Where the witness keeps his key and what he saw; without, below TONGGUAN_HOME."),
)
def countersign(
    *, file: IO[bytes], name: str, keys: list[bytes], witness: str, home: Path | None
) -> None:
    """Print a countersignature of the last checkpoint of a file, and remember that one."""
    if not name.isidentifier():
        raise click.BadParameter(gettext("Take letters, digits and underscores for --of."))
    place = private_folder(home or settings.HOME / "witness")
    try:
        rows = [one for one in read_lines(file, file.name) if isinstance(one, CheckpointRow)]
        made = sign(
            rows,
            state=place / f"{name}.seen.json",
            keys=keys,
            witness=witness,
            signing=key_of(place / "witness.pem"),
            now=utc_now(),
        )
    except ProblemError as error:
        raise RefusedError(refused(error)) from error
    click.echo(json.encode(countersignature_line(made)).decode())


@click.command(help=_("Keep what witnesses countersigned of this ledger's checkpoints."))
@click.argument("file", type=click.File("rb"))
@click.option(
    "--witness",
    "keys",
    multiple=True,
    callback=keys_given,
    help=_("The public key of a witness; else those of TONGGUAN_LEDGER_WITNESSES."),
)
def countersigned(*, file: IO[bytes], keys: list[bytes]) -> None:
    """Read countersignatures, check them and keep them."""
    try:
        found = [one for one in read_lines(file, file.name) if isinstance(one, Countersignature)]
        new = keep_countersignatures(found, keys=keys or settings.LEDGER_WITNESSES)
    except ProblemError as error:
        raise RefusedError(refused(error)) from error
    told = ngettext("{count} countersignature kept.", "{count} countersignatures kept.", new)
    click.echo(told.format(count=new))
