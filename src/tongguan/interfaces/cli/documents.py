"""Commands over documents: `check` keeps nothing, `lodge` lodges."""

import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from stat import S_ISREG
from typing import Any, Final

import click
from django.utils.translation import gettext
from msgspec import json, to_builtins
from rich.console import Console
from rich.progress import track

from tongguan.facilities.accounts.values import SYSTEM
from tongguan.interfaces.intake import UNREADABLE, Received, Told, check_document, lodge_document
from tongguan.interfaces.messages.values import Limits
from tongguan.kernel.problems import cut
from tongguan.kernel.text import _
from tongguan.kernel.time import utc_now
from tongguan.processes.lodgement.values import Outcome

from .moments import deadline
from .options import REFUSED, json_option
from .problems import NOT_READ

MANY: Final = 20
MOST_BYTES: Final = Limits().batch_bytes
CHECKED: Final = ("outcome", "reference", "declaration", "problems")
LODGED: Final = ("outcome", "reference", "number", "state", "holds", "charges", "problems")

_files = click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path)
)


@click.command(
    help=_("Check files of declarations (WCO or single-window XML, JSON); keep nothing.")
)
@_files
@json_option
def check(files: tuple[Path, ...], *, as_json: bool) -> None:
    """Read each file, or all in a folder, and tell every problem with its place."""

    def one(data: bytes) -> Received:
        return check_document(data, by=SYSTEM, now=utc_now(), translate=gettext)

    _over(files, one, CHECKED, as_json=as_json)


@click.command(help=_("Lodge files of declarations; each is accepted or rejected by itself."))
@_files
@json_option
def lodge(files: tuple[Path, ...], *, as_json: bool) -> None:
    """Lodge each file, or all in a folder; the same again is answered as before."""

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
    found = [one for path in files for one in _below(path)]
    shown = len(found) >= MANY and console.is_terminal
    well = True
    for path in track(found, console=console, disable=not shown, description=""):
        received = _read(path, act)
        well = well and received.well
        for told in received.told:
            if as_json:
                row = {"file": _named(path), "format": received.format}
                row |= {name: to_builtins(getattr(told, name)) for name in members}
                sys.stdout.write(json.encode(_accepted(row)).decode() + "\n")
            else:
                _tell(path, told)
    if not well:
        sys.exit(REFUSED)


def _below(path: Path) -> list[Path]:
    """Return the files of a folder and of all below it, by name; hidden ones are passed over."""
    if not path.is_dir():
        return [path]
    found = (one for one in path.rglob("*") if not one.is_dir())
    return sorted(one for one in found if not one.name.startswith("."))


def _read(path: Path, act: Callable[[bytes], Received]) -> Received:
    """Return what became of a file, also where the system does not give it out."""
    try:
        data = _bytes(path)
    except OSError as error:
        fault = NOT_READ.at("", why=error.strerror or type(error).__name__)
        problem = {**fault.told(gettext), "source_path": "", "warning": False}
        return Received("", (Told(UNREADABLE, problems=(problem,)),))
    return act(data)


def _bytes(path: Path) -> bytes:
    """Return what a regular file holds, and of one that is too large so much that it is refused.

    Raises:
        OSError: the system does not give it out, or it is a pipe, a device or the like.
    """
    # Without waiting, for a pipe to which nobody writes does not open else.
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
        if not S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(0, gettext("it is a pipe or a device, and no file"))
        return file.read(MOST_BYTES + 1)


def _named(path: Path) -> str:
    """Return a name of a file as it can be written; bytes that are no UTF-8 are written as such."""
    return cut(os.fsencode(path).decode("utf-8", "backslashreplace"), 4096)


def _accepted(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row in which what was accepted before is accepted: it is, under its first number."""
    if row["outcome"] != Outcome.REPEATED:
        return row
    return {**row, "outcome": Outcome.ACCEPTED.value, "repeated": True}


def _tell(path: Path, told: Told) -> None:
    click.secho(f"{_named(path)}: {_outcome(told)}", fg="green" if told.well else "red", bold=True)
    until, payable = gettext("until"), gettext("Payable")
    for hold in told.holds:
        due = f" · {until} {deadline(datetime.fromisoformat(hold['due']))}" if hold["due"] else ""
        click.echo(f"  {hold['kind']} · {hold['turn']} · {hold['office']} · {hold['why']}{due}")
    if told.charges:
        click.echo(f"  {payable}: {told.charges['payable']} CNY")
    for problem in told.problems:
        _tell_problem(problem)


def _outcome(told: Told) -> str:
    words = {
        "sound": gettext(_("sound")),
        "refused": gettext(_("not accepted")),
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
