"""A model is judged on later rows, beside a bare look-up, and on rows nobody saw before."""

import csv
import random
from pathlib import Path

import numpy as np
import pytest

from tongguan.domain.risk.rules.learning.encoding import NAMES, learned
from tongguan.domain.risk.rules.learning.judging import Truth, evaluate, judge
from tongguan.domain.risk.rules.learning.rows import KCS, RowsError, read_rows

HEAD = (*KCS.identity, KCS.date, KCS.price, KCS.label)


def write(path: Path, count: int, *, year: int, seed: int) -> Path:
    """Write invented rows in which goods of chapter 62 from one country are mostly at fault."""
    dice = random.Random(seed)
    with path.open("w", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(HEAD)
        for place in range(count):
            goods, origin = dice.choice(("620342", "847130", "870323")), dice.choice(("CN", "DE"))
            wrong = dice.random() < (0.8 if (goods, origin) == ("620342", "CN") else 0.05)
            day = f"{year}-{place * 12 // count + 1:02d}-01"
            row = (goods, "CN", origin, "8.0", "A", dice.randrange(1, 400), day, 1000, int(wrong))
            writer.writerow(row)
    return path


def test_the_first_rows_by_score_are_counted_exactly() -> None:
    truth = Truth(np.array([1.0, 0.0, 1.0, 0.0] * 25), np.array([2.0] * 100))
    scores = np.array([0.9, 0.1, 0.8, 0.2] * 25)

    told = judge(truth, scores)

    assert told["precision@10%"] == 1.0
    assert told["recall@10%"] == 0.2
    assert told["revenue@10%"] == 0.2
    assert told["auc"] == 1.0


def test_a_pattern_of_the_past_is_found_in_rows_never_seen_before(tmp_path: Path) -> None:
    train = read_rows([write(tmp_path / "a.csv", 900, year=2024, seed=1)], KCS, label="fraud")
    test = read_rows([write(tmp_path / "b.csv", 300, year=2025, seed=2)], KCS, label="fraud")

    told = evaluate(train, test, seeds=(1,))

    assert told["rows"] == 300
    assert told["unseen"]["auc"] > 0.7
    low, high = told["unseen"]["intervals"]["auc"]
    assert low < told["unseen"]["auc"] < high


def test_a_row_is_encoded_before_its_own_label_is_known(tmp_path: Path) -> None:
    rows = read_rows([write(tmp_path / "a.csv", 50, year=2024, seed=1)], KCS, label="fraud")

    _, table, _ = learned(rows)

    assert table.shape[1] == len(NAMES)
    rate = table[0, NAMES.index("goods: rate of labels")]
    assert rate == pytest.approx(0.2)


def test_a_file_without_a_column_is_refused_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Date,Fraud\n2024-01-01,1\n")

    with pytest.raises(RowsError, match=r"no column .*HS6 Code"):
        read_rows([path], KCS, label="fraud")


def test_a_number_that_is_none_is_told_with_its_row(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 3, year=2024, seed=1)
    path.write_text(path.read_text().replace(",1000,", ",much,", 1))

    with pytest.raises(RowsError, match="row 2"):
        read_rows([path], KCS, label="fraud")
