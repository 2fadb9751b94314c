"""`tongguan risk train` and `approve`: learned from a file, put to use by two people."""

import csv
import json
import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.interfaces.cli.conftest import House, Run
from tests.interfaces.cli.people import PASSWORD, admit, signed
from tongguan.domain.risk.rules.learning.columns import KCS


@pytest.fixture
def analysts(house: House) -> None:
    """Two analysts, chu and wei."""
    admit(house, chu="RISK_ANALYST", wei="RISK_ANALYST")


def rows(path: Path, count: int) -> Path:
    """Write invented rows in which goods of chapter 62 are mostly at fault."""
    dice = random.Random(1)
    with path.open("w", newline="") as text:
        writer = csv.DictWriter(text, [KCS.day, *KCS.facts.values(), KCS.label])
        writer.writeheader()
        for place in range(count):
            goods = dice.choice(("620342", "847130", "870323"))
            told = {column: dice.choice("123456789") for column in KCS.facts.values()}
            told |= {"HS6 Code": goods, "Net Mass": str(dice.randrange(1, 9_000))}
            told[KCS.day] = str(date(2025, 1, 1) + timedelta(days=365 * place // count))
            wrong = dice.random() < (0.8 if goods == "620342" else 0.05)
            writer.writerow({**told, KCS.label: int(wrong)})
    return path


@pytest.mark.slow
@pytest.mark.usefixtures("analysts")
def test_one_trains_another_approves(tongguan: Run, tmp_path: Path) -> None:
    file = str(rows(tmp_path / "a.csv", 1_200))

    learned = tongguan("risk", "train", "--train", file, *signed("chu"), "--json", text=PASSWORD)
    alone = tongguan("risk", "approve", "1", *signed("chu"), text=PASSWORD)
    guessed = tongguan("risk", "approve", "1", *signed("wei"), text="not the password\n")
    unasked = tongguan("risk", "approve", "1", "--by", "wei")
    done = tongguan("risk", "approve", "1", *signed("wei"), text=PASSWORD)

    seen = tongguan("risk", "watch", "--by", "wei", "--json")

    assert json.loads(seen.stdout) == {"days": [], "groups": []}
    card = json.loads(learned.stdout)
    assert (card["id"], card["version"], card["metrics"]["judged on"]) == (1, 1, 240)
    assert card["metrics"]["auc"] > 0.8
    assert alone.returncode == 1
    assert "RSK-002" in alone.stderr
    assert guessed.returncode == 1
    assert guessed.stderr.startswith("ACC-017 The password")
    assert unasked.returncode == 2
    assert "--password-stdin" in unasked.stderr
    assert done.stdout == "Model 1 is in use.\n"


@pytest.mark.slow
@pytest.mark.usefixtures("analysts")
def test_what_cannot_be_learned_from_is_told(tongguan: Run, tmp_path: Path) -> None:
    file = str(rows(tmp_path / "a.csv", 100))

    little = tongguan("risk", "train", "--train", file, *signed("chu"), text=PASSWORD)
    empty = tongguan("risk", "train", *signed("chu"), "--from", "2025-01-01", text=PASSWORD)
    nobody = tongguan("risk", "train", "--train", file, "--by", "nobody")

    assert little.returncode == empty.returncode == 1
    assert little.stderr.startswith("RSK-031 Of 100 declarations 100 were looked at")
    assert empty.stderr.startswith("RSK-031 Of 0 declarations")
    assert nobody.returncode == 2
    assert "No account is called nobody" in nobody.stderr
