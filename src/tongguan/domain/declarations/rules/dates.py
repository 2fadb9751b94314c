"""Dates of entry and the windows of declaring in advance.

Source: Customs Law, arts 24 and 30; announcement 74/2014.
"""

from datetime import date, timedelta
from typing import Final

from tongguan.domain.declarations import problems
from tongguan.domain.declarations.rules.lists import Lists
from tongguan.domain.declarations.values import Flow, Submission
from tongguan.kernel.problems import Fault
from tongguan.kernel.time import FIRST_DAY

TO_COME_MOST: Final = timedelta(days=366)
"""No voyage is booked longer before; a date further away is a slip of the pen (ours)."""


def check(submission: Submission, lists: Lists, day: date, faults: list[Fault]) -> None:
    """Tell dates that do not fit the day, or the way of declaring."""
    entry = submission.entry_date
    if entry is None:
        return
    last = day + TO_COME_MOST
    if not FIRST_DAY <= entry <= last:
        span: dict[str, date] = {"first": FIRST_DAY, "last": last}
        faults.append(problems.DAY_IMPLAUSIBLE.at("#/entry_date", entry=entry, **span))
    elif submission.flow is Flow.EXPORT:
        _export(entry, submission, lists, day, faults)
    elif submission.advance:
        if entry < day:
            faults.append(problems.ADVANCE_TOO_LATE.at("#/entry_date", entry=entry, day=day))
    else:
        _import(entry, lists, day, faults)


def _export(
    entry: date, submission: Submission, lists: Lists, day: date, faults: list[Fault]
) -> None:
    most = lists.advance_export_days
    if entry < day and not submission.advance:
        faults.append(problems.EXIT_BEFORE.at("#/entry_date", entry=entry, day=day))
    if submission.advance and (entry - day).days > most:
        faults.append(
            problems.ADVANCE_TOO_EARLY.at("#/entry_date", entry=entry, day=day, days=most)
        )


def _import(entry: date, lists: Lists, day: date, faults: list[Fault]) -> None:
    late = (day - entry).days
    if late < 0:
        faults.append(problems.ENTRY_TO_COME.at("#/entry_date", entry=entry, day=day))
    elif late > lists.undeclared_days:
        faults.append(problems.UNDECLARED_TOO_LONG.at("#/entry_date", entry=entry, days=late))
    elif late > lists.late_declaration_days:
        free = lists.late_declaration_days
        faults.append(problems.DECLARED_LATE.at("#/entry_date", entry=entry, days=late, free=free))
