"""The revenue desk: what is owed, what is late, what was paid today, and how amounts came about."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tongguan.domain.revenue.queries import (
    PAGE_ROWS,
    assessed,
    collected,
    due_at_offices,
    waiting_for_payment,
)
from tongguan.domain.revenue.values import Assessment, OwedRow
from tongguan.facilities.accounts.values import Actor
from tongguan.interfaces.pages import charges, paging
from tongguan.interfaces.pages.shapes import Derivation, Input
from tongguan.interfaces.workbench.reader import at_desk, frame, office, today
from tongguan.kernel.identifiers import OFFICE
from tongguan.kernel.time import LOCAL

NOTHING: Final = Decimal(0)


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show what is owed at the officer's offices, the earliest due first; sums by office."""
    viewer, day = at_desk(request, "revenue"), today()
    wanted, late = OFFICE.sought(request.GET.get("office", "")), request.GET.get("overdue") == "yes"
    found = waiting_for_payment(
        viewer,
        office=wanted,
        overdue_on=day if late else None,
        after=paging.day_and_id(request.GET.get("after", "")),
        limit=PAGE_ROWS + 1,
    )
    rows, last = paging.cut(found, PAGE_ROWS)
    explained = assessed([row.id for row in rows])
    sums = _sums(viewer, day)
    context = {
        **frame(viewer),
        "rows": [
            (row, office(row.office, day), row.due_date < day, _derived(row, explained[row.id]))
            for row in rows
        ],
        "sums": sums,
        "owed": sum((one["owed"] for one in sums), NOTHING),
        "late_sum": sum((one["late"] for one in sums), NOTHING),
        "paid": sum((one["paid"] for one in sums), NOTHING),
        "office": wanted,
        "late": late,
        "after": "" if last is None else paging.key(last.due_date, last.id),
        "shown": len(rows),
    }
    return render(request, "workbench/revenue.html", context)


def _sums(viewer: Actor, day: date) -> list[dict[str, Any]]:
    """Return owed, late and paid today by office."""
    start = datetime.combine(day, time(), LOCAL)
    due = {row.office: row for row in due_at_offices(viewer, day=day)}
    paid: dict[str, tuple[int, Decimal]] = {}
    for row in collected(start, start + timedelta(days=1)):
        if row.office in viewer.offices:
            count, amount = paid.get(row.office, (0, NOTHING))
            paid[row.office] = (count + row.count, amount + row.amount)
    return [
        {
            "office": office(code, day),
            "count": due[code].count if code in due else 0,
            "owed": due[code].owed if code in due else NOTHING,
            "late_count": due[code].late_count if code in due else 0,
            "late": due[code].late if code in due else NOTHING,
            "paid_count": paid.get(code, (0, NOTHING))[0],
            "paid": paid.get(code, (0, NOTHING))[1],
        }
        for code in sorted(due.keys() | paid.keys())
    ]


def _derived(row: OwedRow, assessment: Assessment) -> Derivation:
    """Return a total with the taxes it is the sum of; the case opens each of them."""
    parts: Mapping[str, Decimal] = dict(charges.sums(assessment))
    return Derivation(
        gettext("Duty and taxes of {number}").format(number=row.number),
        row.total,
        row.currency,
        " + ".join(parts),
        worked=" + ".join(f"{amount:,}" for amount in parts.values()),
        inputs=[Input(words, f"{amount:,} {row.currency}") for words, amount in parts.items()],
    )
