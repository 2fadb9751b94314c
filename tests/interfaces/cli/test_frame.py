"""The command line as a stranger meets it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.homes import environment_of
from tongguan.facilities.database import is_running
from tongguan.interfaces.cli.commands import SECTIONS
from tongguan.settings.mail import GIVE

from .conftest import Run
from .loaded import BARE, Loaded

COMMANDS = [command.name for _title, group in SECTIONS for command in group]


def test_help_shows_every_command_and_needs_nothing_to_be_set(alone: Run) -> None:
    shown = alone("--help", TONGGUAN_PROFILE=None, TONGGUAN_SECRET_KEY=None)

    assert shown.returncode == 0
    words = shown.stdout.split()
    assert [name for name in COMMANDS if name not in words] == []


@pytest.fixture(scope="module")
def bare() -> Iterator[Loaded]:
    """What runs commands where nothing is set."""
    environment = environment_of(Path("/nowhere"))
    for name in ("TONGGUAN_HOME", "TONGGUAN_PROFILE", "TONGGUAN_SECRET_KEY"):
        del environment[name]
    with Loaded.opened(environment, BARE) as loaded:
        yield loaded


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help_that_needs_nothing_to_be_set(bare: Loaded, name: str) -> None:
    shown = bare.run(name, "--help")

    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout.startswith(f"Usage: tongguan {name}")


def test_help_speaks_chinese_when_asked_to(alone: Run) -> None:
    asked, set_up = alone("--lang", "zh-hans", "--help"), alone(TONGGUAN_LANG="zh-hans")

    assert "更新数据库表结构。" in asked.stdout
    assert "更新数据库表结构。" in set_up.stderr + set_up.stdout


def test_an_unknown_command_or_option_is_a_wrong_command_line(alone: Run) -> None:
    assert alone("clear-everything").returncode == 2
    assert alone("migrate", "--everything").returncode == 2
    assert alone("--lang", "fr", "migrate").returncode == 2


def test_an_installation_without_settings_is_told_them_all(alone: Run) -> None:
    told = alone("migrate", TONGGUAN_PROFILE=None, TONGGUAN_SECRET_KEY=None)

    assert told.returncode == 3
    assert told.stderr.splitlines() == [
        "tongguan: 3 settings at fault:",
        "  TONGGUAN_SECRET_KEY is not set. Give 50 or more random characters.",
        "  TONGGUAN_HOSTS is not set. Give the host names served, with spaces between.",
        f"  TONGGUAN_MAIL is not set. Give {GIVE}.",
    ]


def test_a_database_that_does_not_answer_is_trouble_told_in_one_line(alone: Run) -> None:
    told = alone("migrate", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")

    assert told.returncode == 3
    assert told.stderr.startswith("tongguan: OperationalError: ")
    assert "Traceback" not in told.stderr


def test_debug_shows_where_a_trouble_came_up(alone: Run) -> None:
    told = alone("--debug", "migrate", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")

    assert told.returncode == 3
    assert "Traceback" in told.stderr


def test_tables_are_brought_up_to_date_once_and_the_server_is_stopped(
    alone: Run, furnished: Path
) -> None:
    first = (furnished / "migrated.txt").read_text(encoding="utf-8")
    assert not is_running(furnished)
    second = alone("migrate")

    assert "clearance.0001_initial" in first.split()
    assert second.returncode == 0
    assert second.stdout.startswith("0 changes of tables made in ")
    assert not is_running(furnished)


def test_the_embedded_server_tells_how_it_is(alone: Run, home: Path) -> None:
    told = alone("database", "status")

    assert told.returncode == 1
    assert told.stdout.splitlines() == [
        "The server does not run.",
        f"Rows: {home}/database/data",
        f"Log: {home}/database/server.log",
    ]


def test_a_server_of_the_operators_is_left_to_him(alone: Run) -> None:
    told = alone("database", "stop", DATABASE_URL="postgresql://db.example/tongguan")

    assert told.returncode == 1
    assert "DATABASE_URL names another server" in told.stderr
