"""The region on one page: what lies, waits and moves, and how the promise of the day is kept."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tongguan.domain.cargo.queries import lying_by_site
from tongguan.domain.clearance.lifecycle import Turn
from tongguan.domain.clearance.queries import load, load_of_sites, promise, waiting
from tongguan.domain.clearance.values import LoadRow, SiteLoadRow
from tongguan.domain.inspection.queries import missed
from tongguan.domain.reference.queries import calendar_warning, snapshot
from tongguan.domain.reference.values import Site
from tongguan.domain.transit.queries import movements, under_way
from tongguan.domain.transit.values import Moving
from tongguan.interfaces.pages.sites import outline
from tongguan.interfaces.workbench.reader import at_desk, frame, listed, may, office, today
from tongguan.kernel.time import LOCAL, utc_now

BUSY: Final = 20
"""From so many waiting declarations on a site counts as busy."""
BEHIND: Final = Decimal("0.2")
"""From such a late share of what waits for its own office on a site is behind time."""
OLDEST: Final = 5
MOVEMENTS: Final = 20


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the region's sites on the map, what lies, waits and moves, and the day's promise."""
    viewer, now = at_desk(request, "region"), utc_now()
    day = today()
    law = snapshot()
    sites = law.region.sites(day)
    ending = calendar_warning(law, day)
    loads = load(viewer=viewer, now=now)
    roads = under_way(viewer=viewer, now=now)
    lying = {row.site: row for row in lying_by_site(viewer=viewer)}
    at_sites = load_of_sites(viewer=viewer, now=now, missed=missed(now=now))
    waits = {row.site: row for row in at_sites}
    start = datetime.combine(now.astimezone(LOCAL).date(), time(), LOCAL)
    kept = promise(viewer=viewer, since=start, now=now)
    points = [
        _point(
            site,
            lying[site.code].count if site.code in lying else 0,
            waits.get(site.code, SiteLoadRow(site.code, 0, 0, 0)),
        )
        for site in sites
    ]
    points.sort(key=lambda one: (-one["waiting"], -one["lying"], one["code"]))
    context = {
        **frame(viewer),
        "map": {
            "outline": outline(Path(settings.REGION_DIR).name),
            "sites": points,
            "moves": _moves(roads, sites),
        },
        "by_turn": [
            (str(turn), sum(row.count for row in loads if row.turn is turn)) for turn in Turn
        ],
        "lying": sum(row.count for row in lying.values()),
        "moving": sum(row.count for row in roads),
        "moving_late": sum(row.late for row in roads),
        "promise": kept,
        "promise_share": None if kept.share is None else int(kept.share * Decimal(100)),
        "offices": _offices(loads, day),
        "oldest": listed(waiting(viewer=viewer, limit=OLDEST), viewer, day),
        "movements": [
            (row, office(row.departure, day), office(row.destination, day), row.due_at <= now)
            for row in movements(viewer=viewer, open_only=True, limit=MOVEMENTS)
        ],
        "may_coordinate": may(viewer, "coordination"),
        "calendar_ending": "" if ending is None else ending.told(gettext)["detail"],
    }
    return render(request, "workbench/region.html", context)


def _point(site: Site, lying: int, waits: SiteLoadRow) -> dict[str, Any]:
    behind = waits.share_late >= BEHIND
    state = "late" if behind else "busy" if waits.count >= BUSY else "well"
    return {
        "code": site.code,
        "chinese": site.name_zh,
        "english": site.name_en,
        "longitude": float(site.longitude),
        "latitude": float(site.latitude),
        "lying": lying,
        "waiting": waits.count,
        "own": waits.own,
        "late": waits.late,
        "rank": 1 if behind else 2 if waits.count or lying else 3,
        "state": state,
    }


def _moves(roads: Sequence[Moving], sites: Sequence[Site]) -> list[dict[str, Any]]:
    """Return the roads between offices, drawn from the first site of each."""
    first: dict[str, str] = {}
    for site in sites:
        first.setdefault(site.office, site.code)
    return [
        {"from": first[row.departure], "to": first[row.destination], "count": row.count}
        for row in roads
        if row.departure in first and row.destination in first
    ]


def _offices(loads: Sequence[LoadRow], day: date) -> list[Mapping[str, Any]]:
    """Return what waits by office, the most first, each leading to its list."""
    found: dict[str, list[LoadRow]] = {}
    for row in loads:
        found.setdefault(row.office, []).append(row)
    url = reverse("workbench:coordination")
    rows = [
        {
            "office": office(code, day),
            "count": sum(row.count for row in of),
            "late": sum(row.late for row in of),
            "own": sum(row.late for row in of if row.turn is Turn.CUSTOMS),
            "oldest_at": min(row.oldest_at for row in of),
            "url": f"{url}?office={code}",
            "kinds": ", ".join(
                f"{gettext(kind.label)} {sum(row.count for row in rows)}"
                for kind, rows in groupby(of, key=lambda row: row.kind)
            ),
        }
        for code, of in found.items()
    ]
    return sorted(rows, key=lambda row: (-int(str(row["count"])), str(row["url"])))
