"""`tongguan draws`: what was promised before a day, opened and exported after it."""

import json
from datetime import UTC, datetime, timedelta

from tests.interfaces.cli.conftest import Run

TODAY = datetime.now(UTC) + timedelta(hours=8)


def test_what_is_promised_today_is_exported_shut_and_cannot_be_opened_yet(tongguan: Run) -> None:
    day = f"{TODAY:%Y-%m-%d}"
    promised = tongguan("draws", "publish")
    opened = tongguan("draws", "open", day)
    exported = tongguan("draws", "export", day)

    assert promised.returncode == 0
    assert opened.returncode == 1
    assert "RSK-010" in opened.stderr
    found = json.loads(exported.stdout)
    assert (found["day"], found["seed"]["seed"]) == (day, None)
    assert [one["criteria"] for one in found["sets"]] == [[]]


def test_a_number_nobody_was_given_cannot_be_recomputed(tongguan: Run) -> None:
    found = tongguan("draws", "recompute", "012820261000000001", "--json")

    assert found.returncode == 1
    assert json.loads(found.stdout) == {
        "number": "012820261000000001",
        "same": False,
        "missing": "selection",
    }
    assert "Nothing was selected" in tongguan("draws", "recompute", "0128").stderr
