"""The ledger as an auditor gets it: verified, exported, checked again without the program."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import House, Run
from .loaded import Result

VERIFIER = Path(__file__).parents[3] / "docs/verify/verify_ledger.py"
ACTS = """
import django
django.setup()
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.signing import sign_heads
from tongguan.kernel.identifiers import new_id
from tongguan.kernel.time import utc_now
from django.db import transaction
for place in range(2):
    with transaction.atomic():
        record("PERSON_ADMITTED", None, by=SYSTEM, at=utc_now(), account="示例")
        record("ACCEPTED", new_id(), by=SYSTEM, at=utc_now(), number="1")
    sign_heads(now=utc_now())
"""

pytestmark = pytest.mark.slow


@pytest.fixture
def acts(house: House) -> None:
    """Four acts on three chains, signed twice."""
    subprocess.run([sys.executable, "-c", ACTS], check=True, env=house.environment)


def checked(*line: str) -> Result:
    return subprocess.run(
        [sys.executable, str(VERIFIER), *line], check=False, capture_output=True, text=True
    )


@pytest.mark.usefixtures("acts")
def test_an_auditor_verifies_exports_and_checks_without_the_program(
    tongguan: Run, tmp_path: Path
) -> None:
    whole = tongguan("ledger", "verify", "--json")
    key = tongguan("ledger", "key").stdout.strip()
    export = tmp_path / "ledger.ndjson"
    written = tongguan("ledger", "export", str(export))

    assert (whole.returncode, written.returncode) == (0, 0), whole.stderr + written.stderr
    told = json.loads(whole.stdout)
    assert told == {
        "chains": 3,
        "entries": 4,
        "checkpoints": 2,
        "unsigned": 0,
        "witnessed": 0,
        "broken": [],
        "adoptions": [],
        "rows": 0,
        "differing": 0,
        "differences": [],
    }
    first = checked(str(export), key)
    assert first.returncode == 0
    assert first.stdout == "3 chains, 4 entries, 2 checkpoints, 0 rows: all is well\n"
    assert tongguan("ledger", "verify", "--key", key, "--since", str(export)).returncode == 0

    another = tongguan("ledger", "verify", "--json", "--key", "ab" * 32)
    assert another.returncode == 1
    wrong = {"wrong": "signature"}
    assert json.loads(another.stdout)["broken"] == [
        {"checkpoint": 1, **wrong},
        {"checkpoint": 2, **wrong},
    ]
    assert tongguan("ledger", "verify", "--key", "ab").returncode == 2
    assert tongguan("ledger", "verify", "--since", str(VERIFIER)).returncode == 2
    for content in ("", '{"flow":"import"}\n'):
        other = tmp_path / "other.ndjson"
        other.write_text(content, encoding="utf-8")
        assert tongguan("ledger", "verify", "--since", str(other)).returncode == 2
    told_to_people = tongguan("ledger", "verify", "--key", "ab" * 32)
    assert "2 checkpoints checked, 2 faults" in told_to_people.stdout
    assert "checkpoint 1: the checkpoint is not signed" in told_to_people.stdout

    assert checked(str(export), "ab" * 32).returncode == 1
    lines = export.read_text(encoding="utf-8").splitlines()
    for name, changed, fault in (
        ("cut", [line for line in lines if '"number":2' not in line], "is gone"),
        ("changed", [line.replace("示例", "另一") for line in lines], "does not fit"),
        ("unsigned", [line.replace('"signature":"', '"signature":"00') for line in lines], "key"),
        ("gone", [line for line in lines if '"checkpoint":1' not in line], "before it"),
    ):
        copy = tmp_path / f"{name}.ndjson"
        copy.write_text("\n".join(changed), encoding="utf-8")
        found = checked(str(copy), key)
        assert found.returncode == 1
        assert fault in found.stdout


@pytest.mark.usefixtures("acts")
def test_an_operator_adopts_once_and_reads_so_in_every_check(tongguan: Run, tmp_path: Path) -> None:
    done = tongguan("ledger", "adopt", "--reason", "升级", "--json")
    again = tongguan("ledger", "adopt", "--reason", "x")
    told = tongguan("ledger", "verify")
    export = tmp_path / "ledger.ndjson"
    tongguan("ledger", "export", str(export))

    row = json.loads(done.stdout)
    assert (done.returncode, row["outcome"], row["rows"]) == (0, "adopted", {})
    assert (again.returncode, "LED-010" in again.stderr) == (1, True)
    assert "by system: 0 rows that no act described. 升级" in told.stdout
    assert "no rows (升级)" in checked(str(export)).stdout
    assert tongguan("ledger", "adopt").returncode == 2


@pytest.mark.usefixtures("acts")
def test_the_process_beside_the_worker_verifies_once_a_day_and_keeps_what_it_found(
    house: House, tongguan: Run, tmp_path: Path
) -> None:
    for _ in range(2):
        line = [sys.executable, "-m", "tongguan.interfaces.cli.verifier"]
        subprocess.run(line, check=True, env=house.environment)
    export = tmp_path / "ledger.ndjson"
    tongguan("ledger", "export", str(export))
    rows = map(json.loads, export.read_text(encoding="utf-8").splitlines())
    [kept] = [row for row in rows if row.get("kind") == "LEDGER_VERIFIED"]

    assert kept["facts"]["entries"] == "4"
    assert (kept["facts"]["broken"], kept["facts"]["differing"]) == ("0", "0")


@pytest.mark.parametrize("where", ["link", "folder", "nowhere/file"])
def test_an_export_is_written_to_a_file_of_its_own_alone(
    tongguan: Run, tmp_path: Path, where: str
) -> None:
    kept = tmp_path / "kept"
    kept.write_text("of somebody else")
    (tmp_path / "link").symlink_to(kept)
    (tmp_path / "folder").mkdir()

    refused = tongguan("--lang", "zh-hans", "ledger", "export", str(tmp_path / where))

    assert refused.returncode == 2
    assert str(tmp_path / where) in refused.stderr
    assert "Traceback" not in refused.stderr
    assert kept.read_text() == "of somebody else"
