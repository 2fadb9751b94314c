"""Search by number, reference, bill or container: it leads each role to where it may go."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tongguan.domain.cargo import queries as cargo
from tongguan.domain.declarations import queries as declarations
from tongguan.facilities.accounts.values import Role
from tongguan.interfaces.pages.who import actor
from tongguan.interfaces.workbench.cargo import bill_shown
from tongguan.interfaces.workbench.reader import frame, may
from tongguan.kernel.spelling import without_edges


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Open what is meant, or list what may be: declarations, bills, or the gate's own answer."""
    viewer, query = actor(request), without_edges(request.GET.get("q", ""))
    if viewer.is_(Role.GATE, Role.SITE_OPERATOR):
        asked = f"?{urlencode({'unit': query})}" if query else ""
        return redirect(reverse("workbench:gate") + asked)
    at_desks = may(viewer, "region")
    if not at_desks and not may(viewer, "cargo"):
        raise PermissionDenied
    found = declarations.page(viewer=viewer, search=query) if query and at_desks else ()
    if len(found) == 1:
        return redirect("workbench:case", found[0].id)
    lying = bool(query) and query.isprintable() and may(viewer, "cargo")
    bill = cargo.find(query, viewer=viewer) if lying else None
    boxes = cargo.unit(query, viewer=viewer) if lying else ()
    bills = (
        [bill]
        if bill is not None
        else list(cargo.bills([row.bill for row in boxes]).answer().values())
    )
    context = {
        **frame(viewer),
        "rows": found,
        "bills": [bill_shown(row) for row in bills],
        "query": query,
    }
    return render(request, "workbench/search.html", context)
