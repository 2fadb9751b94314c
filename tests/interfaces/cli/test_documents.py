"""Checking and lodging from the command line: rows and exit codes as promised."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.json import encode

from tests.interfaces.cli.conftest import House, command
from tests.interfaces.cli.loaded import Result
from tests.interfaces.scene import declared
from tongguan.interfaces.messages.singlewindow.writer import write
from tongguan.interfaces.messages.translation.tables import Translation
from tools import processes

CHECKED = {"file", "format", "outcome", "reference", "declaration", "problems"}
LODGED = {"file", "outcome", "number", "state", "holds", "charges", "problems"}
PROBLEM = {"code", "pointer", "source_path", "detail", "remedy"}
HOLD = {"kind", "turn", "office", "why", "since", "due"}


@dataclass
class Answer:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[Any]:
        """Return its lines of JSON."""
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Answer]
LISTED = """
import django
django.setup()
from tests.domain.cargo.factories import manifest
from tongguan.domain.cargo.commands import copy_in
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.kernel.time import utc_now
copy_in([manifest()], by=SYSTEM, now=utc_now())
"""


@pytest.fixture(scope="module")
def registered(shared_house: House) -> Iterator[House]:
    """A house where the parties of the samples are registered."""
    subprocess.run(
        [sys.executable, "-m", "tests.journeys.region"],
        env=shared_house.environment,
        check=True,
        capture_output=True,
    )
    yield shared_house
    shared_house.empty()


@pytest.fixture
def run(registered: House) -> Run:
    """Run a command in that house."""

    def run_(*line: str, **changes: str) -> Answer:
        done = registered.loaded.run(*line, **changes)
        return Answer(done.returncode, done.stdout, done.stderr)

    return run_


def saved(folder: Path, name: str, data: bytes) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return str(path)


def test_checking_tells_each_declaration_in_the_canonical_form_and_keeps_nothing(
    run: Run, tmp_path: Path
) -> None:
    good = saved(tmp_path, "good.json", encode(declared("CLI-1")))

    once, again = run("check", "--json", good), run("check", "--json", good)

    assert (once.code, again.code) == (0, 0)
    [row] = once.rows
    assert set(row) >= CHECKED
    assert (row["file"], row["format"], row["outcome"]) == (good, "json", "sound")
    assert row["reference"] == row["declaration"]["reference"] == "CLI-1"
    assert all(problem["warning"] for problem in row["problems"])


def test_several_files_and_formats_are_each_told_and_one_refused_decides_the_code(
    run: Run, tmp_path: Path
) -> None:
    bad = json.loads(encode(declared("CLI-2")))
    bad["lines"][2]["currency"] = "XYZ"
    lines = encode(declared("CLI-3")) + b"\n" + b"{no json\n"
    xml = write(declared("CLI-4"), tables=Translation.shipped(), day=date(2026, 11, 20)).data
    saved(tmp_path, "a.json", json.dumps(bad).encode())
    saved(tmp_path, "b.ndjson", lines)
    saved(tmp_path, "deep/c.xml", xml)
    saved(tmp_path, "d.bin", b"\x00\x01\x02")
    saved(tmp_path, ".hidden", b"")
    (tmp_path / "e.json").symlink_to(tmp_path / "gone.json")
    os.mkfifo(tmp_path / "f.json")
    (tmp_path / "g.json").symlink_to("/dev/zero")
    saved(tmp_path, os.fsdecode(b"h\xff.json"), b"")

    told = run("check", "--json", str(tmp_path))

    assert told.code == 1
    found = [(Path(row["file"]).name, row["outcome"]) for row in told.rows]
    assert found == [
        ("a.json", "refused"),
        ("b.ndjson", "sound"),
        ("b.ndjson", "unreadable"),
        ("d.bin", "unreadable"),
        ("c.xml", "sound"),
        ("e.json", "unreadable"),
        ("f.json", "unreadable"),
        ("g.json", "unreadable"),
        ("h\\xff.json", "unreadable"),
    ]
    [currency] = [one for one in told.rows[0]["problems"] if not one["warning"]]
    assert set(currency) >= PROBLEM
    assert currency["pointer"] == "#/lines/2/currency"
    assert [row["problems"][0]["code"] for row in told.rows[5:8]] == ["CLI-001"] * 3


def test_lodging_tells_number_state_holds_and_charges_and_the_same_again_is_the_same(
    run: Run, tmp_path: Path
) -> None:
    file = saved(tmp_path, "one.json", encode(declared("CLI-5", containers=())))

    first, again = run("lodge", "--json", file), run("lodge", "--json", file)

    assert (first.code, again.code) == (0, 0)
    [row], [same] = first.rows, again.rows
    assert set(row) >= LODGED
    assert (row["outcome"], same["outcome"]) == ("accepted", "accepted")
    assert row["number"] == same["number"]
    assert len(row["number"]) == 18
    assert row["state"] == "ACCEPTED"
    assert all(set(hold) >= HOLD for hold in row["holds"])
    assert {"ARRIVAL", "PAYMENT"} <= {hold["kind"] for hold in row["holds"]}
    assert row["charges"]["payable"]


def test_what_is_refused_is_told_in_words_with_place_and_remedy(run: Run, tmp_path: Path) -> None:
    bad = json.loads(encode(declared("CLI-6")))
    bad["mass"]["net"] = "99999"
    file = saved(tmp_path, "bad.json", json.dumps(bad).encode())

    told = run("lodge", file)
    chinese = run("lodge", file, TONGGUAN_LANG="zh-hans")

    assert (told.code, chinese.code) == (1, 1)
    assert "rejected" in told.out
    assert "→" in told.out
    assert "#/mass/net" in told.out or "$.mass.net" in told.out or "mass" in told.out
    assert "退单" in chinese.out


def test_status_tells_holds_and_with_receipts_what_customs_told(run: Run, tmp_path: Path) -> None:
    file = saved(tmp_path, "one.json", encode(declared("CLI-7", containers=())))
    [lodged] = run("lodge", "--json", file).rows

    bare = run("status", "--json", lodged["number"])
    full = run("status", "--json", "--receipts", lodged["number"])
    words = run("status", "--receipts", lodged["number"])

    assert (bare.code, full.code, words.code) == (0, 0, 0)
    assert "receipts" not in bare.rows[0]
    told = {one["code"]: one for one in full.rows[0]["receipts"]}
    assert {"L", "T"} <= set(told)
    assert told["T"]["text"] == "duty and taxes due"
    assert "duty and taxes due" in words.out
    assert lodged["number"] in words.out
    unknown = run("status", "--json", "020220261999999999")
    assert unknown.code == 1
    assert unknown.rows[0]["problems"][0]["code"] == "CLR-001"


def test_the_gate_is_answered_by_words_and_by_exit_code(run: Run, tmp_path: Path) -> None:
    file = saved(tmp_path, "one.json", encode(declared("CLI-8")))
    assert run("lodge", file).code == 0

    held = run("gate", "0202-01", "XMPU0000013")
    as_rows = run("gate", "--json", "0202-01", "XMPU0000013")
    nowhere = run("gate", "9999-99", "XMPU0000013")

    assert (held.code, as_rows.code, nowhere.code) == (1, 1, 1)
    assert "Not released" in held.out
    assert not as_rows.rows[0]["may_leave"]
    assert as_rows.rows[0]["verdict"] == "HELD"
    assert "REL-002" in nowhere.err


def test_the_gate_names_the_bill_that_nobody_declared(registered: House, run: Run) -> None:
    subprocess.run([sys.executable, "-c", LISTED], check=True, env=registered.environment)

    held = run("gate", "0202-01", "XMPU0000034")
    as_rows = run("gate", "--json", "0202-01", "XMPU0000034")

    assert (held.code, as_rows.code) == (1, 1)
    assert "Not declared under bill B1 · trader" in held.out
    assert as_rows.rows[0]["verdict"] == "HELD"
    assert as_rows.rows[0]["undeclared"] == ["B1"]
    by_bill = run("gate", "0202-01", "B1")
    assert by_bill.code == 1
    assert "Its goods are in containers" in by_bill.out
    assert "Ask for container XMPU0000034" in by_bill.out


def test_the_ledger_of_all_that_was_lodged_is_whole(run: Run, tmp_path: Path) -> None:
    file = saved(tmp_path, "one.json", encode(declared("CLI-9", containers=())))
    assert run("lodge", file).code == 0

    told = run("ledger", "verify", "--json")

    assert told.code == 0
    assert told.rows[0]["chains"] >= 1
    assert not told.rows[0]["broken"]


@pytest.mark.parametrize(
    "line",
    [("lodge",), ("check", "no-such-file.json"), ("status",), ("gate", "0202-01"), ("lodge", "-x")],
)
def test_a_wrong_command_line_is_code_two(run: Run, line: tuple[str, ...]) -> None:
    assert run(*line).code == 2


def test_without_a_database_it_is_trouble_told_in_one_line(
    alone: Callable[..., Result], tmp_path: Path
) -> None:
    file = saved(tmp_path, "one.json", encode(declared("CLI-10")))

    told = alone("lodge", file, DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")

    assert told.returncode == 3
    assert told.stdout == ""
    assert len(told.stderr.strip().splitlines()) <= 3
    assert "Traceback" not in told.stderr


def test_on_a_terminal_many_files_are_counted_as_they_go(registered: House, tmp_path: Path) -> None:
    for at in range(20):
        saved(tmp_path, f"{at:02}.json", b"{")
    shown, terminal = pty.openpty()
    with processes.started(
        command("check", str(tmp_path)),
        env={**registered.environment, "TERM": "xterm"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=terminal,
    ) as process:
        out, _ = process.communicate()
    os.close(terminal)
    told = _read_all(shown)

    assert process.returncode == 1
    assert out.count("unreadable") == 20
    assert "100%" in told


def _read_all(terminal: int) -> str:
    told = b""
    try:
        while chunk := os.read(terminal, 65_536):
            told += chunk
    except OSError:  # the other side is closed, and all is read
        pass
    os.close(terminal)
    return told.decode(errors="replace")
