"""`tongguan serve`: pages, API and jobs, with all they need, until stopped."""

import os
import socket
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from errno import EADDRNOTAVAIL
from typing import Final

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.utils.translation import gettext

from tongguan.facilities.database import Server
from tongguan.facilities.ledger.installation_keys import ensure_keys
from tongguan.facilities.ledger.installation_secret import ensure_secret
from tongguan.facilities.private_files import private_home
from tongguan.kernel.text import _
from tongguan.kernel.time import utc_now

from . import database
from .supervisor import Child, supervise

DATABASE_SECONDS: Final = 1.0
"""How often the embedded database is looked after."""


MOST_WORKERS: Final = 256
"""More processes than any machine has processors for; each takes 200 MB."""

address_option: Final = click.option(
    "--address", default="127.0.0.1", show_default=True, help=_("Where to listen.")
)
port_option: Final = click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help=_("The port to listen on."),
)


@click.command(help=_("Run pages, API and jobs until stopped."))
@address_option
@port_option
@click.option(
    "--workers",
    type=click.IntRange(1, MOST_WORKERS),
    default=2,
    show_default=True,
    help=_("So many processes answer requests."),
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
        click.BadParameter: the address is none of this machine.
        DatabaseTroubleError: the database does not start.
        ProblemError: LED-012 this node does not hold the keys that the database names, LED-015 or
            not the secret of the installation.
    """
    _see_that_port_is_free(address, port)
    private_home(settings.HOME)
    server = Server(settings.HOME) if database.is_own() else None
    try:
        connections.close_all()  # whoever called us may have used a server that has stopped since
        database.bring_up_to_date()
        ensure_keys()
        ensure_secret(now=utc_now())
        connections.close_all()
        call_command("collectstatic", interactive=False, verbosity=0)
        web = (address, str(port), str(workers), str(settings.STATIC_ROOT))
        children = (
            Child("web", (sys.executable, "-m", "tongguan.interfaces.cli.web", *web)),
            Child("jobs", (sys.executable, "-m", "tongguan.interfaces.cli.worker")),
            *others,
        )
        telling = _Telling(address, port, say)
        keeping = _Seldom(server.look if server else _nothing)
        supervise(children, looks=(telling.look, keeping.look))
    finally:
        if server is not None:
            server.leave()


def _see_that_port_is_free(address: str, port: int) -> None:
    try:
        with socket.create_server((address, port)):
            pass
    except ValueError as error:
        raise _no_address(address) from error
    except OSError as error:
        # A number below zero is one of those that looking a name up has.
        if error.errno == EADDRNOTAVAIL or (error.errno or 0) < 0:
            raise _no_address(address) from error
        told = gettext("Cannot listen on {address}:{port}: {why}. Choose another --port.")
        raise click.ClickException(
            told.format(address=address, port=port, why=os.strerror(error.errno or 0))
        ) from error


def _no_address(address: str) -> click.BadParameter:
    told = gettext("“{address}” is no address of this machine. 0.0.0.0 stands for all it has.")
    return click.BadParameter(told.format(address=address), param_hint="--address")


class _Telling:
    """Says once where pages can be opened, as soon as they can."""

    def __init__(self, address: str, port: int, say: str) -> None:
        self._place = (address, port)
        self._say = say
        self._told = False

    def look(self) -> None:
        if not self._told and self._answers():
            self._told = True
            url = "http://{}:{}/".format(*self._place)
            click.echo(gettext("Tongguan is open at {url} - Ctrl-C ends it.").format(url=url))
            click.echo(self._say, nl=bool(self._say))

    def _answers(self) -> bool:
        with suppress(OSError), socket.create_connection(self._place, timeout=1):
            return True
        return False


class _Seldom:
    """Looks after something, but only so often."""

    def __init__(self, act: Callable[[], None]) -> None:
        self._act = act
        self._last = time.monotonic()

    def look(self) -> None:
        if time.monotonic() - self._last >= DATABASE_SECONDS:
            self._act()
            self._last = time.monotonic()


def _nothing() -> None:
    """Leave the database alone: what an operator gave, he looks after."""
