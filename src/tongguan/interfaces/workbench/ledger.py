"""The ledger of one declaration: every act in words, and whether the chain is whole."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tongguan.domain.declarations import queries as declarations
from tongguan.facilities.ledger.queries import entries, verify
from tongguan.interfaces.workbench import told
from tongguan.interfaces.workbench.ledger_state import state_now
from tongguan.interfaces.workbench.reader import at_desk, frame, seen
from tongguan.kernel.spelling import without_edges
from tongguan.kernel.time import utc_now


@login_required
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Ask for a number, and open its ledger; list what may be meant."""
    viewer = at_desk(request, "ledger")
    query = without_edges(request.GET.get("number", ""))
    found = declarations.page(viewer=viewer, search=query) if query else ()
    if len(found) == 1:
        return redirect("workbench:ledger_of", found[0].id)
    context = {**frame(viewer), "rows": found, "number": query, "state": state_now(now=utc_now())}
    return render(request, "workbench/ledgers.html", context)


@login_required
@require_safe
def page(request: HttpRequest, declaration_id: UUID) -> HttpResponse:
    """Show every act on a declaration, and where its chain is broken if it is."""
    viewer = at_desk(request, "ledger")
    head = seen(declaration_id, viewer)
    broken = verify(head.id).broken
    context = {
        **frame(viewer),
        "head": head,
        "rows": told.acts(entries(head.id)),
        "broken_at": broken[0].number if broken else None,
        "wrong": gettext(broken[0].wrong.label) if broken else "",
    }
    return render(request, "workbench/ledger.html", context)
