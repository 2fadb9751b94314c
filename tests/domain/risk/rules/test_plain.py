"""What each operator means."""

from decimal import Decimal

import pytest

from tests.domain.risk.examples import SAMPLE, profile, when
from tongguan.domain.risk.criteria import Condition
from tongguan.domain.risk.facts import Fact
from tongguan.domain.risk.rules.plain import holds, meets


@pytest.mark.parametrize(
    ("operator", "operands", "fact", "expected"),
    [
        ("is", ("FRA", "DEU"), "DEU", True),
        ("is", ("FRA", "DEU"), "USA", False),
        ("is", ("FRA",), ("DEU", "FRA"), True),
        ("is_not", ("FRA",), "DEU", True),
        ("is_not", ("FRA",), ("DEU", "FRA"), False),
        ("is_not", ("FRA",), (), False),
        ("is_not", ("FRA",), None, False),
        ("prefix", ("8703", "8704"), "8704210000", True),
        ("prefix", ("8703",), "8704210000", False),
        ("codes", ("8703", "8705"), "8705999999", True),
        ("codes", ("8703", "8705"), "8706000000", False),
        ("codes", ("870310", "8705"), "8703050000", False),
        ("at_least", ("5",), Decimal("5.0"), True),
        ("at_least", ("5",), 4, False),
        ("at_most", ("5",), 5, True),
        ("below", ("5",), 5, False),
        ("between", ("1", "5"), 5, True),
        ("between", ("1", "5"), Decimal("5.01"), False),
        ("contains", ("Wine",), "Red WINE of Bordeaux", True),
        ("contains", ("beer",), "red wine", False),
        ("watched", ("GOLDEN HARBOR TRADING",), "Golden-Harbour Trading Co., Ltd.", True),
        ("watched", ("SILVER HARBOUR",), "Golden-Harbour Trading Co., Ltd.", False),
        ("is", ("yes",), True, True),
        ("is", ("yes",), False, False),
        ("missing", (), None, True),
        ("missing", (), (), True),
        ("missing", (), "x", False),
        ("missing", (), False, False),
        ("at_least", ("5",), None, False),
        ("is", ("x",), None, False),
    ],
)
def test_a_condition_holds(
    operator: str, operands: tuple[str, ...], fact: Fact, expected: bool
) -> None:
    assert holds(Condition("trader", operator, operands), fact) is expected


def test_a_profile_of_a_district_sees_what_is_declared_or_lies_there_only() -> None:
    declared_there, lying_there = profile(district="01"), profile(district="02")
    elsewhere = profile(district="04")

    assert meets(declared_there, SAMPLE) == ()
    assert meets(lying_there, SAMPLE) == ()
    assert meets(elsewhere, SAMPLE) is None


def test_a_condition_over_the_head_and_one_over_a_line_both_hold() -> None:
    both = profile(when("first_partner", "is", "yes"), when("line.price_ratio", "below", "0.5"))
    neither = profile(when("first_partner", "is", "no"), when("line.price_ratio", "below", "0.5"))

    assert meets(both, SAMPLE) == (1,)
    assert meets(neither, SAMPLE) is None
