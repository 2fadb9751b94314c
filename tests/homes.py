"""Homes in which processes of the product run: what these find there, and in their environment."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from secrets import token_urlsafe
from shutil import rmtree

HOME_VARIABLE = "TONGGUAN_TEST_DATABASE"
"""Tells the workers of a parallel run where their common homes lie."""

SHARED = "shared"
"""The home whose server the workers use."""


def measured() -> dict[str, str]:
    """Return what another process needs in its environment for its coverage to be measured."""
    name = "COVERAGE_PROCESS_CONFIG"
    return {name: os.environ[name]} if name in os.environ else {}


def environment_of(home: Path) -> dict[str, str]:
    """Return what a process of a home finds in its environment: little."""
    return {
        "PATH": os.environ["PATH"],
        "TONGGUAN_HOME": str(home),
        "TONGGUAN_PROFILE": "test",
        "TONGGUAN_SECRET_KEY": token_urlsafe(50),
        "TONGGUAN_LANG": "en",
        "DJANGO_SETTINGS_MODULE": "tongguan.settings",
        "OMP_NUM_THREADS": os.environ["OMP_NUM_THREADS"],
        **measured(),
    }


def furnish(home: Path) -> None:
    """Let an empty home have its database with all tables.

    They are made once in a run, with the first command that a user types, and copied from then on.
    The copy has in `migrated.txt` what that command printed.
    """
    # Owners are kept: under root the server runs as somebody else.
    subprocess.run(["cp", "--archive", f"{_once('furnished', _migrate)}/.", str(home)], check=True)


def home_of_all_workers() -> Path:
    """Return the home whose server all workers of the run share; its database has all tables."""
    return _once(SHARED, furnish)


def _once(name: str, fill: Callable[[Path], None]) -> Path:
    """Return a home of this run: the first process that asks fills it, all others wait for it."""
    made = Path(os.environ[HOME_VARIABLE]) / name
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            rising = made.with_suffix(".rising")
            rmtree(rising, ignore_errors=True)
            rising.mkdir(mode=0o711)
            fill(rising)
            rising.rename(made)
    return made


def _migrate(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tongguan", "migrate"],
        env=environment_of(home),
        check=True,
        capture_output=True,
        text=True,
    )
    (home / "migrated.txt").write_text(done.stdout, encoding="utf-8")
