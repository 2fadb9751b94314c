"""`tongguan serve`: pages, API and jobs, with all they need, until stopped."""

import socket
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

import click
from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext

from tongguan.facilities.database import Server
from tongguan.kernel.text import _

from . import database
from .supervisor import Child, supervise

READY_SECONDS: Final = 60
LOOK_SECONDS: Final = 0.1
DATABASE_SECONDS: Final = 1.0
"""How often the embedded database is looked after."""


@click.command(help=_("Run pages, API and jobs until stopped."))
@click.option("--address", default="127.0.0.1", show_default=True, help=_("Where to listen."))
@click.option("--port", default=8000, show_default=True, help=_("The port to listen on."))
@click.option(
    "--workers", default=2, show_default=True, help=_("So many processes answer requests.")
)
def serve(address: str, port: int, workers: int) -> None:
    """Serve until SIGTERM or Ctrl-C."""
    run(address=address, port=port, workers=workers)


def run(
    *, address: str, port: int, workers: int, others: Sequence[Child] = (), say: str = ""
) -> None:
    """Serve until told to stop; nothing that was started outlives this process.

    Args:
        address: where to listen.
        port: the port to listen on.
        workers: so many processes answer requests.
        others: processes to keep running beside the product, as the demonstration's robots.
        say: what else to print once pages can be opened.

    Raises:
        click.ClickException: the port is taken.
        DatabaseTroubleError: the database does not start.
    """
    _see_that_port_is_free(address, port)
    server = Server(settings.HOME) if database.is_own() else None
    try:
        database.bring_up_to_date()
        call_command("collectstatic", interactive=False, verbosity=0)
        web = (address, str(port), str(workers), str(settings.STATIC_ROOT))
        children = (
            Child("web", (sys.executable, "-m", "tongguan.interfaces.cli.web", *web)),
            Child("jobs", (sys.executable, "-m", "tongguan.interfaces.cli.worker")),
            *others,
        )
        supervise(
            children,
            look=_every(DATABASE_SECONDS, server.look) if server else _nothing,
            started=lambda: _tell(address, port, say),
        )
    finally:
        if server is not None:
            server.leave()


def _see_that_port_is_free(address: str, port: int) -> None:
    try:
        with socket.create_server((address, port)):
            pass
    except OSError as error:
        told = gettext("Cannot listen on {address}:{port}: {why}. Choose another --port.")
        raise click.ClickException(
            told.format(address=address, port=port, why=error.strerror)
        ) from error


def _tell(address: str, port: int, say: str) -> None:
    """Wait until the product answers, and say where."""
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        with suppress(OSError), socket.create_connection((address, port), timeout=1):
            break
        time.sleep(LOOK_SECONDS)
    told = gettext("Tongguan is open at {url} - Ctrl-C ends it.")
    click.echo(told.format(url=f"http://{address}:{port}/"))
    if say:
        click.echo(say)


def _every(seconds: float, act: Callable[[], None]) -> Callable[[], None]:
    """Return what does an act when called, but not more often than that."""
    last = time.monotonic()

    def look() -> None:
        nonlocal last
        if time.monotonic() - last >= seconds:
            last = time.monotonic()
            act()

    return look


def _nothing() -> None:
    """Do nothing: what an operator gave, he looks after."""
