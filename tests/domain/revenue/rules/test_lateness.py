"""Fees for being late: TV7 and TV8 of the trade's test vectors, and the days they count."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongguan.domain.revenue.rules import lateness
from tongguan.kernel.money import Rounding

DUE = date(2026, 3, 2)
RATE = Decimal("0.0005")
FIFTY = Decimal(50)


class FiveDayWeek:
    """A calendar without holidays but Saturdays and Sundays."""

    def next_working(self, day: date) -> date:
        while day.weekday() > 4:
            day += timedelta(days=1)
        return day


WEEK = FiveDayWeek()


@pytest.mark.parametrize(
    ("tax", "days", "expected"),
    [("84000", 10, "420.00"), ("9000", 10, "0"), ("84000", 0, "0"), ("84000", -3, "0")],
)
def test_a_surcharge_counts_each_day_after_the_last_and_none_below_the_threshold(
    tax: str, days: int, expected: str
) -> None:
    owed = lateness.surcharge(
        Decimal(tax), due=DUE, paid=DUE + timedelta(days), rate=RATE, threshold=FIFTY
    )

    assert owed == Decimal(expected)


def test_a_late_declaration_fee_is_whole_yuan() -> None:
    fee = lateness.late_declaration(Decimal("748284.14"), RATE, Decimal(6))

    assert Rounding.DOWN_YUAN.apply(fee) == Decimal(2244)


@pytest.mark.parametrize(
    ("arrived", "declared", "days"),
    [
        (date(2026, 3, 2), date(2026, 3, 16), 0),  # the fourteenth day
        (date(2026, 3, 2), date(2026, 3, 17), 1),  # the fifteenth counts
        (date(2026, 3, 2), date(2026, 3, 22), 6),
        (date(2026, 3, 6), date(2026, 3, 22), 0),  # day 15 is a Saturday: it begins on Monday
        (date(2026, 3, 6), date(2026, 3, 23), 1),
        (date(2026, 3, 2), date(2026, 5, 31), 76),  # the ninetieth day after arrival
        (date(2026, 3, 2), date(2026, 6, 1), 76),
        (date(2020, 3, 2), date(2026, 3, 2), 76),
    ],
)
def test_days_declared_late_begin_on_a_working_day(
    arrived: date, declared: date, days: int
) -> None:
    counted = lateness.days_declared_late(
        arrived, declared, allowed=14, sold_after=90, calendar=WEEK
    )

    assert counted == days


@pytest.mark.parametrize(
    ("issued", "due"),
    [
        (date(2026, 3, 2), date(2026, 3, 17)),
        (date(2026, 3, 6), date(2026, 3, 23)),  # the 21st is a Saturday
    ],
)
def test_a_due_date_on_a_holiday_moves_to_the_next_working_day(issued: date, due: date) -> None:
    assert lateness.payment_due(issued, allowed=15, calendar=WEEK) == due


@given(late=st.integers(0, 5000))
def test_a_late_declaration_fee_never_comes_near_the_value(late: int) -> None:
    arrived = date(2020, 1, 1)
    days = lateness.days_declared_late(
        arrived, arrived + timedelta(late), allowed=14, sold_after=90, calendar=WEEK
    )

    assert lateness.late_declaration(Decimal(100), RATE, Decimal(days)) <= Decimal("3.80")


@given(late=st.integers(0, 2000), more=st.integers(0, 2000))
def test_a_later_payment_never_costs_less(late: int, more: int) -> None:
    def owed(days: int) -> Decimal:
        paid = DUE + timedelta(days)
        return lateness.surcharge(
            Decimal("12345.67"), due=DUE, paid=paid, rate=RATE, threshold=FIFTY
        )

    assert owed(late + more) >= owed(late)
