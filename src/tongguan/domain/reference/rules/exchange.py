"""Months of exchange rates: from which day a rate is taken."""

from datetime import date, timedelta
from typing import Final

from tongguan.domain.reference.calendar import Calendar

_WEDNESDAY: Final = 2
_WEEK: Final = timedelta(days=7)


def fixing_day(month: date, calendar: Calendar) -> date:
    """Return the day whose rate is used through the month of `month`.

    The third Wednesday of the month before; where that is a holiday, the fourth.

    Source: GACC Order 124.

    >>> fixing_day(date(2026, 11, 5), Calendar({}))
    datetime.date(2026, 10, 21)
    """
    before = (month.replace(day=1) - timedelta(days=1)).replace(day=1)
    first = before + timedelta(days=(_WEDNESDAY - before.weekday()) % 7)
    third = first + 2 * _WEEK
    return third if calendar.is_working(third) else third + _WEEK


def month_after(month: date) -> date:
    """Return the first day of the next month.

    >>> month_after(date(2026, 12, 5))
    datetime.date(2027, 1, 1)
    """
    return (month.replace(day=1) + timedelta(days=31)).replace(day=1)
