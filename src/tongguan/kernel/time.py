"""Moments, days, and what is in force on them."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import pairwise
from typing import Final, Generic, Protocol, TypeVar
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
LOCAL: Final = ZoneInfo("Asia/Shanghai")
"""The zone in which the law counts days: one for the whole country."""
FIRST_DAY: Final = date(2000, 1, 1)
"""No day of this trade lies before it: the Customs Law of today is of 2000."""
LAST_DAY: Final = date(2199, 12, 31)
"""No day of this trade lies after it, and no computation with days runs out of the calendar."""
_WRITTEN: Final = re.compile(
    r"([0-9]{4})(-?)([0-9]{2})\2([0-9]{2})"
    r"(?:[T ]?([0-9]{2}):?([0-9]{2})(?::?([0-9]{2})(?:[.,]?[0-9]{1,9})?)?)?"
    r"(?: ?(?:(Z)|([+-])([0-9]{2}):?([0-5][0-9])?))?"
)

_SENT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
    r"(?:[Zz]|[+-][0-9]{2}:[0-9]{2})"
)


def written_day(text: str) -> date:
    """Return the day, in the zone of the law, that a written day or moment falls on.

    A moment with `Z` or an offset is read in the law's zone before its day is taken; one without
    is local. A day without a time is that day.

    Args:
        text: `20200607`, `2020-06-07`, `20200213110723Z`, `2020-06-08T09:30:20+00:00`,
            `20200607 09:30:20`, `2020060709302012` with hundredths of a second.

    Raises:
        ValueError: it is none of these.

    >>> written_day("20261110203000Z"), written_day("20261110203000")
    (datetime.date(2026, 11, 11), datetime.date(2026, 11, 10))
    """
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is neither a day nor a moment")
    year, _, month, day, hour, minute, second, utc, sign, hours, minutes = found.groups()
    stated = date(int(year), int(month), int(day))
    if hour is None:
        return stated
    at = datetime.combine(stated, time(int(hour), int(minute), int(second or 0)))
    if utc is None and sign is None:
        return stated
    away = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    try:
        zone = timezone(-away if sign == "-" else away)
        return at.replace(tzinfo=zone).astimezone(LOCAL).date()
    except OverflowError as error:
        raise ValueError(f"{text!r} is beyond the calendar") from error


def in_use(day: date) -> bool:
    """Return whether a day is one that this trade can mean.

    >>> in_use(date(2026, 11, 24)), in_use(date.min), in_use(date.max)
    (True, False, False)
    """
    return FIRST_DAY <= day <= LAST_DAY


def in_utc(moment: datetime) -> datetime | None:
    """Return a moment of the outside in UTC, or None where no day of this trade is meant.

    The database takes no offset of 16 hours or more, and Python no moment beyond its calendar.
    Every moment that somebody sends comes through here.

    >>> far = timezone(timedelta(hours=23, minutes=59))
    >>> in_utc(datetime(2026, 11, 30, 10, tzinfo=far)).isoformat()
    '2026-11-29T10:01:00+00:00'
    >>> in_utc(datetime(1, 1, 1, tzinfo=far)), in_utc(datetime(2000, 1, 1, tzinfo=far))
    (None, None)

    Raises:
        ValueError: its zone is not told.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment without its zone")
    try:
        found = moment.astimezone(UTC)
    except OverflowError:
        return None
    return found if in_use(found.date()) else None


def sent_moment(text: str) -> datetime | None:
    """Return the moment that software wrote with its zone, in UTC; None for all else.

    Source: RFC 3339, 5.6.

    >>> sent_moment("2026-11-24T09:30:00+08:00").isoformat(), sent_moment("2026-W48-2T09:30Z")
    ('2026-11-24T01:30:00+00:00', None)
    >>> sent_moment("1764000000"), sent_moment("2026-11-24T09:30:00")
    (None, None)
    """
    if not _SENT.fullmatch(text):
        return None
    try:
        return in_utc(datetime.fromisoformat(text.upper()))
    except ValueError:
        return None


def written_moment(moment: datetime) -> str:
    """Return a moment as answers to software spell it: in UTC, with `Z`.

    >>> written_moment(datetime(2026, 12, 17, tzinfo=LOCAL))
    '2026-12-16T16:00:00Z'
    >>> written_moment(datetime(2026, 12, 17, 0, 0, 0, 123456, tzinfo=UTC))
    '2026-12-17T00:00:00.123Z'
    """
    at = moment.astimezone(UTC).replace(tzinfo=None)
    return f"{at.isoformat(timespec='milliseconds' if at.microsecond else 'seconds')}Z"


def utc_now() -> datetime:
    """Return the present moment, aware, in UTC. Only interfaces ask; all others are told."""
    return datetime.now(UTC)


class Dated(Protocol):
    """What is in force for a while. The end is left out; None means it still is."""

    @property
    def valid_from(self) -> date:
        """Return the first day."""

    @property
    def valid_until(self) -> date | None:
        """Return the first day it is no longer in force, or None."""

    @property
    def source(self) -> str:
        """Return where it stands."""


D = TypeVar("D", bound=Dated)


def in_force(row: Dated, day: date) -> bool:
    """Return whether `row` is in force on `day`."""
    return row.valid_from <= day and (row.valid_until is None or day < row.valid_until)


@dataclass(frozen=True, slots=True)
class DatedValue:
    """One value of a parameter, through a period, with the law it stands in."""

    value: str
    valid_from: date
    valid_until: date | None
    source: str


class Timeline(Generic[D]):
    """One thing through the years. Overlaps are refused when it is read; gaps where asked.

    >>> rate = Timeline([DatedValue("0.16", date(2018, 5, 1), date(2019, 4, 1), "Caishui 32"),
    ...                  DatedValue("0.13", date(2019, 4, 1), None, "Announcement 39")])
    >>> rate.as_of(date(2019, 3, 31)).value
    '0.16'
    """

    __slots__ = ("_rows",)

    def __init__(self, rows: Iterable[D], *, gaps: bool = False) -> None:
        """Take the rows in any order.

        Raises:
            ValueError: two rows overlap, or (unless `gaps`) a day between them has none.
        """
        self._rows: Final = tuple(sorted(rows, key=lambda row: row.valid_from))
        for earlier, later in pairwise(self._rows):
            if earlier.valid_until is None or earlier.valid_until > later.valid_from:
                raise ValueError(f"overlap on {later.valid_from}: {later.source}")
            if not gaps and earlier.valid_until != later.valid_from:
                raise ValueError(f"gap before {later.valid_from}: {later.source}")

    @property
    def rows(self) -> tuple[D, ...]:
        """Return all rows, earliest first."""
        return self._rows

    def find(self, day: date) -> D | None:
        """Return the row in force on `day`, or None."""
        for row in reversed(self._rows):
            if in_force(row, day):
                return row
        return None

    def as_of(self, day: date) -> D:
        """Return the row in force on `day`.

        Raises:
            LookupError: none is known for that day.
        """
        row = self.find(day)
        if row is None:
            raise LookupError(f"nothing is known for {day}")
        return row
