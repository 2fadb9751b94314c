"""Draws: the share asked for, the same for everybody who recomputes, committed before the day."""

import hmac
from datetime import date
from decimal import Decimal
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongguan.domain.risk.rules.draw import commitment, draw_officers, drawn, fraction

SEED = bytes(range(32))
PRESENT = ["an", "bo", "cai", "deng", "er", "feng"]


@pytest.mark.parametrize("part", ["0.005", "0.03", "0.2", "0.8"])
def test_of_a_hundred_thousand_the_share_drawn_is_within_half_a_point(part: str) -> None:
    share = Decimal(part)

    found = sum(drawn(SEED, f"7/R{number}", share) for number in range(100_000))

    assert abs(Decimal(found) / 100_000 - share) < Decimal("0.005")


def test_a_share_of_nothing_draws_nobody_and_of_one_everybody() -> None:
    keys = [f"7/R{number}" for number in range(1_000)]

    assert not any(drawn(SEED, key, Decimal(0)) for key in keys)
    assert all(drawn(SEED, key, Decimal(1)) for key in keys)


@given(key=st.text(), low=st.decimals(0, 1, places=4), high=st.decimals(0, 1, places=4))
def test_whoever_is_drawn_at_a_share_is_drawn_at_a_greater_one(
    key: str, low: Decimal, high: Decimal
) -> None:
    less, more = sorted((low, high))

    assert drawn(SEED, key, more) or not drawn(SEED, key, less)


def test_a_draw_is_what_anybody_computes_from_seed_and_key() -> None:
    told = hmac.new(SEED, b"random/sample/7/R1", sha256).digest()

    assert fraction(SEED, "random/sample/7/R1") == int.from_bytes(told[:8], "big")


def test_a_commitment_binds_the_seed_to_its_day() -> None:
    day = date(2026, 11, 24)

    told = commitment(day, SEED)

    assert told == sha256(b"tongguan seed 2026-11-24\n" + SEED).hexdigest()
    assert told != commitment(date(2026, 11, 25), SEED)


def test_two_officers_are_drawn_whatever_the_order_of_the_roster() -> None:
    found = draw_officers(SEED, "order 1", PRESENT)

    assert len(set(found)) == 2
    assert found == draw_officers(SEED, "order 1", reversed([*PRESENT, "an"]))
    assert draw_officers(SEED, "order 1", ["an"]) == ("an",)


def test_over_many_orders_every_officer_is_drawn_about_as_often() -> None:
    often = dict.fromkeys(PRESENT, 0)

    for order in range(3_000):
        for name in draw_officers(SEED, f"order {order}", PRESENT):
            often[name] += 1

    assert all(900 < count < 1_100 for count in often.values())
