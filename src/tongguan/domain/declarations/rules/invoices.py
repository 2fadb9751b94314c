"""The invoice has to say what the lines say. Source: ours; told, not refused."""

from decimal import Decimal
from typing import Final

from tongguan.domain.declarations import problems
from tongguan.domain.declarations.rules.lists import Lists
from tongguan.domain.declarations.values import Submission
from tongguan.kernel.problems import Fault

ZERO: Final = Decimal(0)


def check(submission: Submission, lists: Lists, faults: list[Fault]) -> None:
    """Tell an invoice total that differs from the sum of the lines in its currency."""
    total, currency = submission.invoice.total, submission.invoice.currency
    if total is None or any(line.currency != currency for line in submission.lines):
        return
    lines = sum((line.total for line in submission.lines if line.total is not None), ZERO)
    if abs(lines - total) > total * lists.price_tolerance:
        at = "#/invoice/total"
        faults.append(
            problems.INVOICE_DIFFERS.at(at, total=total, lines=lines, currency=currency or "")
        )
