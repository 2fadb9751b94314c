"""Dates of entry and the windows of declaring in advance.

Source: Customs Law, arts 24 and 30; announcement 74/2014.
"""

from datetime import date

from tongguan.domain.declarations import problems
from tongguan.domain.declarations.rules.lists import Lists
from tongguan.domain.declarations.values import Flow, Submission
from tongguan.kernel.problems import Fault


def check(submission: Submission, lists: Lists, day: date, faults: list[Fault]) -> None:
    """Tell dates that do not fit the day, or the way of declaring."""
    entry = submission.entry_date
    if submission.flow is Flow.EXPORT:
        if entry is not None and entry < day and not submission.advance:
            faults.append(problems.EXIT_BEFORE.at("#/entry_date", entry=entry, day=day))
        if (
            submission.advance
            and entry is not None
            and (entry - day).days > lists.advance_export_days
        ):
            most = lists.advance_export_days
            faults.append(
                problems.ADVANCE_TOO_EARLY.at("#/entry_date", entry=entry, day=day, days=most)
            )
        return
    if submission.advance:
        if entry is not None and entry < day:
            faults.append(problems.ADVANCE_TOO_LATE.at("#/entry_date", entry=entry, day=day))
        return
    if entry is None:
        return
    late = (day - entry).days
    if late < 0:
        faults.append(problems.ENTRY_TO_COME.at("#/entry_date", entry=entry, day=day))
    elif late > lists.undeclared_days:
        faults.append(problems.UNDECLARED_TOO_LONG.at("#/entry_date", entry=entry, days=late))
    elif late > lists.late_declaration_days:
        free = lists.late_declaration_days
        faults.append(problems.DECLARED_LATE.at("#/entry_date", entry=entry, days=late, free=free))
