"""What waits for the enterprise, and what waits for others."""

from dataclasses import dataclass
from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongguan.domain.clearance.lifecycle import Turn
from tongguan.domain.clearance.queries import PAGE_ROWS, count_waiting, urgent, waiting
from tongguan.domain.declarations import queries as declarations
from tongguan.interfaces.pages import paging
from tongguan.interfaces.pages.answers import wants_part
from tongguan.kernel.identifiers import HoldId
from tongguan.kernel.time import utc_now
from tongguan.processes.lodgement.decide import local_day

from .reader import frame, reader
from .waiting import Row, as_rows

OTHERS: Final = (Turn.CUSTOMS, Turn.CARRIER, Turn.AGENCY)
OTHERS_ROWS: Final = 10


@dataclass(frozen=True, slots=True)
class Others:
    """What waits for somebody else: how much, and the longest of it."""

    turn: str
    count: int
    rows: list[Row]


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show what waits; to htmx, only the rows."""
    viewer, now = reader(request), utc_now()
    day = local_day(now)
    after = paging.moment_and_id(request.GET.get("after", ""))
    place = None if after is None else (after[0], HoldId(after[1]))
    found = urgent(viewer=viewer, turn=Turn.TRADER, after=place, limit=PAGE_ROWS + 1)
    mine = count_waiting(viewer=viewer, turn=Turn.TRADER)
    others = [
        Others(
            str(turn),
            count_waiting(viewer=viewer, turn=turn),
            as_rows(waiting(viewer=viewer, turn=turn, limit=OTHERS_ROWS), day),
        )
        for turn in OTHERS
    ]
    own, last = paging.cut(found, PAGE_ROWS)
    context = {
        **frame(viewer, now=now, mine=mine),
        "rows": as_rows(own, day),
        "mine": mine,
        "others": [one for one in others if one.count],
        "others_count": sum(one.count for one in others),
        "after": "" if last is None else paging.key(last.pressing_at, last.id),
    }
    if not mine and not context["others"]:
        context["first_time"] = not declarations.page(viewer=viewer, limit=1)
    template = "portal/todo_rows.html" if wants_part(request) else "portal/todo.html"
    return render(request, template, context)
