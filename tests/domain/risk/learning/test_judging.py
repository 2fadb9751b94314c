"""A model is judged on later rows, beside a bare look-up, and on rows nobody saw before."""

import random
from dataclasses import replace
from math import isnan
from pathlib import Path

import numpy as np
import pytest

from tongguan.domain.risk.rules.learning.columns import KCS, read_columns
from tongguan.domain.risk.rules.learning.judging import (
    LookUp,
    Truth,
    blind,
    evaluate,
    intervals,
    judge,
)
from tongguan.domain.risk.rules.learning.reading import read_labelled
from tongguan.kernel.problems import ProblemError

from .rows import write


def test_the_first_rows_by_score_are_counted_exactly() -> None:
    truth = Truth(np.array([1.0, 0.0, 1.0, 0.0] * 25), np.array([2.0] * 100))
    scores = np.array([0.9, 0.1, 0.8, 0.2] * 25)

    told = judge(truth, scores)

    assert told["precision@10%"] == 1.0
    assert told["recall@10%"] == 0.2
    assert told["revenue@10%"] == 0.2
    assert told["auc"] == 1.0


def test_what_cannot_be_told_is_no_number() -> None:
    told = judge(Truth(np.zeros(10), np.zeros(10)), np.arange(10.0))

    assert told["precision@10%"] == 0.0
    assert all(isnan(told[name]) for name in ("recall@10%", "revenue@10%", "auc"))


def test_rows_of_one_combination_do_not_make_an_interval_narrower() -> None:
    dice = random.Random(1)
    label = np.array([float(dice.random() < 0.3) for _ in range(60)])
    scores = np.array([dice.random() for _ in range(60)])
    once = [((str(at),),) for at in range(60)]

    alone = intervals(Truth(label, label), scores, once, seed=1)
    tenfold = intervals(
        Truth(np.repeat(label, 10), np.repeat(label, 10)), np.repeat(scores, 10), once * 10, seed=1
    )
    repeated = intervals(
        Truth(np.tile(label, 10), np.tile(label, 10)), np.tile(scores, 10), once * 10, seed=1
    )

    assert repeated["auc"] == pytest.approx(alone["auc"], abs=0.02)
    assert tenfold["auc"][1] - tenfold["auc"][0] < repeated["auc"][1] - repeated["auc"][0]


def test_a_pattern_of_the_past_is_found_in_rows_never_seen_before(tmp_path: Path) -> None:
    train = read_labelled([write(tmp_path / "a.csv", 900, year=2024, seed=1)], KCS)
    test = read_labelled([write(tmp_path / "b.csv", 300, year=2025, seed=2)], KCS)

    told = evaluate(train, test, seeds=(1, 2))

    assert (told["rows"], told["seeds"]) == (300, 2)
    unseen = told["unseen"]
    assert unseen["auc"] > 0.7
    assert unseen["lookup"]["auc"] == 0.5
    low, high = unseen["intervals"]["auc"]
    assert low < unseen["auc"] < high
    assert 0 < unseen["once"]["rows"] < unseen["rows"] < 300


def test_goods_are_unseen_by_the_columns_that_are_named(tmp_path: Path) -> None:
    by = ("Importer ID",)
    later = write(tmp_path / "b.csv", 100, year=2025, seed=2, importers=("P", "Q"))
    train = read_labelled([write(tmp_path / "a.csv", 400, year=2024, seed=1)], KCS, unseen_by=by)
    test = read_labelled([later], KCS, unseen_by=by)

    told = evaluate(train, test, seeds=(1,))

    assert told["unseen"]["rows"] == later.read_text().count(",Q,")
    assert told["unseen"]["once"]["rows"] == 1
    assert told["unseen"]["lookup"]["auc"] > 0.5


def test_what_was_found_in_tested_rows_is_known_to_none_of_them(tmp_path: Path) -> None:
    train = read_labelled([write(tmp_path / "a.csv", 60, year=2024, seed=1)], KCS).examples
    test = read_labelled([write(tmp_path / "b.csv", 60, year=2025, seed=2)], KCS).examples
    turned = [replace(one, found=not one.found) for one in test]

    lessons, cases = blind(train, test)
    _, others = blind(train, turned)

    assert [one.facts for one in cases] == [one.facts for one in others]
    assert [one.found for one in cases] == [one.found for one in test]
    known = sum(bool(one.found) for one in train)
    assert {one.facts.findings for one in cases} <= {known, *range(known)}
    assert max(one.facts.findings or 0 for one in cases) > 0
    assert [one.facts.trader_90 for one in cases] != [one.facts.trader_90 for one in test]
    assert len(lessons) == len(train)


def test_of_a_declaration_the_worst_line_is_looked_up(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("wrong,hs,day,entry\n0,1,2025-01-01,7\n1,2,2025-01-01,8\n0,1,2025-01-01,9\n")
    (tmp_path / "m.toml").write_text(
        'date = "day"\nlabel = "wrong"\ngoods = "hs"\nnumber = "entry"\n'
    )
    columns = read_columns(str(tmp_path / "m.toml"))
    look_up = LookUp(read_labelled([path], columns))

    scores = look_up.score([(("1",), ("2",)), (("1",),), (("3",),)])

    assert scores.tolist() == [1.0, 0.0, pytest.approx(1 / 3)]


def test_too_few_different_goods_are_not_learned_from(tmp_path: Path) -> None:
    rows = read_labelled([write(tmp_path / "a.csv", 40, year=2024, seed=1)], KCS)

    with pytest.raises(ProblemError, match="RSK-067"):
        evaluate(rows, rows, seeds=(1,))
