"""Simple lists: goods under way, inspections, what was sent, and the company itself."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.queries import waiting
from tongguan.domain.declarations.queries import attempts
from tongguan.domain.inspection.queries import appointments
from tongguan.domain.parties.queries import classes_of, enterprises, mandates_of
from tongguan.domain.transit.queries import movements
from tongguan.kernel.time import utc_now
from tongguan.processes.lodgement.decide import local_day

from . import names
from .reader import frame, reader
from .waiting import as_rows


@login_required
@require_safe
def goods(request: HttpRequest) -> HttpResponse:
    """Show goods that move under customs control."""
    viewer, now = reader(request), utc_now()
    day = local_day(now)
    rows = [
        (row, names.office(row.departure, day), names.office(row.destination, day))
        for row in movements(viewer=viewer)
    ]
    return render(request, "portal/goods.html", {**frame(viewer, now=now), "rows": rows})


@login_required
@require_safe
def inspections(request: HttpRequest) -> HttpResponse:
    """Show inspections of the enterprise's goods, with their appointments."""
    viewer, now = reader(request), utc_now()
    found = waiting(viewer=viewer, kinds=(HoldKind.INSPECTION,))
    kept = appointments([row.id for row in found])
    shown = zip(as_rows(found, local_day(now)), found, strict=True)
    rows = [(row, kept.get(hold.id)) for row, hold in shown]
    return render(request, "portal/inspections.html", {**frame(viewer, now=now), "rows": rows})


@login_required
@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    """Show what this account sent, accepted or not."""
    viewer, now = reader(request), utc_now()
    context = {**frame(viewer, now=now), "rows": attempts(viewer=viewer)}
    return render(request, "portal/messages.html", context)


@login_required
@require_safe
def company(request: HttpRequest) -> HttpResponse:
    """Show the enterprise as customs knows it: codes, credit class with its ground, mandates."""
    viewer, now = reader(request), utc_now()
    own = enterprises(viewer.own_ids, local_day(now))
    rows = [(row, gettext(row.credit.label), classes_of(row.id, viewer=viewer)) for row in own]
    context = {**frame(viewer, now=now), "rows": rows, "mandates": mandates_of(viewer=viewer)}
    return render(request, "portal/company.html", context)
