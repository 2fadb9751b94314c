"""Working days: notices of the State Council, plain weekends beyond them, the region's own days."""

from datetime import date, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongguan.domain.reference.calendar import Calendar

PLAIN: Final = Calendar({})
DAYS: Final = st.dates(date(2014, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2014, 10, 7), False),
        (date(2014, 10, 8), True),
        (date(2014, 10, 11), True),
        (date(2020, 1, 31), False),
        (date(2026, 2, 17), False),
        (date(2033, 10, 1), False),
        (date(2033, 10, 3), True),
    ],
)
def test_a_day_is_worked_or_not(day: date, *, working: bool) -> None:
    assert PLAIN.is_working(day) is working


def test_the_regions_own_days_stand_before_the_national_ones() -> None:
    own = Calendar({date(2026, 10, 1): True, date(2026, 11, 24): False})

    assert own.is_working(date(2026, 10, 1))
    assert not own.is_working(date(2026, 11, 24))


@given(DAYS)
def test_the_next_working_day_is_worked_and_no_day_before_it(day: date) -> None:
    found = PLAIN.next_working(day)

    assert PLAIN.is_working(found)
    assert not any(
        PLAIN.is_working(day + timedelta(days=ahead)) for ahead in range((found - day).days)
    )


@given(DAYS, st.integers(0, 15))
def test_so_many_working_days_lie_between(day: date, count: int) -> None:
    found = PLAIN.add_working(day, count)

    between = (day + timedelta(days=ahead + 1) for ahead in range((found - day).days))
    assert sum(PLAIN.is_working(one) for one in between) == count
