"""Embedded servers with real processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from tests.patience import PATIENCE_SECONDS
from tongguan.facilities.database import stop
from tongguan.facilities.database.address import embedded_url
from tongguan.facilities.database.cluster import Layout
from tools.processes import started


class User:
    """Another process that uses the server."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def is_ready(self) -> bool:
        return self._says() == "ready"

    def look(self) -> bool:
        assert self.process.stdin
        self.process.stdin.write("look\n")
        self.process.stdin.flush()
        return self._says() == "seen"

    def leave(self) -> int:
        self.process.communicate()
        return self.process.returncode

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()

    def _says(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()


@pytest.fixture
def home(short_dir: Path) -> Iterator[Path]:
    """A home nobody has used yet; what runs in it afterwards is stopped."""
    yield short_dir
    assert stop(short_dir)


@pytest.fixture
def use(home: Path) -> Iterator[Callable[[], User]]:
    """Start processes that use the server of the home; those left over end with the test."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(_using(home))


@contextmanager
def _using(home: Path) -> Iterator[User]:
    line = [sys.executable, "-m", "tests.facilities.database.user", str(home)]
    with started(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield User(process)


def keep_a_row(home: Path, row: int) -> None:
    with psycopg.connect(embedded_url(home)) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (row integer)")
        connection.execute("INSERT INTO kept VALUES (%s)", (row,))


def rows(home: Path) -> list[int]:
    with psycopg.connect(embedded_url(home)) as connection:
        return [row for (row,) in connection.execute("SELECT row FROM kept ORDER BY row")]


def keeper_of(home: Path) -> int:
    return Layout(home).kept()[0]


def server_of(home: Path) -> int:
    number = Layout(home).server()
    assert number is not None
    return number


def processes_of(home: Path) -> list[int]:
    """Return the processes of PostgreSQL that work on the rows of a home."""
    data = Layout(home).data
    return [int(path.parent.name) for path in Path("/proc").glob("[0-9]*/cwd") if _is(path, data)]


def _is(link: Path, data: Path) -> bool:
    try:
        return link.readlink() == data
    except OSError:
        return False


def kill(*numbers: int) -> None:
    for number in numbers:
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)


def eventually(condition: Callable[[], bool]) -> bool:
    """Say whether something comes true before patience ends."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True
