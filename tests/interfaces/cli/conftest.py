"""The command line as processes of their own: in a house that all share, or in a home of one's own.

`tongguan` runs a command in the house of all tests, whose server runs and whose tables are there.
`alone` starts Python anew for it, as a shell does, in a home that nobody has used: for what
concerns the start itself, the settings or the server.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import psycopg
import pytest

from tests.emptying.rows import count_anew, delete_all
from tests.homes import environment_of, furnish
from tests.interfaces.cli.loaded import Loaded, Result
from tongguan.facilities.database import running, stop
from tongguan.facilities.database.address import embedded_url
from tools import processes

Run = Callable[..., Result]


@dataclass(frozen=True)
class House:
    """A home whose server runs and whose tables are there; `loaded` runs commands in it."""

    home: Path
    environment: Mapping[str, str]
    loaded: Loaded

    def empty(self) -> None:
        """Delete all rows, and count from one again."""
        with psycopg.connect(embedded_url(self.home)) as connection:
            delete_all(connection.cursor())
            count_anew(connection.cursor())


@pytest.fixture(scope="session")
def shared_house() -> Iterator[House]:
    """The house of all tests; whoever uses it leaves it empty."""
    home = Path(mkdtemp(prefix="tg-"))
    home.chmod(0o711)
    furnish(home)
    environment = environment_of(home)
    try:
        with running(home, durable=False), Loaded.opened(environment) as loaded:
            yield House(home, environment, loaded)
    finally:
        stop(home)
        rmtree(home)


@pytest.fixture
def house(shared_house: House) -> Iterator[House]:
    """The house, empty."""
    yield shared_house
    shared_house.empty()


@pytest.fixture
def tongguan(house: House) -> Run:
    """Run a command to its end in the house; what is named in capitals is in its environment."""
    return house.loaded.run


@pytest.fixture
def home(short_dir: Path) -> Iterator[Path]:
    """A home nobody has used yet; its database is stopped afterwards."""
    yield short_dir
    assert stop(short_dir)


@pytest.fixture
def furnished(home: Path) -> Path:
    """A home whose tables are there already: for what concerns other things than the first use."""
    furnish(home)
    return home


@pytest.fixture
def environment(home: Path) -> Mapping[str, str]:
    """What the command line finds in its environment."""
    return environment_of(home)


@pytest.fixture
def alone(environment: Mapping[str, str]) -> Run:
    """Run a command to its end; a variable given as `NAME=None` is not set."""

    def run(*line: str, **changes: str | None) -> Result:
        changed = {**environment, **changes}
        return subprocess.run(
            command(*line),
            check=False,
            env={name: value for name, value in changed.items() if value is not None},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )

    return run


@pytest.fixture
def loaded(environment: Mapping[str, str]) -> Iterator[Loaded]:
    """What runs many commands in a home that nobody has used."""
    with Loaded.opened(environment) as made:
        yield made


@pytest.fixture
def started(environment: Mapping[str, str]) -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Start a command that goes on; it is stopped with the test."""

    def start(*line: str) -> "subprocess.Popen[str]":
        nothing, told = subprocess.DEVNULL, subprocess.PIPE
        made = processes.started(command(*line), env=environment, stdin=nothing, stdout=told)
        return stack.enter_context(made)

    with ExitStack() as stack:
        yield start


def command(*line: str) -> list[str]:
    return [sys.executable, "-m", "tongguan", *line]
