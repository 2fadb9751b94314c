"""Queues of the desks: what waits there, the longest first, with one case open beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tongguan.domain.clearance.lifecycle import HoldKind, Turn
from tongguan.domain.clearance.queries import PAGE_ROWS, count_waiting, load, waiting
from tongguan.domain.clearance.values import HoldRow, LoadRow
from tongguan.domain.declarations.queries import heads
from tongguan.domain.release.queries import recalls
from tongguan.facilities.accounts.values import Actor
from tongguan.interfaces.pages.paging import cut, key, moment_and_id
from tongguan.interfaces.workbench import case
from tongguan.interfaces.workbench.reader import (
    UNPROCESSABLE,
    at_desk,
    frame,
    listed,
    office,
    seen,
    today,
)
from tongguan.interfaces.workbench.whose import doer
from tongguan.kernel.identifiers import OFFICE, HoldId
from tongguan.kernel.spelling import without_edges
from tongguan.kernel.time import utc_now

REVIEWS: Final = (HoldKind.REVIEW, HoldKind.CASE, HoldKind.SUMMONS, HoldKind.QUERY)
MINE: Final = "MINE"
"""The filter that leaves what the reader himself can end now."""
ROWS_PART: Final = "queue"
"""The element that refreshes itself."""
RECALLING: Final = frozenset({"review", "coordination"})
"""Desks that show which recalls wait for a second officer."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What of a queue is asked for; it stands in the address, so that it can be sent to others."""

    text: str = ""
    kind: str = ""
    turn: str = ""
    office: str = ""
    overdue: bool = False

    @classmethod
    def read(cls, asked: QueryDict, kinds: Sequence[HoldKind]) -> "Filters":
        """Return the filters of an address; what is not known is not asked for."""
        kind, turn = asked.get("kind", ""), asked.get("turn", "")
        return cls(
            without_edges(asked.get("text", ""))[:64],
            kind if kind in {str(one) for one in kinds} else "",
            turn if turn in {MINE, *(str(one) for one in Turn)} else "",
            OFFICE.sought(asked.get("office", "")),
            asked.get("overdue") == "yes",
        )

    def rows(
        self,
        viewer: Actor,
        kinds: Sequence[HoldKind],
        *,
        now: datetime,
        after: tuple[datetime, HoldId] | None,
    ) -> tuple[HoldRow, ...]:
        """Return one page of the queue, and a row more where another follows."""
        return waiting(
            viewer=viewer,
            after=after,
            limit=PAGE_ROWS + 1,
            turn=Turn(self.turn) if self.turn in {str(one) for one in Turn} else None,
            doer=doer(viewer) if self.turn == MINE else None,
            kinds=(HoldKind(self.kind),) if self.kind else kinds,
            offices=(self.office,) if self.office else (),
            text=self.text,
            overdue_at=now if self.overdue else None,
        )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest) -> HttpResponse:
    """Show the one queue of documentary checks, for reviewers of all districts."""
    return _queue(request, "review", REVIEWS, gettext("Review"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def coordination(request: HttpRequest) -> HttpResponse:
    """Show what waits in the whole region: for whom, for what, where, the longest first."""
    return _queue(request, "coordination", tuple(HoldKind), gettext("Coordination"))


def _queue(request: HttpRequest, desk: str, kinds: Sequence[HoldKind], title: str) -> HttpResponse:
    viewer, now = at_desk(request, desk), utc_now()
    opened = _opened(request, viewer)
    refused = []
    if opened is not None and request.method == "POST":
        done = case.acted(request, opened, viewer)
        if done is None:
            return redirect(request.get_full_path())
        refused = done
    filters = Filters.read(request.GET, kinds)
    place = moment_and_id(request.GET.get("after", ""))
    after = None if place is None else (place[0], HoldId(place[1]))
    found = filters.rows(viewer, kinds, now=now, after=after)
    page, last = cut(found, PAGE_ROWS)
    rows = _rows(page, viewer, request)
    context = {
        **frame(viewer),
        "desk": desk,
        "title": title,
        "rows": rows,
        "filters": filters,
        "after": "" if last is None else key(last.opened_at, last.id),
        "shown": len(rows),
        "opened": opened,
        "troubles": refused,
    }
    if request.headers.get("HX-Target") == ROWS_PART:
        return render(request, "workbench/queue_rows.html", context)
    if desk in RECALLING:
        context["recalls"] = recalls(viewer=viewer)
    mine = _mine(viewer, kinds)
    context |= _choices(load(viewer=viewer, now=now, kinds=kinds), kinds, filters, mine)
    if opened is not None:
        context |= case.shown(request, opened, viewer)
        context |= {"next": _next(rows, opened.id), "list": _with(request, open=None)}
    status = UNPROCESSABLE if refused else 200
    return render(request, "workbench/queue.html", context, status=status)


def _opened(request: HttpRequest, viewer: Actor) -> Any:
    """Return the declaration that is open beside the list, or None."""
    asked = request.GET.get("open", "")
    if not asked:
        return None
    try:
        return seen(UUID(asked), viewer)
    except ValueError:
        return None


def _rows(found: Sequence[HoldRow], viewer: Actor, request: HttpRequest) -> list[dict[str, Any]]:
    declared = heads([row.declaration_id for row in found])
    rows = listed(found, viewer, today())
    for row in rows:
        head = declared[row["declaration_id"]]
        row["trader"], row["goods"] = head.trader, head.goods
        row["url"] = _with(request, open=str(row["declaration_id"]))
        row["current"] = str(row["declaration_id"]) == request.GET.get("open")
    return rows


def _next(rows: Sequence[dict[str, Any]], opened: UUID) -> str:
    """Return the address of the case after the open one: the first where it has left the list."""
    at = [index for index, row in enumerate(rows) if row["declaration_id"] == opened]
    after = at[-1] + 1 if at else 0
    return str(rows[after]["url"]) if after < len(rows) else ""


def _mine(viewer: Actor, kinds: Sequence[HoldKind]) -> int | None:
    """Return how much of a queue the reader can end now; None where he can end none of it ever."""
    by = doer(viewer)
    if by.kinds.isdisjoint(kinds):
        return None
    return count_waiting(viewer=viewer, kinds=kinds, doer=by)


def _choices(
    loads: Sequence[LoadRow], kinds: Sequence[HoldKind], filters: Filters, mine: int | None
) -> dict[str, Any]:
    """Return what the filters offer, each with how much waits there."""

    def total(**by: object) -> int:
        return sum(
            row.count
            for row in loads
            if all(getattr(row, name) == value for name, value in by.items())
        )

    offices = sorted({row.office for row in loads} | ({filters.office} - {""}))
    present = {kind.turn for kind in kinds} | {row.turn for row in loads}
    turns = [turn for turn in Turn if turn in present]
    return {
        "kinds": [(str(one), capfirst(gettext(one.label)), total(kind=one)) for one in kinds],
        "turns": [
            *([] if mine is None else [(MINE, gettext("mine"), mine)]),
            *((str(one), gettext(one.label), total(turn=one)) for one in turns),
        ],
        "mine": mine,
        "offices_waiting": [(office(one, today()), total(office=one)) for one in offices],
        "total": sum(row.count for row in loads),
        "late": sum(row.late for row in loads),
        "by_turn": [(str(turn), total(turn=turn)) for turn in turns],
    }


def _with(request: HttpRequest, **changes: str | None) -> str:
    """Return the address of this page with changes; None leaves a name out."""
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    told = query.urlencode()
    return f"{request.path}?{told}" if told else request.path
