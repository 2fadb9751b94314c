"""Effects are worked out together: what moves the rate is found, and no group claims another's."""

import numpy as np
import pytest

from tongguan.domain.risk.rules.learning.effects import (
    CAUTION,
    Spread,
    parts_of_effects,
    spread_of,
)
from tongguan.domain.risk.rules.learning.sheets import Codes, Floats

ROWS = 4_000


@pytest.fixture(scope="module")
def rows() -> tuple[Codes, Floats]:
    """Rows in which one of three groupings moves the rate; the second mostly goes with it."""
    dice = np.random.default_rng(1)
    moving = dice.integers(0, 40, ROWS)
    beside = np.where(dice.random(ROWS) < 0.7, moving, dice.integers(0, 40, ROWS))
    other = dice.integers(0, 200, ROWS)
    rate = np.where(moving < 8, 0.7, 0.1)
    keys = np.column_stack((moving, beside, other)).astype(np.uint64) + np.uint64(1)
    return keys, (dice.random(ROWS) < rate).astype(float)


def test_the_grouping_that_moves_the_rate_accounts_for_it(rows: tuple[Codes, Floats]) -> None:
    spread = spread_of(*rows, seed=1)

    moving, beside, other = spread.groupings
    assert moving > 3 * beside
    assert moving > 3 * other
    assert 0 < spread.chance < rows[1].var()


def test_what_rows_add_makes_up_effects_that_tell_findings_from_none(
    rows: tuple[Codes, Floats],
) -> None:
    keys, found = rows

    parts = parts_of_effects(keys, found, spread_of(keys, found, seed=1))

    of_moving = np.bincount(keys[:, 0].astype(int), parts[:, 0])[1:]
    assert of_moving[:8].min() > 0.3
    assert of_moving[8:].max() < 0.1


def test_parts_are_what_the_equations_of_the_mixed_model_say(rows: tuple[Codes, Floats]) -> None:
    keys, found = rows[0][:300], rows[1][:300]
    spread = Spread(np.array([0.05, 0.01, 0.002]), 0.08)

    parts = parts_of_effects(keys, found, spread)

    same = keys[:, None, :] == keys[None, :, :]
    wide = same @ spread.groupings + CAUTION * spread.chance * np.eye(300)
    pulls = np.linalg.solve(wide, found - found.mean())
    assert parts == pytest.approx(pulls[:, None] * spread.groupings, abs=2e-3)


def test_the_same_seed_finds_the_same_spread(rows: tuple[Codes, Floats]) -> None:
    one, same, other = (spread_of(*rows, seed=seed).groupings.tolist() for seed in (5, 5, 6))

    assert one == same != other
