"""`tongguan demo`: an invented region at work, with a month behind it."""

import sys
from pathlib import Path
from typing import Final

import click
from django.conf import settings
from django.utils.translation import gettext, ngettext
from rich.console import Console
from rich.progress import Progress

from tongguan.facilities.database import Server
from tongguan.kernel.text import _
from tongguan.kernel.time import utc_now
from tongguan.processes.demo.month import DAYS, set_up
from tongguan.processes.demo.password import made
from tongguan.processes.demo.people import PLAYERS, is_there

from . import database
from .serve import address_option, port_option, run
from .supervisor import Child

SEED: Final = 20140701
DAYS_A_LINE: Final = 5


@click.command(help=_("Set up an invented region and serve it, with robots at work."))
@address_option
@port_option
@click.option("--seed", default=SEED, show_default=True, help=_("Repeats the same month."))
@click.option(
    "--days",
    default=DAYS,
    show_default=True,
    type=click.IntRange(1, DAYS),
    help=_("So many days of the past are played."),
)
@click.option("--still", is_flag=True, help=_("Without robots: nothing moves by itself."))
def demo(address: str, port: int, seed: int, days: int, *, still: bool) -> None:
    """Seed the demonstration once, then serve it until stopped."""
    server = Server(settings.HOME) if database.is_own() else None
    try:
        click.echo(gettext(_("Bringing database and tables up to date …")), err=True)
        database.bring_up_to_date()
        password = made(Path(settings.HOME))
        if not is_there():
            _seed(seed, password, days)
    finally:
        if server is not None:
            server.leave()
    robots = Child("robots", (sys.executable, "-m", "tongguan.interfaces.cli.stream", str(seed)))
    others = () if still else (robots,)
    run(address=address, port=port, workers=2, others=others, say=_cast(password))


def _seed(seed: int, password: str, days: int) -> None:
    console = Console(stderr=True)
    told = ngettext(
        "Playing the last %(count)d day of the region …",
        "Playing the last %(count)d days of the region …",
        days,
    ) % {"count": days}
    # Where the output is kept, as in a log, a bar that moves would say nothing.
    lines = None if console.is_terminal else _Lines(told)
    with Progress(console=console, transient=True, disable=lines is not None) as progress:
        task = progress.add_task(told, total=None)
        with database.without_waiting_for_the_disk():
            set_up(
                seed=seed,
                password=password,
                now=utc_now(),
                days=days,
                tell=lines or (lambda done, of: progress.update(task, completed=done, total=of)),
            )


class _Lines:
    """Tells how far the play has come, a line at the beginning and one every few days."""

    def __init__(self, told: str) -> None:
        self._next = DAYS_A_LINE
        click.echo(told, err=True)

    def __call__(self, done: int, of: int) -> None:
        if done >= self._next:
            self._next = done + DAYS_A_LINE
            words = gettext(_("{done} of {total} days are played."))
            click.echo(words.format(done=done, total=of), err=True)


def _cast(password: str) -> str:
    lines = [gettext(_("All enterprises, persons and goods are invented. Sign in as:"))]
    lines += [f"  {one.username:12} {gettext(one.words)} - {gettext(one.first)}" for one in PLAYERS]
    lines.append(gettext(_("Password of all: {password}")).format(password=password))
    return "\n".join(lines)
