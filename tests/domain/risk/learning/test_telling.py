"""What moved a score is told in the words of the trade."""

import math

import pytest

from tongguan.domain.risk.aspects import Aspect
from tongguan.domain.risk.rules.learning.groups import EFFECTS, FEATURES
from tongguan.domain.risk.rules.learning.telling import REPEATS, aspect_of, aspects
from tongguan.domain.risk.values import Contribution


@pytest.mark.parametrize("number", [math.nan, -1.0, 0.0, 2.0])
@pytest.mark.parametrize("amount", [-0.5, 0.5])
def test_every_feature_has_words(amount: float, number: float) -> None:
    told = {aspect_of(feature, amount, number) for feature in (*FEATURES, *EFFECTS, REPEATS)}

    assert all(" " in one.label for one in told)


@pytest.mark.parametrize(
    ("feature", "amount", "number", "aspect"),
    [
        ("price of goods: apart", 0.4, -2.0, Aspect.PRICE_LOW),
        ("price of goods: apart", 0.4, 2.0, Aspect.PRICE_HIGH),
        ("price_ratio", 0.4, 0.5, Aspect.PRICE_LOW),
        ("price of trader: apart", -0.4, 0.3, Aspect.OWN_PRICE_HIGH),
        ("goods: rate", 0.4, 0.3, Aspect.GOODS_WRONG),
        ("goods: rate", -0.4, 0.3, Aspect.GOODS_RIGHT),
        ("first_partner", 0.4, 1.0, Aspect.NEWCOMER),
        ("first_partner", -0.4, 0.0, Aspect.KNOWN),
        ("goods: looked at", 0.4, 0.0, Aspect.SELDOM),
        ("price_ratio", 0.4, math.nan, Aspect.MISSING),
        ("relationship", 0.4, 1.0, Aspect.CONFIRMED),
    ],
)
def test_a_feature_is_told_by_its_number_and_by_what_it_moved(
    feature: str, amount: float, number: float, aspect: Aspect
) -> None:
    assert aspect_of(feature, amount, number) is aspect


def test_features_of_one_aspect_are_told_together_strongest_first() -> None:
    moved = [
        ("price from: apart", 0.3, -1.0),
        ("price of goods: apart", 0.4, -2.0),
        ("findings", -0.5, 0.0),
        ("rate", 0.0, 1.0),
    ]

    assert aspects(moved) == [(Aspect.PRICE_LOW, 0.7), (Aspect.TRADER_RIGHT, -0.5)]


def test_an_aspect_that_is_no_longer_known_is_told_by_its_code() -> None:
    assert Contribution("moon", 1.0).words == "moon"
    assert Contribution("price_low", 1.0).words == Aspect.PRICE_LOW.label
