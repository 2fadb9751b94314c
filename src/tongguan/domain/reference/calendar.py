"""Working days: holidays as they are announced, weekends beyond them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Final

import chinese_calendar

KEPT_DAYS: Final = 4_096
CALENDAR_ENDS: Final = "calendar_ends"
"""Fact of a deadline that lies beyond the announced holidays: the last day they are known for."""
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
        announced: days of later notices, or of corrections to earlier ones: worked or not. They
            stand before what the library knows.
    """

    exceptions: Mapping[date, bool]
    announced: Mapping[date, bool] = field(default_factory=dict)

    @cached_property
    def ends(self) -> date:
        """Return the last day for which holidays are announced.

        A notice is for a whole year, so a year is known as soon as it has announced days; a later
        year counts only if every year before it is known too.
        """
        year = _KNOWN[1].year
        years = {day.year for day in self.announced}
        while year + 1 in years:
            year += 1
        return date(year, 12, 31)

    def beyond(self, day: date) -> dict[str, str]:
        """Return the fact to keep beside a deadline that lies beyond the calendar; else nothing."""
        return {} if day <= self.ends else {CALENDAR_ENDS: self.ends.isoformat()}

    @lru_cache(maxsize=KEPT_DAYS)  # noqa: B019 - a calendar lives as long as the process needs it
    def is_working(self, day: date) -> bool:
        """Return whether a day is worked.

        Source: the State Council's yearly notices, as the chinesecalendar package, the pack and
            loaded files list them; for years without a notice, Monday to Friday.
        """
        for days in (self.exceptions, self.announced):
            if day in days:
                return days[day]
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

    def with_announced(self, days: Mapping[date, bool]) -> "Calendar":
        """Return the calendar with the days of later notices, which stand before its own."""
        return Calendar(self.exceptions, {**self.announced, **days})
