"""Simple lists: goods under way, inspections, what was sent, and the company itself."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.queries import PAGE_ROWS, count_waiting, waiting
from tongguan.domain.clearance.values import HoldRow
from tongguan.domain.declarations.queries import attempts
from tongguan.domain.declarations.queries import page as page_of
from tongguan.domain.inspection.queries import appointments
from tongguan.domain.parties.commands import REGISTRATION
from tongguan.domain.parties.queries import classes_of, enterprises, mandates_of
from tongguan.domain.parties.values import ClassRow, EnterpriseRow, MandateFlow
from tongguan.domain.revenue.queries import guarantees_of
from tongguan.domain.revenue.values import GuaranteeRow
from tongguan.domain.transit.queries import movements
from tongguan.facilities.accounts.queries import postings
from tongguan.facilities.accounts.values import Actor
from tongguan.facilities.announcements.queries import latest
from tongguan.interfaces.pages import paging
from tongguan.interfaces.pages.shapes import Coded
from tongguan.kernel.identifiers import DeclarationId, HoldId
from tongguan.kernel.time import utc_now
from tongguan.processes.lodgement.decide import local_day

from . import happened, names
from .reader import frame, reader
from .waiting import as_rows

EVENTS: Final = 60
AWAITED: Final = (HoldKind.ARRIVAL, HoldKind.TRANSIT)


@dataclass(frozen=True, slots=True)
class Firm:
    """An enterprise as customs knows it."""

    row: EnterpriseRow
    kind: str
    credit: str
    home: Coded
    classes: list[tuple[ClassRow, str, str]]
    guarantees: tuple[GuaranteeRow, ...]


@login_required
@require_safe
def goods(request: HttpRequest) -> HttpResponse:
    """Show goods that move under customs control, and goods that have not arrived."""
    viewer, now = reader(request), utc_now()
    day = local_day(now)
    rows = [
        (row, names.office(row.departure, day), names.office(row.destination, day))
        for row in movements(viewer=viewer)
    ]
    awaited, after = _waiting(request, viewer, AWAITED)
    context = {
        **frame(viewer, now=now),
        "rows": rows,
        "awaited": as_rows(awaited, day),
        "count": count_waiting(viewer=viewer, kinds=AWAITED),
        "after": after,
    }
    return render(request, "portal/goods.html", context)


@login_required
@require_safe
def inspections(request: HttpRequest) -> HttpResponse:
    """Show inspections of the enterprise's goods, with their appointments."""
    viewer, now = reader(request), utc_now()
    found, after = _waiting(request, viewer, (HoldKind.INSPECTION,))
    kept = appointments([row.id for row in found])
    shown = zip(as_rows(found, local_day(now)), found, strict=True)
    rows = [(row, kept.get(hold.id)) for row, hold in shown]
    context = {**frame(viewer, now=now), "rows": rows, "after": after}
    return render(request, "portal/inspections.html", context)


@login_required
@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    """Show what happened lately to the enterprise's declarations, and what this account sent."""
    viewer, now = reader(request), utc_now()
    heads = {row.id: row for row in page_of(viewer=viewer)}
    told = happened.events(latest(heads, limit=EVENTS), local_day(now)) if heads else []
    context = {
        **frame(viewer, now=now),
        "told": [(one, heads[DeclarationId(one.subject)]) for one in told],
        "rows": attempts(viewer=viewer),
    }
    return render(request, "portal/messages.html", context)


@login_required
@require_safe
def company(request: HttpRequest) -> HttpResponse:
    """Show the enterprise as customs knows it: codes, credit class with its ground, mandates."""
    viewer, now = reader(request), utc_now()
    day = local_day(now)
    context = {
        **frame(viewer, now=now),
        "firms": [
            Firm(
                row,
                capfirst(gettext(row.kind.label)),
                capfirst(gettext(row.credit.label)),
                names.office(row.home_office, day),
                [
                    (one, capfirst(gettext(one.credit.label)), _reason(one))
                    for one in classes_of(row.id, viewer=viewer)
                ],
                guarantees_of(row.id, day=day),
            )
            for row in enterprises(viewer.own_ids, day)
        ],
        "mandates": [
            (
                one,
                capfirst(gettext(MandateFlow(one.flow).label)),
                one.in_force(day),
                one.lasts(day) and not viewer.own_ids.isdisjoint((one.principal_id, one.broker_id)),
                one.principal_id in viewer.own_ids,
            )
            for one in mandates_of(viewer=viewer)
        ],
        "postings": [
            (one, capfirst(gettext(one.role.label)))
            for one in postings(account=viewer.name, viewer=viewer, now=now)
        ],
        "person": viewer,
    }
    return render(request, "portal/company.html", context)


def _waiting(
    request: HttpRequest, viewer: Actor, kinds: Collection[HoldKind]
) -> tuple[Sequence[HoldRow], str]:
    """Return the page of holds that the address names, and the key of the next page."""
    place = paging.moment_and_id(request.GET.get("after", ""))
    after = None if place is None else (place[0], HoldId(place[1]))
    found = waiting(viewer=viewer, kinds=kinds, after=after, limit=PAGE_ROWS + 1)
    rows, last = paging.cut(found, PAGE_ROWS)
    return rows, "" if last is None else paging.key(last.opened_at, last.id)


def _reason(row: ClassRow) -> str:
    """Return why an enterprise has a class: the house's own word in the reader's language."""
    return gettext(REGISTRATION) if row.reason == REGISTRATION else row.reason
