"""What is due, and paying it: by the sandbox bank in a demonstration, or on a guarantee."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.queries import open_holds
from tongguan.domain.declarations.queries import may_secure
from tongguan.domain.revenue import commands as revenue
from tongguan.domain.revenue.queries import (
    PAGE_ROWS,
    charges_of,
    guarantees_for,
    owed_by,
    owed_in_all,
    settled_by,
)
from tongguan.interfaces.pages import charges, paging
from tongguan.interfaces.pages.shapes import Trouble
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import utc_now
from tongguan.processes import sandbox
from tongguan.processes.lodgement.decide import local_day

from . import names
from .reader import UNPROCESSABLE, declarant, frame, reader, seen, troubles_of
from .waiting import until


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show what the enterprise owes, by the day it is due, and what is settled."""
    viewer, now = reader(request), utc_now()
    day = local_day(now)
    found = owed_by(
        viewer, after=paging.day_and_id(request.GET.get("after", "")), limit=PAGE_ROWS + 1
    )
    owed, last = paging.cut(found, PAGE_ROWS)
    count, total = owed_in_all(viewer)
    context = {
        **frame(viewer, now=now),
        "rows": [(row, names.office(row.office, day), row.due_date < day) for row in owed],
        "count": count,
        "total": total,
        "after": "" if last is None else paging.key(last.due_date, last.id),
        "settled": [(row, names.office(row.office, day)) for row in settled_by(viewer)],
    }
    return render(request, "portal/payments.html", context)


@login_required
@require_safe
def pay_page(request: HttpRequest, declaration_id: UUID) -> HttpResponse:
    """Show one amount that is due, and the ways to settle it."""
    return _pay_page(request, declaration_id, [])


@login_required
@require_POST
def pay(request: HttpRequest, declaration_id: UUID) -> HttpResponse:
    """Pay at the sandbox bank."""
    viewer = declarant(request)
    head = seen(declaration_id, viewer)
    if not _has_sandbox():
        raise Http404
    try:
        sandbox.pay(declaration_id=head.id, by=viewer, now=utc_now())
    except ProblemError as error:
        return _pay_page(request, declaration_id, troubles_of(error))
    messages.success(request, gettext("The bank has confirmed the payment."))
    return redirect("portal:declaration", head.id)


@login_required
@require_POST
def secure(request: HttpRequest, declaration_id: UUID) -> HttpResponse:
    """Draw on a guarantee."""
    viewer = declarant(request)
    head = seen(declaration_id, viewer)
    number = request.POST.get("guarantee", "")
    try:
        revenue.secure(declaration_id=head.id, guarantee_number=number, by=viewer, now=utc_now())
    except ProblemError as error:
        return _pay_page(request, declaration_id, troubles_of(error))
    words = gettext("Secured on guarantee {guarantee}").format(guarantee=number)
    messages.success(request, words)
    return redirect("portal:declaration", head.id)


def _pay_page(request: HttpRequest, id_: UUID, troubles: list[Trouble]) -> HttpResponse:
    viewer, now = declarant(request), utc_now()
    head, day = seen(id_, viewer), local_day(now)
    owed = charges_of(head.id, viewer=viewer)
    open_ = owed is not None and owed.row.paid_at is None and bool(owed.row.total)
    second_step = next(iter(open_holds([head.id], HoldKind.SUPPLEMENT)), None)
    fee = owed is not None and bool(owed.assessment.fee)
    usable = guarantees_for(head.id, viewer=viewer, day=day)
    context = {
        **frame(viewer, now=now),
        "head": head,
        "owed": owed if open_ else None,
        "due": revenue.amount_due(head.id, at=now) if open_ else None,
        "late": owed is not None and owed.row.due_date < day,
        "sums": [] if owed is None else charges.sums(owed.assessment),
        "supplement_until": None if second_step is None else until(second_step.due_at),
        "with_fee": fee,
        "may_secure": bool(usable) or may_secure(viewer, head.id),
        "guarantees": [
            (one, one.limit_cny - one.drawn_cny)
            for one in usable
            if owed is not None and not owed.row.secured_by and not fee
        ],
        "sandbox": _has_sandbox(),
        "troubles": troubles,
    }
    status = UNPROCESSABLE if troubles else 200
    return render(request, "portal/pay.html", context, status=status)


def _has_sandbox() -> bool:
    return bool(settings.PROFILE != "production")
