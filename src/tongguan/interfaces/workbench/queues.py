"""Queues of the desks: what waits there, the longest first."""

from collections import Counter
from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tongguan.domain.clearance.lifecycle import HoldKind, Turn
from tongguan.domain.clearance.queries import count_waiting, waiting
from tongguan.domain.declarations import queries as declarations
from tongguan.domain.inspection.queries import appointments
from tongguan.domain.reference.queries import snapshot
from tongguan.domain.reference.values import Site
from tongguan.domain.revenue.queries import waiting_for_payment
from tongguan.domain.transit.queries import movements, under_way
from tongguan.interfaces.pages.answers import wants_part
from tongguan.interfaces.workbench.reader import at_desk, frame, listed, office, today
from tongguan.kernel.time import utc_now

REVIEWS = (HoldKind.REVIEW, HoldKind.CASE, HoldKind.SUMMONS, HoldKind.QUERY)
MOST = 200
BUSY = 5


@login_required
@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """Show the one queue of documentary checks, for reviewers of all districts."""
    return _queue(request, "review", REVIEWS, gettext("Review"))


@login_required
@require_safe
def inspection(request: HttpRequest) -> HttpResponse:
    """Show the inspections at the officer's offices, with their appointments."""
    return _queue(request, "inspection", (HoldKind.INSPECTION,), gettext("Inspection"))


@login_required
@require_safe
def coordination(request: HttpRequest) -> HttpResponse:
    """Show what waits longest in the whole region, and how much waits for whom."""
    viewer, day = at_desk(request, "coordination"), today()
    rows = waiting(viewer=viewer, limit=MOST)
    turns = [(str(turn), count_waiting(viewer=viewer, turn=turn)) for turn in Turn]
    kinds = Counter(row.kind for row in rows)
    context = {
        **frame(viewer),
        "rows": listed(rows[:50], day),
        "turns": turns,
        "kinds": [(gettext(kind.label), count) for kind, count in kinds.most_common()],
    }
    return render(request, "workbench/coordination.html", context)


@login_required
@require_safe
def revenue(request: HttpRequest) -> HttpResponse:
    """Show what is owed at the officer's offices."""
    viewer, day = at_desk(request, "revenue"), today()
    rows = [(row, office(row.office, day)) for row in waiting_for_payment(viewer)]
    return render(request, "workbench/revenue.html", {**frame(viewer), "rows": rows})


@login_required
@require_safe
def region(request: HttpRequest) -> HttpResponse:
    """Show the region's sites on the map, what waits there and what moves between them."""
    viewer, day = at_desk(request, "region"), today()
    law = snapshot().region
    waits = Counter(row.office for row in waiting(viewer=viewer, limit=2_000))
    rows = under_way(viewer=viewer, now=utc_now())
    moving = {(row.departure, row.destination): row.count for row in rows}
    sites = law.sites(day)
    first: dict[str, Site] = {}
    for site in sites:
        first.setdefault(site.office, site)
    points = [
        {
            "code": site.code,
            "chinese": site.name_zh,
            "english": site.name_en,
            "longitude": float(site.longitude),
            "latitude": float(site.latitude),
            "lying": 0,
            "waiting": waits[code],
            "rank": 1 if waits[code] else 3,
            "state": "busy" if waits[code] > BUSY else "well",
        }
        for code, site in first.items()
    ]
    lines = [
        {"from": first[start].code, "to": first[end].code, "count": count}
        for (start, end), count in moving.items()
        if start in first and end in first
    ]
    turns = [(str(turn), count_waiting(viewer=viewer, turn=turn)) for turn in Turn]
    context = {
        **frame(viewer),
        "map": {"sites": points, "moves": lines},
        "turns": turns,
        "movements": movements(viewer=viewer, limit=20),
        "moving": sum(moving.values()),
        "oldest": next(iter(listed(waiting(viewer=viewer, limit=1), day)), None),
    }
    return render(request, "workbench/region.html", context)


@login_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Open the declaration that is meant, or list those that may be."""
    viewer = at_desk(request, "region")
    query = "".join(request.GET.get("q", "").split())
    found = declarations.page(viewer=viewer, search=query) if query else ()
    if len(found) == 1:
        return redirect("workbench:case", found[0].id)
    context = {**frame(viewer), "rows": found, "query": query}
    return render(request, "workbench/search.html", context)


def _queue(request: HttpRequest, desk: str, kinds: Sequence[HoldKind], title: str) -> HttpResponse:
    viewer, day = at_desk(request, desk), today()
    rows = waiting(viewer=viewer, kinds=kinds)
    listed_rows = listed(rows, day)
    held = appointments([row.id for row in rows]) if desk == "inspection" else {}
    for row in listed_rows:
        kept = held.get(row["id"])
        row["appointment"] = kept
    context = {**frame(viewer), "rows": listed_rows, "title": title, "desk": desk}
    template = "workbench/queue_rows.html" if wants_part(request) else "workbench/queue.html"
    return render(request, template, context)
