"""Sharing costs over lines."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongguan.domain.revenue.rules.customs_value import apportion

AMOUNTS = st.decimals(-(10**7), 10**7, places=4)
WEIGHTS = st.lists(st.decimals(0, 10**8, places=4), min_size=1, max_size=60)


def test_the_rest_of_a_shared_cost_falls_on_the_last_line() -> None:
    shares = apportion(Decimal("100.00"), [Decimal(1), Decimal(1), Decimal(1)])

    assert shares == [Decimal("33.33"), Decimal("33.33"), Decimal("33.34")]


def test_lines_without_a_price_leave_the_cost_to_the_last() -> None:
    assert apportion(Decimal(7), [Decimal(0), Decimal(0)]) == [Decimal(0), Decimal(7)]


@pytest.mark.parametrize("weights", [[Decimal(5)], [Decimal(0)]])
def test_one_line_bears_the_whole_cost_unrounded(weights: list[Decimal]) -> None:
    assert apportion(Decimal("37764.138"), weights) == [Decimal("37764.138")]


@given(costs=AMOUNTS, weights=WEIGHTS)
def test_shares_always_add_up_to_the_cost(costs: Decimal, weights: list[Decimal]) -> None:
    shares = apportion(costs, weights)

    assert sum(shares) == costs
    assert len(shares) == len(weights)
