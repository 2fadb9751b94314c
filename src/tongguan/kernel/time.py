"""Moments, days, and what is in force on them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Final, Generic, Protocol, TypeVar
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
LOCAL: Final = ZoneInfo("Asia/Shanghai")
"""The zone in which the law counts days: one for the whole country."""


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
