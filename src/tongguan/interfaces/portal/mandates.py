"""Ending a mandate: the principal revokes it, or the broker lays it down, after a second look."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tongguan.domain.parties.commands import revoke_mandate
from tongguan.domain.parties.queries import own_mandate
from tongguan.domain.parties.values import MandateFlow
from tongguan.interfaces.pages.shapes import Trouble
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import utc_now
from tongguan.processes.lodgement.decide import local_day

from .reader import UNPROCESSABLE, frame, reader, troubles_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """Show what would end, and what would not; on POST end it."""
    viewer, now = reader(request), utc_now()
    row = own_mandate(mandate_id, viewer=viewer)
    if row is None:
        raise Http404
    troubles: list[Trouble] = []
    if request.method == "POST":
        try:
            revoke_mandate(mandate_id=row.id, by=viewer, now=now)
        except ProblemError as error:
            troubles = troubles_of(error)
        else:
            messages.success(request, gettext("The mandate has ended."))
            return redirect("portal:company")
    context = {
        **frame(viewer, now=now),
        "row": row,
        "flow": capfirst(gettext(MandateFlow(row.flow).label)),
        "gave": row.principal_id in viewer.own_ids,
        "may_end": row.lasts(local_day(now)),
        "troubles": troubles,
    }
    status = UNPROCESSABLE if troubles else 200
    return render(request, "portal/mandate.html", context, status=status)
