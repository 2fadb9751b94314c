"""What a site operator attends as keeper of the goods, and the records that he signs as witness."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tongguan.domain.inspection import attendance, signing
from tongguan.domain.inspection.queries import keeper_tasks, prepared
from tongguan.domain.inspection.values import KeeperTaskRow, Part
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.interfaces.workbench.inspection import absence_words, being_signed
from tongguan.interfaces.workbench.reader import (
    UNPROCESSABLE,
    at_desk,
    frame,
    people,
    site,
    troubles,
)
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import utc_now


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Show the examinations that wait for the keeper of the goods; on POST attend, or sign."""
    viewer = at_desk(request, "gate")
    if not viewer.is_(Role.SITE_OPERATOR):
        raise PermissionDenied
    refused = []
    if request.method == "POST":
        try:
            messages.success(request, _act(request, viewer))
            return redirect("workbench:keeper")
        except ProblemError as error:
            refused = troubles(error)
    tasks = keeper_tasks(viewer=viewer)
    made = prepared([task.hold_id for task in tasks])
    called = people(name for one in made.values() for name in one.signed.officers)
    context = {
        **frame(viewer),
        "rows": [_shown(task, made, viewer, called) for task in tasks],
        "troubles": refused,
    }
    status = UNPROCESSABLE if refused else 200
    return render(request, "workbench/keeper.html", context, status=status)


def _act(request: HttpRequest, viewer: Actor) -> str:
    """Attend, or sign, at the examination that a form names; one that is not his is none."""
    wanted = request.POST.get("hold", "")
    for task in keeper_tasks(viewer=viewer):
        if str(task.hold_id) != wanted:
            continue
        act: dict[str, Any] = {
            "declaration_id": task.declaration_id,
            "hold_id": task.hold_id,
            "by": viewer,
            "now": utc_now(),
        }
        if request.POST.get("act") == "sign":
            signing.sign(sha256=request.POST.get("sha256", ""), **act)
            return gettext("Signed.")
        attendance.attend_as_keeper(**act)
        return gettext("You attend as witness.")
    raise PermissionDenied


def _shown(
    task: KeeperTaskRow, made: Mapping[Any, Any], viewer: Actor, called: Mapping[str, str]
) -> dict[str, Any]:
    record = made.get(task.hold_id)
    lacks = () if record is None else record.missing
    return {
        "it": task,
        "site": site(task.site) if task.site else None,
        "absence": absence_words(task.absence),
        "made": None if record is None else being_signed(record, viewer, called),
        "signs": any(part is Part.KEEPER and name in {"", viewer.name} for part, name in lacks),
    }
