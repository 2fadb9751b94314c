"""`tongguan draws`: what was promised before a day, opened and exported after it."""

import json
from datetime import UTC, datetime, timedelta

from tests.interfaces.cli.conftest import House, Run
from tests.interfaces.cli.people import PASSWORD, admit, signed

TODAY = datetime.now(UTC) + timedelta(hours=8)


def test_what_is_promised_today_is_exported_shut_and_cannot_be_opened_yet(
    house: House, tongguan: Run
) -> None:
    admit(house, jiang="AUDITOR")
    day = f"{TODAY:%Y-%m-%d}"
    promised = tongguan("draws", "publish")
    opened = tongguan("draws", "open", day, *signed("jiang"), text=PASSWORD)
    exported = tongguan("draws", "export", day)

    assert promised.returncode == 0
    assert opened.returncode == 1
    assert "RSK-010" in opened.stderr
    found = json.loads(exported.stdout)
    assert (found["day"], found["seed"]["seed"]) == (day, None)
    assert [one["criteria"] for one in found["sets"]] == [[]]


def test_seeds_are_opened_and_given_up_by_an_auditor_who_signs_in(
    house: House, tongguan: Run
) -> None:
    admit(house, jiang="AUDITOR", shen="REVIEWER")
    give_up, day = ("draws", "give-up", "--why", "by mistake"), f"{TODAY:%Y-%m-%d}"
    tongguan("draws", "publish")

    nobody = [tongguan(*give_up), tongguan("draws", "open", day)]
    guessed = tongguan(*give_up, *signed("jiang"), text="not the password\n")
    others = [
        tongguan(*line, *signed("shen"), text=PASSWORD)
        for line in (give_up, ("draws", "open", day))
    ]
    done = tongguan(*give_up, *signed("jiang"), text=PASSWORD)

    assert [one.returncode for one in nobody] == [2, 2]
    assert guessed.stderr.startswith("ACC-017 ")
    assert [one.stderr[:8] for one in others] == ["ACC-001 ", "ACC-001 "]
    assert (done.returncode, done.stdout) == (0, "Given up: 0\n")


def test_a_number_nobody_was_given_cannot_be_recomputed(tongguan: Run) -> None:
    found = tongguan("draws", "recompute", "012820261000000001", "--json")

    assert found.returncode == 1
    assert json.loads(found.stdout) == {
        "number": "012820261000000001",
        "same": False,
        "missing": "selection",
    }
    assert "Nothing was selected" in tongguan("draws", "recompute", "0128").stderr
