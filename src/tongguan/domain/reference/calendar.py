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
STATUTORY: Final = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
"""Statutory holidays whose day is the same every year: New Year, Labour Day, National Day."""
STATUTORY_COUNT: Final = 13
"""All statutory holidays of a year, with those that the lunar calendar moves."""
_DAY: Final = timedelta(days=1)
_FRIDAY: Final = 4
_KNOWN: Final = (
    min(chinese_calendar.constants.holidays),
    max(chinese_calendar.constants.holidays),
)


def lacking(year: int, days: Mapping[date, bool]) -> str:
    """Return what a list of days lacks to be a whole year: a day, or how many; empty: nothing.

    A notice announces all statutory holidays of its year, those that fall on a weekend too, so a
    list without them is not the whole notice. Source: Regulation on Public Holidays, art. 2
    (Decree 795, in force from 2025-01-01).

    Args:
        year: the year.
        days: days of any year: worked or not.
    """
    for month, day in STATUTORY:
        fixed = date(year, month, day)
        if days.get(fixed, True):
            return fixed.isoformat()
    count = sum(day.year == year and not worked for day, worked in days.items())
    return "" if count >= STATUTORY_COUNT else f"{count}/{STATUTORY_COUNT}"


def laid_over(earlier: Mapping[date, bool], later: Mapping[date, bool]) -> dict[date, bool]:
    """Return the days of two lists: a whole year of the later one replaces that of the earlier.

    What the later one says of some days of a year only corrects those days.
    """
    whole = {year for year in {day.year for day in later} if not lacking(year, later)}
    kept = {day: worked for day, worked in earlier.items() if day.year not in whole}
    return {**kept, **later}


def touching(one: Mapping[date, bool], other: Mapping[date, bool]) -> bool:
    """Return whether one of two lists laid over the other may change what that says.

    They share a day, or one of them is the whole of a year of which the other has a day.
    """
    years = {day.year for day in one} & {day.year for day in other}
    whole = any(not lacking(year, days) for year in years for days in (one, other))
    return whole or not one.keys().isdisjoint(other)


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

        A year is known once all of its statutory holidays are announced; a later year counts only
        if every year before it is known too.
        """
        year = _KNOWN[1].year
        while not lacking(year + 1, self.announced):
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
        return Calendar(self.exceptions, laid_over(self.announced, days))
