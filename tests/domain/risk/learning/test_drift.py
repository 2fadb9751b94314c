"""How far numbers have moved from those that were learned from."""

import math

import numpy as np
import pytest

from tongguan.domain.risk.rules.learning.drift import distribution, stability


def test_numbers_spread_as_before_have_not_moved() -> None:
    usual = distribution(np.arange(1000.0))

    assert stability(usual, np.arange(0.5, 1000, 2)) == pytest.approx(0, abs=1e-3)


def test_numbers_that_doubled_have_moved_much() -> None:
    usual = distribution(np.arange(1000.0))

    assert stability(usual, np.arange(1000.0) * 2) > 0.25


def test_facts_that_are_left_out_more_often_have_moved() -> None:
    numbers = np.array([1.0] * 50 + [0.0] * 50)
    usual = distribution(numbers)

    assert usual.edges == (0.0, 1.0)
    assert stability(usual, numbers) == 0
    assert stability(usual, np.where(np.arange(100) < 40, math.nan, numbers)) > 0.25


def test_a_fact_that_nobody_states_has_not_moved_while_nobody_does() -> None:
    missing = np.full(10, math.nan)

    assert stability(distribution(missing), missing) == 0
