"""What is learned from looks as rows do that nobody has seen: no line knows its own label."""

import numpy as np
import pytest

from tongguan.domain.risk.rules.learning.effects import Effects
from tongguan.domain.risk.rules.learning.encoding import NAMES, Encoder, first_seen, learned
from tongguan.domain.risk.rules.learning.goods import Goods, Known
from tongguan.domain.risk.rules.learning.rows import KCS, Floats, Rows, read_rows

from .rows import write


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    path = tmp_path_factory.mktemp("rows") / "a.csv"
    return read_rows([write(path, 600, year=2024, seed=1)], KCS)


@pytest.fixture(scope="module")
def lines(rows: Rows) -> tuple[Known, Floats]:
    firsts = sorted(first_seen(rows).values())
    known = Known(rows, np.array([at for at, _ in firsts], dtype=np.int64))
    return known, np.array([label for _, label in firsts])


def test_a_combination_is_learned_from_once(rows: Rows) -> None:
    found = first_seen(rows)

    assert len(found) == len(set(rows.identity)) < len(rows)
    key, (at, mean) = next(iter(found.items()))
    assert (at, key) == (0, rows.identity[0])
    same = [label for one, label in zip(rows.identity, rows.label, strict=True) if one == key]
    assert mean == sum(same) / len(same)


def test_no_line_is_encoded_with_its_own_label(lines: tuple[Known, Floats]) -> None:
    goods, labels = lines[0].lines, lines[1]
    changed = labels.copy()
    changed[7] = 1 - changed[7]

    before, after = learned(goods, labels, seed=3), learned(goods, changed, seed=3)

    assert (before[7] == after[7]).all()
    assert (before != after).any()


def test_a_rate_is_drawn_towards_that_of_the_wider_group() -> None:
    few = _goods(["620342"] * 2 + ["620343"] * 6)
    table = Encoder(few, np.array([1.0, 1, 0, 0, 0, 0, 0, 0])).encode(few)

    chapter = (2 + 8 * 3 / 13) / 16
    assert table[0, NAMES.index("chapter: rate of findings")] == pytest.approx(chapter)
    heading = (2 + 8 * chapter) / 16
    goods = (2 + 8 * heading) / 10
    assert table[0, NAMES.index("goods: rate of findings")] == pytest.approx(goods)
    assert table[0, NAMES.index("goods: lines")] == pytest.approx(np.log(3))
    assert table[0, NAMES.index("goods of heading")] == 0.25


def test_of_goods_never_seen_only_wider_groups_tell(
    rows: Rows, lines: tuple[Known, Floats]
) -> None:
    known, labels = lines
    other = Rows(
        ("999999",), ("XX",), ("YY",), ("3",), ("Z",), np.array([5.0]), np.zeros(1), np.zeros(1),
        (("new",),), (("new",),),
    )  # fmt: skip
    goods = known.describe(other, np.zeros(1, dtype=np.int64))

    table = Encoder(known.lines, labels).encode(goods)

    base = (labels.sum() + 1) / (len(labels) + 5)
    assert table[0, NAMES.index("goods: rate of findings")] == pytest.approx(base)
    assert table[0, NAMES.index("nearest mass of goods: label")] == -1
    assert table.shape == (1, len(NAMES))


def test_a_line_is_described_alike_whether_learned_from_or_not(
    rows: Rows,
) -> None:
    place = np.array([0], dtype=np.int64)
    without = Known(rows, np.arange(1, len(rows), dtype=np.int64))

    own, other = (
        Known(rows, np.arange(len(rows), dtype=np.int64)).lines,
        without.describe(rows, place),
    )

    assert own.ceiling[0] == other.ceiling[0]
    assert own.rates[0] == other.rates[0]
    assert own.codes["goods"][0] == other.codes["goods"][0]


def test_effects_that_move_the_rate_are_found_and_the_others_fade(
    lines: tuple[Known, Floats],
) -> None:
    goods, labels = lines[0].lines, lines[1]

    effects = Effects(goods, labels, seed=1)

    scores = effects.score(goods)
    at_fault = goods.keys(("goods", "origin")) == goods.keys(("goods", "origin"))[labels.argmax()]
    assert scores[at_fault].mean() > 3 * scores[~at_fault].mean()
    assert effects.variances["departure"] < effects.variances["goods origin"]


def test_the_same_seed_learns_the_same_effects(lines: tuple[Known, Floats]) -> None:
    goods, labels = lines[0].lines, lines[1]

    one, other = (Effects(goods, labels, seed=5).score(goods) for _ in range(2))

    assert (one == other).all()


def _goods(codes: list[str]) -> Goods:
    count = len(codes)
    rows = Rows(
        tuple(codes), ("CN",) * count, ("CN",) * count, ("8",) * count, ("A",) * count,
        np.linspace(1.0, count, count), np.zeros(count), np.zeros(count),
        tuple((str(at),) for at in range(count)), (("",),) * count,
    )  # fmt: skip
    return Known(rows, np.arange(count, dtype=np.int64)).lines
