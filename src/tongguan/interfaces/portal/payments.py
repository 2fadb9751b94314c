"""What is due, and paying it: by the sandbox bank in a demonstration, or on a guarantee."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from tongguan.domain.revenue import commands as revenue
from tongguan.domain.revenue.queries import assessment_of, guarantees_of, owed_by
from tongguan.interfaces.pages.shapes import Trouble
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import utc_now
from tongguan.processes import sandbox
from tongguan.processes.lodgement.decide import local_day

from . import names
from .reader import frame, reader, seen

UNPROCESSABLE = 422


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show what the enterprise owes, by the day it is due."""
    viewer, now = reader(request), utc_now()
    day = local_day(now)
    rows = [(row, names.office(row.office, day)) for row in owed_by(viewer)]
    return render(request, "portal/payments.html", {**frame(viewer, now=now), "rows": rows})


@login_required
@require_safe
def pay_page(request: HttpRequest, declaration_id: UUID) -> HttpResponse:
    """Show one amount that is due, and the ways to settle it."""
    return _pay_page(request, declaration_id, [])


@login_required
@require_POST
def pay(request: HttpRequest, declaration_id: UUID) -> HttpResponse:
    """Pay at the sandbox bank."""
    viewer = reader(request)
    head = seen(declaration_id, viewer)
    try:
        sandbox.pay(declaration_id=head.id, by=viewer, now=utc_now())
    except ProblemError as error:
        return _pay_page(request, declaration_id, _troubles(error))
    return redirect("portal:declaration", head.id)


@login_required
@require_POST
def secure(request: HttpRequest, declaration_id: UUID) -> HttpResponse:
    """Draw on a guarantee."""
    viewer = reader(request)
    head = seen(declaration_id, viewer)
    number = request.POST.get("guarantee", "")
    try:
        revenue.secure(declaration_id=head.id, guarantee_number=number, by=viewer, now=utc_now())
    except ProblemError as error:
        return _pay_page(request, declaration_id, _troubles(error))
    return redirect("portal:declaration", head.id)


def _pay_page(request: HttpRequest, id_: UUID, troubles: list[Trouble]) -> HttpResponse:
    viewer, now = reader(request), utc_now()
    head = seen(id_, viewer)
    context = {
        **frame(viewer, now=now),
        "head": head,
        "assessment": assessment_of(head.id),
        "guarantees": guarantees_of(head.trader_id, day=local_day(now)),
        "sandbox": settings.PROFILE != "production",
        "troubles": troubles,
    }
    status = UNPROCESSABLE if troubles else 200
    return render(request, "portal/pay.html", context, status=status)


def _troubles(error: ProblemError) -> list[Trouble]:
    told = [fault.told(gettext) for fault in error.faults]
    return [
        Trouble(one["code"], one["title"], one["detail"], one["remedy"], one["pointer"])
        for one in told
    ]
