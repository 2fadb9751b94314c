"""Reading a file of holidays: one row a day, as a notice of the State Council announces them."""

import csv
from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from tongguan.domain.reference import problems
from tongguan.domain.reference.calendar import Calendar, lacking
from tongguan.domain.reference.rules.file_reasons import file_reason
from tongguan.kernel import csv_text
from tongguan.kernel.numbers import typed_day
from tongguan.kernel.problems import Fault
from tongguan.kernel.text import Term, _

COLUMNS: Final = ("day", "kind", "source")
KINDS: Final[Mapping[str, bool]] = {"holiday": False, "worked": True}
"""What a day is: free, or worked although it is a Saturday or Sunday, or was a holiday before."""
_FRIDAY: Final = 4
_SHOWN: Final = 40
_BOUNDS: Final = csv_text.Bounds(lines=5_000, columns=20)
"""A year has some thirty such days."""


class Reason(Term):
    """Why a row was refused."""

    LENGTH = "length", _("The row has another number of cells than the first line has names.")
    DAY = "day", _("A day is written like 2027-01-01.")
    KIND = "kind", _("A day is “holiday” or “worked”.")
    SOURCE = "source", _("The source is empty: name the notice.")
    TWICE = "twice", _("The day stands in an earlier row already.")
    WEEKDAY = (
        "weekday",
        _("This day is worked anyway; only days off are moved."),
    )


class Announced(NamedTuple):
    """What a notice says of one day."""

    worked: bool
    source: str


def read_days(
    text: str, *, file: str, known: Calendar
) -> tuple[dict[date, Announced], list[Fault]]:
    """Return the days of a file, and every fault with its row.

    A year that is not known yet has to be there as a whole, with all statutory holidays. Of a known
    year single days may be corrected: a holiday that was announced wrongly is `worked` again.

    Args:
        text: CSV with the columns day, kind and source.
        file: what to call it in a fault.
        known: what is known already; days of its years are corrections.
    """
    try:
        read = csv_text.csv_rows(text.encode(), _BOUNDS)
        rows = [[cell.strip() for cell in row] for _line, row in read]
    except (csv.Error, csv_text.BoundPassedError) as error:
        return {}, [problems.FILE_NOT_A_CALENDAR.at(file, file=file, reason=file_reason(error))]
    if not rows or sorted(rows[0]) != sorted(COLUMNS):
        found = ",".join(rows[0])[:_SHOWN] if rows else ""
        return {}, [problems.FILE_NOT_A_CALENDAR.at(file, file=file, reason=found)]
    names, *listed = rows
    days: dict[date, Announced] = {}
    faults: list[Fault] = []
    for number, cells in enumerate(listed, 2):
        reason = _take(dict(zip(names, cells, strict=False)), days, known) if any(cells) else None
        if reason is not None:
            facts = {"file": file, "row": number, "value": ",".join(cells)[:_SHOWN]}
            faults.append(problems.CALENDAR_ROW.at(f"{file}#{number}", reason=reason, **facts))
    listed_days = {day: row.worked for day, row in days.items()}
    for year in sorted({day.year for day in days if day > known.ends}):
        missing = lacking(year, listed_days)
        if missing:
            facts = {"file": file, "year": year, "missing": missing}
            faults.append(problems.CALENDAR_YEAR.at(file, **facts))
    return days, faults


def _take(cells: Mapping[str, str], days: dict[date, Announced], known: Calendar) -> Reason | None:
    """Keep the day of a row, or return why it cannot be."""
    if len(cells) != len(COLUMNS):
        return Reason.LENGTH
    day = typed_day(cells["day"])
    if day is None:
        return Reason.DAY
    worked = KINDS.get(cells["kind"])
    checks = (
        (worked is None, Reason.KIND),
        (not cells["source"], Reason.SOURCE),
        (day in days, Reason.TWICE),
        (worked and day.weekday() <= _FRIDAY and known.is_working(day), Reason.WEEKDAY),
    )
    for wrong, reason in checks:
        if wrong:
            return reason
    days[day] = Announced(bool(worked), cells["source"])
    return None
