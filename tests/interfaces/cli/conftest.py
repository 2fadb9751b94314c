"""The command line as a process of its own, in a home of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from secrets import token_urlsafe

import pytest

from tests.conftest import measured
from tongguan.facilities.database import stop

Result = subprocess.CompletedProcess[str]


@pytest.fixture
def home(short_dir: Path) -> Iterator[Path]:
    """A home nobody has used yet; its database is stopped afterwards."""
    yield short_dir
    assert stop(short_dir)


def environment_of(home: Path) -> dict[str, str]:
    """Return what the command line finds in its environment: little."""
    return {
        "PATH": os.environ["PATH"],
        "TONGGUAN_HOME": str(home),
        "TONGGUAN_PROFILE": "test",
        "TONGGUAN_SECRET_KEY": token_urlsafe(50),
        "TONGGUAN_LANG": "en",
        **measured(),
    }


@pytest.fixture
def environment(home: Path) -> Mapping[str, str]:
    """What the command line finds in its environment."""
    return environment_of(home)


@pytest.fixture
def tongguan(environment: Mapping[str, str]) -> Callable[..., Result]:
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
def started(environment: Mapping[str, str]) -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Start a command that goes on; it is stopped with the test."""

    def start(*line: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            command(*line),
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        )
        stack.callback(_end, process)
        return process

    with ExitStack() as stack:
        yield start


def _end(process: "subprocess.Popen[str]") -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    process.communicate()


def command(*line: str) -> list[str]:
    return [sys.executable, "-m", "tongguan", *line]
