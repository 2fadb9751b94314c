"""Quantity times unit price against the total: a price has four places, so it may be rounded."""

from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest
from msgspec import json

from tests.domain.declarations.samples import DAY, sound, with_line
from tests.domain.law import law
from tongguan.domain.declarations import problems
from tongguan.domain.declarations.rules.check import check
from tongguan.domain.declarations.values import Quantity, Submission
from tongguan.domain.reference.values import Snapshot

FAULT: Final = "12-unit-price-places"
PRICE: Final = problems.PRICE_TIMES_QUANTITY.code


def told(price: str, quantity: str, total: str, reference: Snapshot) -> bool:
    """Return whether the total of a line is told to differ from quantity times price."""
    pieces = Quantity(Decimal(quantity), "006")
    goods = with_line(
        sound(), price=Decimal(price), quantity=pieces, first=pieces, total=Decimal(total)
    )
    return PRICE in {fault.problem.code for fault in check(goods, reference=reference, day=DAY)}


@pytest.mark.parametrize(
    ("price", "quantity", "total"),
    [
        ("0.0011", "100000", "114.90"),
        ("0.0011", "100000", "115.00"),
        ("0.0011", "100000", "105.00"),
        ("0.001", "100000", "104.99"),
        ("6.85", "2400", "16440.00"),
        ("0.00110", "100000", "115.00"),
        ("0.0011000000", "100000", "114.90"),
        ("12.3400000000", "1000000", "12340050.00"),
        ("6.8500000", "2400", "16440.12"),
        ("1E-3", "100000", "104.99"),
        ("1E+2", "3", "300.01"),
        ("0.3333", "3", "1.00"),
        ("0.0000", "1000", "0.05"),
    ],
)
def test_a_price_may_be_off_by_half_of_its_fourth_place(
    price: str, quantity: str, total: str
) -> None:
    assert not told(price, quantity, total, law(price_tolerance="0"))


@pytest.mark.parametrize(
    ("price", "quantity", "total"),
    [
        ("0.0011", "100000", "115.01"),
        ("0.0011", "100000", "104.99"),
        ("0.001149", "100000", "115.00"),
        ("6.85", "2400", "16440.13"),
        ("6.85", "2400", "17440.00"),
        ("12.34", "1000000", "12340050.01"),
        ("1E+2", "3", "300.02"),
        ("0.33331", "3000", "1000.00"),
        ("0.0011490000", "100000", "115.00"),
    ],
)
def test_what_the_places_of_a_price_do_not_explain_is_told(
    price: str, quantity: str, total: str
) -> None:
    assert told(price, quantity, total, law(price_tolerance="0"))


def test_the_example_of_screws_at_a_tenth_of_a_cent_is_not_told(shared_data: Path) -> None:
    path = shared_data.parent / "faults" / FAULT / "in.json"
    if not path.is_file():
        pytest.skip(f"no documents of {FAULT}")

    faults = check(json.decode(path.read_bytes(), type=Submission), reference=law(), day=DAY)

    assert PRICE not in {fault.problem.code for fault in faults}
