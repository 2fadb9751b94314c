"""All declarations of the enterprise, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tongguan.domain.clearance import queries as clearance
from tongguan.domain.clearance.lifecycle import State
from tongguan.domain.declarations import queries
from tongguan.domain.declarations.records import DeclarationRow
from tongguan.domain.declarations.values import Flow
from tongguan.facilities.accounts.values import Actor
from tongguan.interfaces.pages import paging
from tongguan.interfaces.pages.shapes import Coded
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.spelling import without_edges
from tongguan.kernel.time import utc_now
from tongguan.processes.lodgement.decide import local_day

from . import names, waiting
from .reader import frame, reader


@dataclass(frozen=True, slots=True)
class Line:
    """One declaration as a row: how far it has come, whose turn it is, for what, until when."""

    id: str
    number: str
    reference: str
    flow: str
    goods: str
    line_count: int
    trader: str
    office: Coded
    goods_office: Coded
    accepted_at: datetime
    state: str
    turn: str
    waits_for: str
    until: datetime | None


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show a page of fifty, by the filters in the address."""
    viewer, now = reader(request), utc_now()
    search = without_edges(request.GET.get("q", ""))
    flow = one_of(Flow, request.GET.get("flow", ""))
    state = one_of(State, request.GET.get("state", ""))
    after = paging.moment_and_id(request.GET.get("after", ""))
    found = queries.page(
        viewer=viewer,
        search=search,
        flow=flow,
        states=() if state is None else (str(state),),
        after=None if after is None else (after[0], DeclarationId(after[1])),
    )
    last = found[-1] if len(found) == queries.PAGE_ROWS else None
    filtered = bool(search or flow or state or after)
    context = {
        **frame(viewer, now=now),
        **listed(found, local_day(now)),
        "filters": {
            "q": search,
            "flow": "" if flow is None else flow.value,
            "state": "" if state is None else str(state),
        },
        "flows": [(code, gettext(words)) for code, words in names.FLOWS.items()],
        "states": [
            (str(one), capfirst(gettext(one.label))) for one in State if one is not State.DRAFT
        ],
        "filtered": filtered,
        "after": "" if last is None else paging.key(last.accepted_at, last.id),
    }
    return render(request, "portal/declarations.html", context)


def listed(found: Sequence[DeclarationRow], day: date) -> dict[str, Any]:
    """Return declarations as rows. Two statements for any number."""
    ids = [row.id for row in found]
    standing = clearance.standing(ids) if ids else {}
    held = clearance.open_on(ids) if ids else {}
    places = names.offices(
        (code for row in found for code in (row.declaration_office, row.goods_office)), day
    )
    lines = []
    for row in found:
        state = standing[row.id].state
        hold = waiting.first(held.get(row.id, ()))
        lines.append(
            Line(
                str(row.id),
                row.number,
                row.reference,
                gettext(names.FLOWS[row.flow.value]),
                row.goods,
                row.line_count,
                row.trader,
                places[row.declaration_office],
                places[row.goods_office],
                row.accepted_at,
                capfirst(gettext(state.label)),
                "" if hold is None else str(hold.turn),
                waiting.also(held.get(row.id, ())),
                None if hold is None else waiting.until(hold.due_at),
            )
        )
    return {"rows": lines}


def matching(search: str, viewer: Actor) -> tuple[DeclarationRow, ...]:
    """Return what a search finds, latest first, fifty at the most."""
    return queries.page(viewer=viewer, search=search)


def one_of(kind: Any, code: str) -> Any:
    """Return the member of a closed list that an address names, or None."""
    try:
        return kind(code) if code else None
    except ValueError:
        return None
