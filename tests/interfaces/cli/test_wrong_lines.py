"""Command lines that cannot be meant: each is told in a line, by its exit code."""

from pathlib import Path

import pytest

from tests.interfaces.cli.conftest import Run


@pytest.mark.parametrize(
    "line",
    [
        ("serve", "--port", "-1"),
        ("serve", "--port", "0"),
        ("serve", "--port", "65536"),
        ("serve", "--workers", "0"),
        ("serve", "--workers", "-1"),
        ("serve", "--address", "nonsense.invalid"),
        ("serve", "--address", "a..b"),
        ("serve", "--address", "192.0.2.1"),
        ("demo", "--port", "0"),
        ("ledger", "checkpoints", "-", "--from", "-5"),
        ("admit", "posting", "li.guan", "INSPECTOR@"),
        ("admit", "posting", "li.guan", "INSPECTOR@ "),
        ("admit", "person", "wang", "--name-zh", "a\nb", "--role", "COORDINATOR"),
        ("admit", "software", "erp", "--label", "a\x1b[2J", "--role", "COORDINATOR"),
        ("ledger", "adopt", "--reason", "a\nb", "--by", "root"),
    ],
)
def test_what_cannot_be_meant_is_a_wrong_command_line(tongguan: Run, line: tuple[str, ...]) -> None:
    told = tongguan(*line)

    assert told.returncode == 2, told.stderr
    assert "Traceback" not in told.stderr


def test_a_file_that_is_refused_is_no_trouble(tongguan: Run, tmp_path: Path) -> None:
    file = tmp_path / "countersigned"
    file.write_text("no countersignature")

    told = tongguan("ledger", "countersigned", str(file))

    assert (told.returncode, told.stdout) == (1, "")


def test_a_number_is_taken_as_pages_print_it_and_a_reference_is_told_to_be_none(
    tongguan: Run,
) -> None:
    in_groups = tongguan("status", "0403", "2026", "1", "000000003")
    reference = tongguan("status", "VISIT-2")

    assert (in_groups.returncode, reference.returncode) == (1, 1)
    assert "CLR-001" in in_groups.stderr
    assert "CLI-003" in reference.stderr


def test_the_last_administrator_is_not_dismissed(tongguan: Run) -> None:
    sentence = "a sentence nobody guesses"
    admitted = ("admit", "person", "--role", "ADMINISTRATOR", "--password-stdin", "--name-zh")
    assert tongguan(*admitted, "管", "root", text=f"{sentence}\n").returncode == 0

    refused = tongguan("withdraw", "person", "root", "--by", "root")
    lock = tongguan("withdraw", "lock", "root", "--by", "root")

    assert (refused.returncode, refused.stderr.split()[0]) == (1, "ACC-024")
    assert "was not locked" in lock.stdout


def test_a_home_that_cannot_be_written_to_is_told_with_its_path(alone: Run) -> None:
    told = alone("migrate", TONGGUAN_HOME="/proc/home", TONGGUAN_KEYS="/proc/keys")

    assert told.returncode == 3
    assert told.stderr.startswith("tongguan: /proc/home")
    assert "Traceback" not in told.stderr
