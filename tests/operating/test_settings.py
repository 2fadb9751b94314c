"""What an operator sets, and what he is told when it is wrong."""

import os
import stat
import subprocess
import sys
from pathlib import Path
from secrets import token_urlsafe

import pytest

from tongguan.settings.environment import Environment
from tongguan.settings.stored import stored_secret


def test_all_faults_are_told_at_once_and_reading_goes_on() -> None:
    env = Environment({"SPEED": "fast", "SECRET": "short", "MODE": "x", "OPEN": "maybe"})

    read = (
        env.text("SECRET", give="8 characters", least_length=8),
        env.words("HOSTS", give="the host names"),
        env.number("SPEED", least=1, most=9, unit="knots"),
        env.choice("MODE", among=("a", "b")),
        env.flag("OPEN", default=True),
    )
    with pytest.raises(SystemExit) as end:
        env.stop_on_faults()

    assert read == ("short", [], 1, "a", False)
    assert str(end.value).splitlines() == [
        "5 settings at fault:",
        "  SECRET has 5 characters. Give 8 characters.",
        "  HOSTS is not set. Give the host names.",
        "  SPEED is “fast”. Give 1 to 9 knots.",
        "  MODE is “x”. Give one of a, b.",
        "  OPEN is “maybe”. Give yes or no.",
    ]


def test_what_is_set_well_is_read() -> None:
    env = Environment({"SPEED": "7", "HOSTS": "a.example, b.example", "OPEN": "no", "AT": "/srv"})

    assert env.number("SPEED", least=1, most=9, unit="knots") == 7
    assert env.words("HOSTS", give="the host names") == ["a.example", "b.example"]
    assert env.flag("OPEN", default=True) is False
    assert env.path("AT", default=Path("/")) == Path("/srv")
    env.stop_on_faults()


def test_what_is_empty_counts_as_not_set() -> None:
    env = Environment({"SPEED": " ", "MODE": "", "WHO": ""})

    assert env.number("SPEED", least=1, most=9, unit="knots", default=3) == 3
    assert env.choice("MODE", among=("a", "b"), default="b") == "b"
    assert env.text("WHO", give="a name", default="all") == "all"
    assert env.words("ALL", give="names", default=["one"]) == ["one"]
    env.stop_on_faults()


def test_a_fault_found_elsewhere_is_told_too() -> None:
    env = Environment({})

    env.note("DATABASE_URL: no address.")

    with pytest.raises(SystemExit, match="1 setting at fault:\n  DATABASE_URL: no address"):
        env.stop_on_faults()


def test_a_secret_of_its_own_making_stays_and_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "home" / "secret_key"

    first = stored_secret(path)

    assert stored_secret(path) == first
    assert len(first) >= 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_production_as_documented_passes_the_deployment_checks(tmp_path: Path) -> None:
    checked = manage(
        tmp_path,
        *("check", "--deploy", "--fail-level", "WARNING"),
        TONGGUAN_SECRET_KEY=token_urlsafe(50),
        TONGGUAN_HOSTS="clearance.example",
    )

    assert (checked.returncode, checked.stderr) == (0, "")


def test_a_database_address_that_is_none_is_a_fault(tmp_path: Path) -> None:
    checked = manage(
        tmp_path,
        "check",
        TONGGUAN_SECRET_KEY=token_urlsafe(50),
        TONGGUAN_HOSTS="clearance.example",
        DATABASE_URL="mysql://somewhere",
    )

    assert checked.returncode == 1
    assert checked.stderr.startswith("1 setting at fault:\n  DATABASE_URL: ")


def manage(home: Path, *line: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "django", *line],
        check=False,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "tongguan.settings",
            "TONGGUAN_HOME": str(home),
            **variables,
        },
        capture_output=True,
        text=True,
    )
