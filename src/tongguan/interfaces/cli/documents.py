"""Commands over documents: `check` keeps nothing, `lodge` lodges."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import click
from django.utils.translation import gettext
from msgspec import json, to_builtins
from rich.console import Console
from rich.progress import track

from tongguan.facilities.accounts.values import SYSTEM
from tongguan.interfaces.intake import Received, Told, check_document, lodge_document
from tongguan.kernel.text import _
from tongguan.kernel.time import utc_now

REFUSED: Final = 1
MANY: Final = 20
CHECKED: Final = ("outcome", "reference", "declaration", "problems")
LODGED: Final = ("outcome", "reference", "number", "state", "holds", "charges", "problems")

_files = click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path, dir_okay=False)
)
_json = click.option("--json", "as_json", is_flag=True, help=_("One JSON object a line."))


@click.command(help=_("Read and check declarations; nothing is kept."))
@_files
@_json
def check(files: tuple[Path, ...], *, as_json: bool) -> None:
    """Read each file, whatever its format, and tell every problem with its place."""

    def one(data: bytes) -> Received:
        return check_document(data, by=SYSTEM, now=utc_now(), translate=gettext)

    _over(files, one, CHECKED, as_json=as_json)


@click.command(help=_("Lodge declarations; each is accepted or rejected by itself."))
@_files
@_json
def lodge(files: tuple[Path, ...], *, as_json: bool) -> None:
    """Lodge each file, whatever its format; the same again is answered as before."""

    def one(data: bytes) -> Received:
        return lodge_document(data, by=SYSTEM, now=utc_now(), translate=gettext)

    _over(files, one, LODGED, as_json=as_json)


def _over(
    files: tuple[Path, ...],
    act: Callable[[bytes], Received],
    members: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    console = Console(stderr=True)
    shown = len(files) >= MANY and console.is_terminal
    well = True
    for path in track(files, console=console, disable=not shown, description=""):
        received = act(path.read_bytes())
        well = well and received.well
        for told in received.told:
            if as_json:
                row = {"file": str(path), "format": received.format}
                row |= {name: to_builtins(getattr(told, name)) for name in members}
                sys.stdout.write(json.encode(row).decode() + "\n")
            else:
                _tell(path, told)
    if not well:
        sys.exit(REFUSED)


def _tell(path: Path, told: Told) -> None:
    click.secho(f"{path}: {_outcome(told)}", fg="green" if told.well else "red", bold=True)
    until, payable = gettext("until"), gettext("Payable")
    for hold in told.holds:
        due = f" · {until} {hold['due'][:16]}" if hold["due"] else ""
        click.echo(f"  {hold['kind']} · {hold['turn']} · {hold['office']} · {hold['why']}{due}")
    if told.charges:
        click.echo(f"  {payable}: {told.charges['payable']} CNY")
    for problem in told.problems:
        _tell_problem(problem)


def _outcome(told: Told) -> str:
    words = {
        "sound": gettext(_("sound")),
        "refused": gettext(_("refused")),
        "unreadable": gettext(_("unreadable")),
        "accepted": gettext(_("accepted")),
        "repeated": gettext(_("accepted before")),
        "rejected": gettext(_("rejected")),
    }[told.outcome]
    return " ".join(word for word in (words, told.number, told.state) if word)


def _tell_problem(problem: dict[str, Any]) -> None:
    place = problem["source_path"] or problem["pointer"]
    colour = "yellow" if problem["warning"] else "red"
    click.secho(f"  {problem['code']} {place}", fg=colour, nl=False)
    click.echo(f"  {problem['detail']}")
    click.echo(f"      → {problem['remedy']}")
