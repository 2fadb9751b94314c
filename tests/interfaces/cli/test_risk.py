"""The command line judges a model on labelled rows of any file, and refuses in words."""

import csv
import random
from pathlib import Path

import pytest
from msgspec import json

from .conftest import Run

SHARES = [
    f"{what}@{share}%" for share in (1, 2, 5, 10) for what in ("precision", "recall", "revenue")
]
MAPPING = """
date = "day"
label = "wrong"
goods = "hs"
origin = "from"
mass = "kg"
"""


def write(path: Path, count: int, *, year: int, seed: int) -> Path:
    """Write invented rows in which one kind of goods from one country is mostly at fault."""
    dice = random.Random(seed)
    with path.open("w", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(("hs", "from", "kg", "day", "wrong"))
        for place in range(count):
            goods, origin = dice.choice(("620342", "847130")), dice.choice(("CN", "DE"))
            wrong = dice.random() < (0.8 if (goods, origin) == ("620342", "CN") else 0.05)
            day = f"{year}-{place * 12 // count + 1:02d}-01"
            writer.writerow((goods, origin, dice.randrange(1, 300), day, int(wrong)))
    return path


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, ...]:
    """Options that name rows to learn from, later ones and their mapping."""
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(MAPPING)
    first = write(tmp_path / "a.csv", 300, year=2024, seed=1)
    second = write(tmp_path / "b.csv", 100, year=2024, seed=2)
    test = write(tmp_path / "test.csv", 120, year=2025, seed=3)
    learnt = ("--train", str(first), "--train", str(second))
    return (*learnt, "--test", str(test), "--mapping", str(mapping))


def test_a_model_is_judged_beside_a_look_up_and_on_unseen_rows(
    tongguan: Run, files: tuple[str, ...]
) -> None:
    result = tongguan("risk", "evaluate", *files, "--label", "WRONG", "--json")

    assert (result.returncode, result.stderr) == (0, "")
    told = json.decode(result.stdout)
    assert set(told) == {
        *SHARES, "auc", "rows", "seeds", "seconds", "lookup", "unseen", "intervals",
    }  # fmt: skip
    assert (told["rows"], told["seeds"]) == (120, 5)
    assert set(told["lookup"]) == {*SHARES, "auc"}
    unseen = told["unseen"]
    assert set(unseen) == {*SHARES, "auc", "rows", "intervals", "lookup", "once"}
    assert 0 < unseen["once"]["rows"] <= unseen["rows"] < 120
    assert unseen["auc"] > 0.7
    assert told["revenue@5%"] is None


def test_the_table_shows_all_rows_the_look_up_and_unseen_rows(
    tongguan: Run, files: tuple[str, ...]
) -> None:
    result = tongguan("risk", "evaluate", *files, "--unseen-by", "hs, from, kg")

    assert (result.returncode, result.stderr) == (0, "")
    head, *lines = result.stdout.splitlines()
    assert head.split() == ["all", "rows", "look-up", "unseen", "rows", "each", "once"]
    assert [line.split()[0] for line in lines] == [*SHARES, "auc"]


@pytest.mark.parametrize(
    ("name", "text", "code", "place"),
    [
        ("test.csv", "hs,from,kg,wrong\n", "RSK-063", "day"),
        ("test.csv", "hs,from,kg,day,wrong\n1,CN,heavy,2025-01-01,0\n", "RSK-064", "row 2"),
        ("test.csv", "hs,from,kg,day,wrong\n1,CN,5,today,0\n", "RSK-065", "row 2"),
        ("test.csv", "hs,from,kg,day,wrong\n1,CN,5,2025-01-01,0\n", "RSK-066", "test.csv"),
        ("test.csv", "", "RSK-063", "day"),
        ("mapping.toml", MAPPING + 'colour = "c"\n', "RSK-062", "colour"),
        ("mapping.toml", "[[", "RSK-062", "mapping.toml"),
    ],
)
def test_what_cannot_be_judged_is_refused_with_place_and_remedy(
    tongguan: Run,
    files: tuple[str, ...],
    tmp_path: Path,
    name: str,
    text: str,
    code: str,
    place: str,
) -> None:
    (tmp_path / name).write_text(text)

    result = tongguan("risk", "evaluate", *files, "--json")

    assert (result.returncode, result.stdout) == (2, "")
    [line] = result.stderr.splitlines()
    assert line.startswith(f"{code} ")
    assert place in line


def test_too_little_to_learn_from_is_refused_in_both_languages(
    tongguan: Run, files: tuple[str, ...], tmp_path: Path
) -> None:
    for name in ("a.csv", "b.csv"):
        write(tmp_path / name, 30, year=2024, seed=1)

    english = tongguan("risk", "evaluate", *files)
    chinese = tongguan("--lang", "zh-hans", "risk", "evaluate", *files)

    assert (english.returncode, chinese.returncode) == (2, 2)
    assert english.stderr.startswith("RSK-067 The rows to learn from hold ")
    assert "RSK-067 用于学习的数据" in chinese.stderr


def test_a_file_that_is_not_there_is_a_wrong_use(tongguan: Run, files: tuple[str, ...]) -> None:
    result = tongguan("risk", "evaluate", *files, "--train", "none.csv")

    assert result.returncode == 2
    assert "none.csv" in result.stderr
    assert "Traceback" not in result.stderr
