"""Commands that look after the database: `migrate`, `database`."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext, ngettext

from tongguan.facilities.announcements.commands import count_on
from tongguan.facilities.database import binaries, ensure, is_running, is_used, running, stop
from tongguan.facilities.database.cluster import Layout
from tongguan.kernel.text import _

from .options import RefusedError, new_file

ADVISORY_LOCK: Final = 0x746F6E67
"""Held while tables are brought up to date, so that two starts do not do it at once."""


def make_ready() -> None:
    """Have the database run, and its tables be up to date.

    Our own server is brought up to date at once; one that an operator gave is left to him.

    Raises:
        click.ClickException: the tables are behind.
    """
    if is_own():
        ensure(settings.HOME)
        bring_up_to_date()
    elif behind := pending():
        told = ngettext(
            "The database lacks {count} change of tables. Run: tongguan migrate",
            "The database lacks {count} changes of tables. Run: tongguan migrate",
            len(behind),
        )
        raise click.ClickException(told.format(count=len(behind)))


def is_own() -> bool:
    """Say whether the database is our own server, for the operator has given none."""
    return not os.environ.get("DATABASE_URL")


def pending() -> list[str]:
    """Return the migrations that the database lacks, in order."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def bring_up_to_date() -> list[str]:
    """Apply the migrations that the database lacks and return them; a second process waits."""
    found = _migrated()
    count_on()
    return found


@contextmanager
def without_waiting_for_the_disk() -> Iterator[None]:
    """Write what can be made anew, such as an invented month, without a wait at each commit.

    What is written then is durable with the next transaction that waits, or a second later.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        try:
            yield
        finally:
            cursor.execute("RESET synchronous_commit")


def _migrated() -> list[str]:
    if not pending():
        return []
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
        try:
            found = pending()
            call_command("migrate", interactive=False, verbosity=0)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])
            cursor.execute("SET statement_timeout = %s", [settings.STATEMENT_MS])
    return found


@click.command(help=_("Bring the tables of the database up to date."))
def migrate() -> None:
    """Apply what the database lacks, and say what that was."""
    if is_own():
        ensure(settings.HOME)
    began = time.monotonic()
    done = bring_up_to_date()
    for name in done:
        click.echo(name)
    told = ngettext(
        "{count} change of tables made in {seconds:.1f} s.",
        "{count} changes of tables made in {seconds:.1f} s.",
        len(done),
    )
    click.echo(told.format(count=len(done), seconds=time.monotonic() - began))


@click.group(help=_("Look after the product's own database server."))
def database() -> None:
    """Group what concerns the embedded server."""
    if not is_own():
        raise RefusedError(
            gettext("DATABASE_URL names another server: look after that one with its own tools.")
        )


@database.command(help=_("Say whether the server runs, and where its rows are."))
def status() -> int:
    """Tell the state; exit with 1 when it does not run."""
    layout = Layout(settings.HOME)
    runs = is_running(settings.HOME)
    click.echo(gettext("The server runs.") if runs else gettext("The server does not run."))
    click.echo(gettext("Rows: {path}").format(path=layout.data))
    click.echo(gettext("Log: {path}").format(path=layout.log))
    return 0 if runs else 1


@database.command("stop", help=_("Stop the server, if nobody uses it or with --now."))
@click.option("--now", is_flag=True, help=_("Stop it even if it is in use."))
def stop_server(*, now: bool) -> None:
    """Stop the embedded server."""
    if is_used(settings.HOME) and not now:
        raise RefusedError(gettext("The server is in use. End what uses it, or say --now."))
    if not stop(settings.HOME):
        raise click.ClickException(gettext("The server does not end; see its log."))


@database.command(help=_("Write all rows to a file, while the product goes on."))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def dump(file: Path) -> None:
    """Write what is committed at this moment, in the form that `restore` reads."""
    with running(settings.HOME) as url, new_file(file) as out:
        _run("pg_dump", "--format=custom", "--no-owner", "--dbname", url, into=out)


@database.command(help=_("Read rows that `dump` wrote into a database that is empty."))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Read all rows, or none; then bring tables of an earlier version up to date."""
    with running(settings.HOME) as url:
        if connection.introspection.table_names():
            raise RefusedError(
                gettext("The database is not empty. Restore into a TONGGUAN_HOME of its own.")
            )
        connection.close()
        whole = ("--no-owner", "--exit-on-error", "--single-transaction")
        _run("pg_restore", *whole, "--dbname", url, str(file))
        bring_up_to_date()
        connection.close()


def _run(tool: str, *options: str, into: IO[bytes] | None = None) -> None:
    told = subprocess.run(
        [binaries.tool(tool), *options],
        check=False,
        stdout=into,
        stderr=subprocess.PIPE,
        text=True,
    )
    if told.returncode != 0:
        raise click.ClickException(told.stderr.strip())


@database.command("psql-url", help=_("Print the address for psql and other tools."))
def psql_url() -> None:
    """Print the address of the embedded server, running or not."""
    click.echo(settings.DATABASE_URL)
