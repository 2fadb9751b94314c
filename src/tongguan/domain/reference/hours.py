"""Hours in which offices work, and when a promise made for them is due."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Final

from tongguan.domain.reference.calendar import Calendar
from tongguan.domain.reference.values import Snapshot
from tongguan.kernel.time import LOCAL

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """When offices work on a working day: from, to; earliest first, without overlap."""

    spans: tuple[tuple[time, time], ...]


@lru_cache(maxsize=64)
def read_hours(words: str) -> OfficeHours:
    """Return the hours of a parameter.

    >>> read_hours("08:30-12:00 13:30-17:00").spans[1][0]
    datetime.time(13, 30)

    Raises:
        ValueError: they are not written so, overlap, or are none.
    """
    spans: list[tuple[time, time]] = []
    before = time.min
    for word in words.split():
        opens, dash, closes = word.partition("-")
        since, until = time.fromisoformat(opens), time.fromisoformat(closes)
        if not dash or since >= until or (spans and since < before):
            raise ValueError(f"{word!r} does not follow {before}")
        spans.append((since, until))
        before = until
    if not spans:
        raise ValueError("no hours")
    return OfficeHours(tuple(spans))


def due_after(
    start: datetime, promised: timedelta, *, hours: OfficeHours, calendar: Calendar
) -> datetime:
    """Return the moment at which so much of office hours has passed since `start`.

    Nights, weekends and holidays do not count: what comes in then is counted from the next opening.
    """
    left, day = promised, calendar.next_working(start.astimezone(LOCAL).date())
    while True:
        for opens, closes in hours.spans:
            begin = max(start, datetime.combine(day, opens, LOCAL))
            free = datetime.combine(day, closes, LOCAL) - begin
            if free > timedelta(0) and left <= free:
                return (begin + left).astimezone(start.tzinfo)
            left -= max(free, timedelta(0))
        day = calendar.next_working(day + _DAY)


def worked_between(
    start: datetime, end: datetime, *, hours: OfficeHours, calendar: Calendar
) -> timedelta:
    """Return how much of a time lies in office hours."""
    total, day = timedelta(0), calendar.next_working(start.astimezone(LOCAL).date())
    while datetime.combine(day, time(), LOCAL) < end:
        for opens, closes in hours.spans:
            begin = max(start, datetime.combine(day, opens, LOCAL))
            until = min(end, datetime.combine(day, closes, LOCAL))
            total += max(until - begin, timedelta(0))
        day = calendar.next_working(day + _DAY)
    return total


def resumed(due: datetime, *, since: datetime, now: datetime, reference: Snapshot) -> datetime:
    """Return a promise's deadline after its clock stood still from `since` until now.

    The office hours that were left then are left now. What was late already stays as late.
    """
    if due <= since:
        return due + (now - since)
    day, calendar = now.astimezone(LOCAL).date(), reference.calendar
    hours = read_hours(reference.parameters.value("office_hours", day))
    left = worked_between(since, due, hours=hours, calendar=calendar)
    return due_after(now, left, hours=hours, calendar=calendar)


def decision_due(now: datetime, reference: Snapshot) -> datetime:
    """Return until when customs promises a first decision on what it has at this moment."""
    read, day = reference.parameters, now.astimezone(LOCAL).date()
    hours = read_hours(read.value("office_hours", day))
    promised = timedelta(minutes=read.whole("first_decision_minutes", day))
    return due_after(now, promised, hours=hours, calendar=reference.calendar)
