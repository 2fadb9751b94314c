"""How far declarations have moved from those before."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from tests.domain.risk.examples import PUMP, SAMPLE, WINE
from tongguan.domain.risk.rules.backtesting.drift import Codes, Features, Numbers


def numbers(seed: int, centre: float = 0.0) -> list[float]:
    dice = random.Random(seed)
    return [dice.gauss(centre, 1) for _ in range(2_000)]


def test_the_same_distribution_drawn_again_has_hardly_moved() -> None:
    assert Numbers(numbers(1)).psi(numbers(2)) < 0.02


@pytest.mark.parametrize(("centre", "least", "most"), [(0.5, 0.2, 0.32), (1.0, 0.8, 1.3)])
def test_the_index_of_a_shifted_normal_is_about_the_square_of_the_shift(
    centre: float, least: float, most: float
) -> None:
    assert least < Numbers(numbers(1)).psi(numbers(2, centre)) < most


def test_a_code_that_was_never_seen_counts_as_another() -> None:
    before = Codes(["a"] * 50 + ["b"] * 50)

    assert before.psi(["a", "b"] * 50) == pytest.approx(0, abs=1e-3)
    assert before.psi(["c"] * 100) > 5


@given(st.lists(st.floats(-5, 5), max_size=40), st.lists(st.floats(-5, 5), max_size=40))
def test_the_index_is_never_below_nothing_and_always_a_number(
    before: list[float], now: list[float]
) -> None:
    assert 0 <= Numbers(before).psi(now) < 100


def test_the_feature_that_moved_furthest_is_told_first() -> None:
    wine = structs.replace(SAMPLE, lines=(WINE,))
    pumps = structs.replace(SAMPLE, lines=(PUMP,))

    found = Features([wine] * 150 + [pumps] * 150).psi([pumps] * 200)

    assert next(iter(found)) in {"line.commodity", "line.origin", "line.value_per_kg"}
    assert found["line.commodity"] > 0.25
    assert found["mode"] == pytest.approx(0, abs=1e-3)
    assert "supervision" not in found  # nobody declared it
