"""Where a person begins: his own portal or desk, or the way to sign in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from tongguan.facilities.accounts.values import Role
from tongguan.interfaces.pages.who import actor

FIRST_DESK = (
    (Role.REVIEWER, "workbench:review"),
    (Role.INSPECTOR, "workbench:inspection"),
    (Role.CHIEF, "workbench:inspection"),
    (Role.REVENUE, "workbench:revenue"),
    (Role.RISK_ANALYST, "workbench:risk"),
    (Role.COORDINATOR, "workbench:region"),
    (Role.AUDITOR, "workbench:region"),
    (Role.AGENCY, "workbench:permits"),
    (Role.GATE, "workbench:gate"),
    (Role.SITE_OPERATOR, "workbench:gate"),
    (Role.CARRIER, "workbench:cargo"),
)


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Lead to where the reader's work waits."""
    viewer = actor(request)
    for role, place in FIRST_DESK:
        if viewer.is_(role):
            return redirect(place)
    if viewer.is_(Role.ADMINISTRATOR):
        return render(request, "pages/administrator.html", {"account": viewer.name})
    return redirect("portal:todo")
