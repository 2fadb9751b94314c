"""What needs an operator: events and periodic jobs that fail, and keys that are not here."""

from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tongguan.domain.reference.queries import calendar_warning, snapshot
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.ledger.installation_keys import missing_keys
from tongguan.facilities.ledger.installation_secret import secret_faults
from tongguan.interfaces.workbench.problems import NO_ID, NO_SUCH_ACT
from tongguan.interfaces.workbench.reader import UNPROCESSABLE, at_desk, frame, today, troubles
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import utc_now
from tongguan.processes.parked_events import drop_event, failed_events, failed_jobs, retry_event

LONGEST_NUMBER: Final = 18


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Show what failed; on POST have an event tried again, or drop it with a reason."""
    viewer = at_desk(request, "operation")
    refused = []
    if request.method == "POST":
        try:
            messages.success(request, _act(request, viewer))
            return redirect("workbench:operation")
        except ProblemError as error:
            refused = troubles(error)
    ending = calendar_warning(snapshot(), today()) if viewer.is_(Role.ADMINISTRATOR) else None
    context = {
        **frame(viewer),
        "calendar_ending": None if ending is None else ending.told(gettext),
        "events": failed_events(viewer=viewer),
        "jobs": failed_jobs(viewer=viewer),
        "lacking": [fault.told(gettext) for fault in (*missing_keys(), *secret_faults())],
        "acts": viewer.is_(Role.ADMINISTRATOR),
        "troubles": refused,
    }
    status = UNPROCESSABLE if refused else 200
    return render(request, "workbench/operation.html", context, status=status)


def _act(request: HttpRequest, viewer: Actor) -> str:
    number, act, now = request.POST.get("event", ""), request.POST.get("act", ""), utc_now()
    if not (number.isascii() and number.isdecimal() and len(number) <= LONGEST_NUMBER):
        raise NO_ID.error()
    if act == "retry":
        retry_event(event_id=int(number), by=viewer, now=now)
        return gettext("The worker tries the consequences of the event again.")
    if act == "drop":
        reason = request.POST.get("reason", "")
        drop_event(event_id=int(number), reason=reason, by=viewer, now=now)
        return gettext("The consequences of the event are dropped.")
    raise NO_SUCH_ACT.error(act=act[:40])
