"""Sharing costs over lines."""

from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongguan.domain.revenue.rules.customs_value import apportion

AMOUNTS = st.decimals(-(10**7), 10**7, places=4)
WEIGHTS = st.lists(st.decimals(0, 10**8, places=4), min_size=1, max_size=60)
FEN = Decimal("0.01")


def test_the_odd_fen_of_a_shared_cost_goes_to_the_largest_remainder() -> None:
    shares = apportion(Decimal("100.00"), [Decimal(1), Decimal(2), Decimal(3)])

    assert shares == [Decimal("16.67"), Decimal("33.33"), Decimal("50.00")]


def test_of_equal_lines_the_one_whose_content_sorts_first_takes_the_odd_fen() -> None:
    shares = apportion(Decimal("0.02"), [Decimal(1)] * 3, [b"c", b"a", b"b"])

    assert shares == [Decimal("0.00"), FEN, FEN]


def test_lines_without_a_price_share_the_cost_equally() -> None:
    assert apportion(Decimal(7), [Decimal(0), Decimal(0)]) == [Decimal("3.50"), Decimal("3.50")]


def test_a_line_without_a_price_bears_nothing_beside_others() -> None:
    assert apportion(Decimal("7.0001"), [Decimal(0), Decimal(3)]) == [0, Decimal("7.0001")]


@pytest.mark.parametrize("weights", [[Decimal(5)], [Decimal(0)]])
def test_one_line_bears_the_whole_cost_unrounded(weights: list[Decimal]) -> None:
    assert apportion(Decimal("37764.138"), weights) == [Decimal("37764.138")]


def test_half_a_fen_for_each_of_many_lines_takes_no_line_below_zero() -> None:
    shares = apportion(Decimal("5.01"), [Decimal(100)] * 999)

    assert sum(shares) == Decimal("5.01")
    assert set(shares) == {Decimal(0), FEN}


@given(costs=AMOUNTS, weights=WEIGHTS)
def test_shares_add_up_and_none_is_more_than_a_fen_off_or_of_another_sign(
    costs: Decimal, weights: list[Decimal]
) -> None:
    shares = apportion(costs, weights)

    assert sum(shares) == costs
    assert len(shares) == len(weights)
    assert all(share * costs >= 0 for share in shares)
    whole = sum(map(Fraction, weights))
    for share, weight in zip(shares, weights, strict=True):
        exact = Fraction(weight) / whole if whole else Fraction(1, len(weights))
        assert abs(Fraction(share) - Fraction(costs) * exact) <= Fraction(FEN)


@given(costs=AMOUNTS, weights=WEIGHTS, seed=st.integers())
def test_lines_in_another_order_bear_the_same(
    costs: Decimal, weights: list[Decimal], seed: int
) -> None:
    lines = [(weight, str(at).encode()) for at, weight in enumerate(weights)]
    mixed = Random(seed).sample(lines, len(lines))

    straight = apportion(costs, weights, [content for _, content in lines])
    other = apportion(costs, [weight for weight, _ in mixed], [content for _, content in mixed])

    of_content = dict(zip((content for _, content in mixed), other, strict=True))
    assert [of_content[content] for _, content in lines] == straight
