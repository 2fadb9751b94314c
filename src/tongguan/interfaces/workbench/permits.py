"""The desk of partner agencies: which licences wait to be confirmed, and for how much."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tongguan.domain.permits import commands as permits
from tongguan.domain.permits.queries import waiting
from tongguan.domain.reference.queries import snapshot
from tongguan.facilities.accounts.values import Role
from tongguan.interfaces.pages.shapes import Coded
from tongguan.interfaces.workbench.reader import at_desk, frame, today, troubles
from tongguan.kernel.identifiers import HoldId
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import utc_now

UNPROCESSABLE = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Show what is asked of the reader's agency; on POST confirm or decline one."""
    viewer, day = at_desk(request, "permits"), today()
    refused = []
    if request.method == "POST":
        try:
            said = _answer(request)
        except ProblemError as error:
            refused = troubles(error)
        else:
            messages.success(request, said)
            return redirect("workbench:permits")
    rows = [
        {
            "it": row,
            "kind": _coded("permit_documents", row.kind, day),
            "agency": _coded("agencies", row.agency, day),
            "unit": _coded("units", row.unit, day),
            "enough": row.left is not None and row.left >= row.quantity,
        }
        for row in waiting(viewer=viewer)
    ]
    context = {
        **frame(viewer),
        "rows": rows,
        "may_answer": viewer.is_(Role.AGENCY),
        "troubles": refused,
    }
    status = UNPROCESSABLE if refused else 200
    return render(request, "workbench/permits.html", context, status=status)


def _answer(request: HttpRequest) -> str:
    by, sent, now = at_desk(request, "permits"), request.POST, utc_now()
    try:
        hold = HoldId(UUID(sent.get("hold", "")))
    except ValueError as error:
        raise Http404 from error
    if sent.get("act") == "decline":
        permits.decline(hold_id=hold, words=sent.get("words", ""), by=by, now=now)
        return gettext("Declined: customs decides what becomes of the goods.")
    permits.confirm(hold_id=hold, by=by, now=now)
    return gettext("Confirmed: the quantity is debited.")


def _coded(table: str, code: str, day: date) -> Coded:
    found = snapshot().codes.row(table, code, day)
    return Coded(code) if found is None else Coded(code, found.name_zh, found.name_en)
