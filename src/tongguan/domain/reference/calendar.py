"""Working days: public holidays by a library, weekends beyond the years it knows."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

import chinese_calendar

KEPT_DAYS: Final = 4_096
_DAY: Final = timedelta(days=1)
_FRIDAY: Final = 4
_KNOWN: Final = (
    min(chinese_calendar.constants.holidays),
    max(chinese_calendar.constants.holidays),
)


@dataclass(frozen=True, eq=False)
class Calendar:
    """Which days are worked.

    Attributes:
        exceptions: days on which the region departs from the national calendar: worked or not.
    """

    exceptions: dict[date, bool]

    @lru_cache(maxsize=KEPT_DAYS)  # noqa: B019 - a calendar lives as long as the process needs it
    def is_working(self, day: date) -> bool:
        """Return whether a day is worked.

        Source: the State Council's yearly notices, as the chinesecalendar package lists them;
            for years without a notice, Monday to Friday.
        """
        if day in self.exceptions:
            return self.exceptions[day]
        first, last = _KNOWN
        if first.year <= day.year <= last.year:
            return bool(chinese_calendar.is_workday(day))
        return day.weekday() <= _FRIDAY

    def next_working(self, day: date) -> date:
        """Return the day itself if it is worked, else the next that is."""
        while not self.is_working(day):
            day += _DAY
        return day

    def add_working(self, day: date, count: int) -> date:
        """Return the day that is `count` working days after `day`."""
        for _ in range(count):
            day = self.next_working(day + _DAY)
        return day
