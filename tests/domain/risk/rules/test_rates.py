"""Shares with their intervals."""

from decimal import Decimal

import pytest

from tongguan.domain.risk.rules.rates import verdict, wilson


@pytest.mark.parametrize(
    ("found", "of", "expected"),
    [
        # Newcombe 1998, Statistics in Medicine 17: table I, method 3.
        (81, 263, ("0.3080", "0.2553", "0.3662")),
        (15, 148, ("0.1014", "0.0624", "0.1605")),
        (0, 20, ("0.0000", "0.0000", "0.1611")),
        (1, 29, ("0.0345", "0.0061", "0.1718")),
        (29, 29, ("1.0000", "0.8830", "1.0000")),
    ],
)
def test_the_interval_is_the_published_one(
    found: int, of: int, expected: tuple[str, str, str]
) -> None:
    interval = wilson(found, of)

    assert interval is not None
    assert tuple(map(str, interval)) == expected


def test_of_nothing_nothing_is_known() -> None:
    assert wilson(0, 0) is None


def test_only_a_difference_beyond_the_interval_counts() -> None:
    own = wilson(15, 148)

    assert own is not None
    assert verdict(own, Decimal("0.03")) == 1
    assert verdict(own, Decimal("0.10")) == 0
    assert verdict(own, Decimal("0.30")) == -1
    assert verdict(own, None) == 0
