"""Months of exchange rates: the third Wednesday, corrections, days without a rate."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongguan.domain.reference.calendar import Calendar
from tongguan.domain.reference.rules.exchange import fixing_day, month_after
from tongguan.domain.reference.values import Exchange, ExchangeRow
from tongguan.kernel.time import Timeline

CALENDAR: Final = Calendar({})
DAYS: Final = st.dates(date(2014, 1, 1), date(2035, 12, 31))


def row(rate: str, since: date, until: date | None, currency: str = "USD") -> ExchangeRow:
    return ExchangeRow(currency, Decimal(rate), since, until, "a test")


@pytest.mark.parametrize(
    ("month", "fixed"),
    [
        (date(2014, 7, 1), date(2014, 6, 18)),
        (date(2014, 8, 31), date(2014, 7, 16)),
        (date(2026, 11, 24), date(2026, 10, 21)),
        (date(2026, 1, 1), date(2025, 12, 17)),
        # 15 February 2012 was an ordinary Wednesday; 18 February 2015 was New Year's Eve.
        (date(2012, 3, 1), date(2012, 2, 15)),
        (date(2015, 3, 1), date(2015, 2, 25)),
        # 17 February 2021 lay in the Spring Festival.
        (date(2021, 3, 15), date(2021, 2, 24)),
        (date(2018, 3, 1), date(2018, 2, 28)),
    ],
)
def test_a_months_rate_is_that_of_the_third_wednesday_before_it_or_of_the_fourth(
    month: date, fixed: date
) -> None:
    assert fixing_day(month, CALENDAR) == fixed


@given(DAYS)
def test_the_fixing_day_is_a_wednesday_of_the_month_before(day: date) -> None:
    fixed = fixing_day(day, CALENDAR)

    assert fixed.weekday() == 2
    assert month_after(fixed) == day.replace(day=1)
    assert 15 <= fixed.day <= 28


@given(DAYS)
def test_the_fixing_day_is_the_fourth_wednesday_only_where_the_third_is_a_holiday(
    day: date,
) -> None:
    fixed = fixing_day(day, CALENDAR)

    assert (fixed.day > 21) == (
        fixed.day > 21 and not CALENDAR.is_working(fixed - timedelta(days=7))
    )


def test_a_rate_is_found_through_its_month_and_not_after_it() -> None:
    exchange = Exchange({"USD": Timeline([row("7.1", date(2026, 11, 1), date(2026, 12, 1))])})

    november = exchange.rate("USD", date(2026, 11, 30))

    assert november is not None
    assert (november.rate, november.month) == (Decimal("7.1"), "2026-11")
    assert exchange.rate("USD", date(2026, 12, 1)) is None
    assert exchange.rate("EUR", date(2026, 11, 30)) is None


def test_a_correction_stands_before_the_rate_of_its_month_and_of_no_other() -> None:
    months = [date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)]
    rates = [
        row(f"7.{place}", since, until) for place, (since, until) in enumerate(pairwise(months))
    ]
    exchange = Exchange({"USD": Timeline(rates)})

    corrected = exchange.corrected([row("6.5", months[1], months[2])])

    found = [corrected.rate("USD", month) for month in months[:3]]
    assert [one.rate for one in found if one] == [Decimal("7.0"), Decimal("6.5"), Decimal("7.2")]
    assert exchange.rate("USD", months[1]) == rates[1]


def test_of_two_corrections_of_a_month_the_later_stands() -> None:
    since, until = date(2026, 11, 1), date(2026, 12, 1)

    corrected = Exchange({}).corrected([row("6.5", since, until), row("6.6", since, until)])

    found = corrected.rate("USD", since)
    assert found is not None
    assert found.rate == Decimal("6.6")


@given(DAYS, DAYS, DAYS)
def test_a_correction_within_a_long_row_leaves_what_is_before_and_after_it(
    begins: date, month: date, asked: date
) -> None:
    month = month.replace(day=1)
    long = Exchange({"USD": Timeline([row("7", begins, None)])})

    corrected = long.corrected([row("6", month, month_after(month))])

    found = corrected.rate("USD", asked)
    if month <= asked < month_after(month):
        assert found is not None
        assert found.rate == 6
    elif asked >= begins:
        assert found is not None
        assert found.rate == 7
    else:
        assert found is None
