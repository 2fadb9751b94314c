"""One examination as the enterprise sees it: who comes, and the record that it signs."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.problems import NOT_HELD
from tongguan.domain.clearance.queries import open_holds
from tongguan.domain.inspection import attendance, signing
from tongguan.domain.inspection.queries import absences, appointments, attendances, prepared
from tongguan.domain.inspection.values import BEFOREHAND, Finding, Part, PreparedRow
from tongguan.facilities.accounts.values import Actor
from tongguan.kernel.identifiers import DeclarationId, HoldId
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import utc_now

from .reader import frame, reader, seen, troubles_of

UNPROCESSABLE = 422
WORDS_MOST = 200


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, declaration_id: UUID) -> HttpResponse:
    """Show an examination; on POST say that nobody comes, sign, or ask for a one-time code.

    The code is on the answer to the request for it, once and nowhere else.
    """
    viewer, now = reader(request), utc_now()
    head = seen(declaration_id, viewer)
    refused, given = [], None
    if request.method == "POST":
        try:
            given = _act(request, head.id, viewer, now)
        except ProblemError as error:
            refused = troubles_of(error)
        else:
            if given is None:
                return redirect("portal:examination", head.id)
    context = {
        **frame(viewer, now=now),
        "head": head,
        **_shown(head.id, now),
        "given": given,
        "troubles": refused,
        "sent": request.POST,
    }
    status = UNPROCESSABLE if refused else 200
    return render(request, "portal/examination.html", context, status=status)


def _act(
    request: HttpRequest, id_: DeclarationId, by: Actor, now: datetime
) -> tuple[str, datetime] | None:
    """Do the act that a form asks for; return the code and its end where that was asked for."""
    sent, hold = request.POST, _hold(id_)
    act: dict[str, Any] = {"declaration_id": id_, "hold_id": hold, "by": by, "now": now}
    match sent.get("act", ""):
        case "absence":
            words = sent.get("words", "")[:WORDS_MOST]
            attendance.declare_absence(ground=sent.get("ground", ""), words=words, **act)
            messages.success(request, gettext("Customs is told that nobody comes."))
        case "early":
            attendance.agree_early(**act)
            messages.success(request, gettext("Customs is told that it may begin earlier."))
        case "sign":
            signing.sign(sha256=sent.get("sha256", ""), **act)
            messages.success(request, gettext("Signed."))
        case _:
            return signing.give_code(**act)
    return None


def _shown(id_: DeclarationId, now: datetime) -> dict[str, Any]:
    rows = open_holds([id_], HoldKind.INSPECTION)
    ids = [row.id for row in rows[:1]]
    attended = next(iter(attendances(ids).values()), None)
    made = next(iter(prepared(ids).values()), None)
    appointment = next(iter(appointments(ids).values()), None)
    return {
        "open": bool(ids),
        "appointment": appointment,
        "earlier": appointment is not None and now < appointment.at,
        "absent": next(iter(absences(ids).values()), None),
        "attended": attended,
        "begun": attended is not None and attended.started_at is not None,
        "grounds": [(str(one), gettext(one.label)) for one in BEFOREHAND],
        **({} if made is None else _record(made)),
    }


def _record(made: PreparedRow) -> dict[str, Any]:
    return {
        "made": made,
        "finding": gettext(Finding(made.signed.finding).label),
        "signatures": [(one, gettext(one.part.label)) for one in made.signatures],
        "missing": [gettext(part.label) for part, _name in made.missing],
        "signs": any(part is Part.ATTENDING for part, _name in made.missing),
    }


def _hold(id_: DeclarationId) -> HoldId:
    for row in open_holds([id_], HoldKind.INSPECTION):
        return row.id
    raise NOT_HELD.error(hold_id=str(HoldKind.INSPECTION))
