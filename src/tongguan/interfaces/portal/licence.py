"""Naming a licence that the goods need and the declaration lacks."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.queries import open_holds
from tongguan.domain.permits.commands import name_licence
from tongguan.interfaces.pages.shapes import Trouble
from tongguan.kernel.identifiers import HoldId
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import utc_now
from tongguan.processes.lodgement.decide import local_day

from . import names
from .reader import UNPROCESSABLE, declarant, frame, seen, troubles_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, declaration_id: UUID, hold_id: UUID) -> HttpResponse:
    """Show which licence is missing; on POST take its number."""
    viewer, now = declarant(request), utc_now()
    head, day = seen(declaration_id, viewer), local_day(now)
    held = open_holds([head.id], HoldKind.PERMIT)
    hold = next((row for row in held if row.id == hold_id), None)
    if hold is None:
        raise Http404
    troubles: list[Trouble] = []
    number = request.POST.get("number", "")
    if request.method == "POST":
        try:
            name_licence(
                declaration_id=head.id, hold_id=HoldId(hold_id), number=number, by=viewer, now=now
            )
        except ProblemError as error:
            troubles = troubles_of(error)
        else:
            messages.success(request, gettext("The agency is asked to confirm the licence."))
            return redirect("portal:declaration", head.id)
    facts = hold.facts
    context = {
        **frame(viewer, now=now),
        "head": head,
        "kind": names.coded("permit_documents", facts["kind"], day),
        "agency": names.coded("agencies", facts["agency"], day),
        "quantity": facts["quantity"],
        "unit": names.coded("units", facts["unit"], day),
        "number": number,
        "troubles": troubles,
    }
    status = UNPROCESSABLE if troubles else 200
    return render(request, "portal/licence.html", context, status=status)
