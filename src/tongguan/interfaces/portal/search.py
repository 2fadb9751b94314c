"""Search by number, reference, bill or container."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from tongguan.kernel.spelling import without_edges
from tongguan.kernel.time import utc_now
from tongguan.processes.lodgement.decide import local_day

from .declarations import listed, matching
from .reader import frame, reader


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Open the one declaration that is meant, or list those that may be."""
    viewer, now = reader(request), utc_now()
    query = without_edges(request.GET.get("q", ""))
    found = matching(query, viewer) if query else ()
    if len(found) == 1:
        return redirect("portal:declaration", found[0].id)
    context = {**frame(viewer, now=now), **listed(found, local_day(now)), "query": query}
    return render(request, "portal/search.html", context)
