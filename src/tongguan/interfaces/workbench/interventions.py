"""What is done to one declaration by hand: stopped, let go on, revoked, refused."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tongguan.domain.clearance.lifecycle import State
from tongguan.domain.clearance.queries import standing
from tongguan.domain.coordination import commands as coordination
from tongguan.domain.coordination.queries import instructions_of
from tongguan.domain.review import revocations
from tongguan.domain.review.queries import revocation_of
from tongguan.domain.review.values import Ground
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.interfaces.workbench.reader import at_desk, frame, seen, troubles
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import utc_now

UNPROCESSABLE = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, declaration_id: UUID) -> HttpResponse:
    """Show what the reader may do by hand; on POST do it, or say why it is refused."""
    viewer = at_desk(request, "region")
    head = seen(declaration_id, viewer)
    refused = []
    if request.method == "POST":
        try:
            said = _act(request, head.id, viewer)
        except ProblemError as error:
            refused = troubles(error)
        else:
            messages.success(request, said)
            return redirect("workbench:case", head.id)
    accepted = standing([head.id])[head.id].state is State.ACCEPTED
    given = next((one for one in instructions_of(head.id) if one.lifted_at is None), None)
    reviews, coordinates = viewer.is_(Role.REVIEWER), viewer.is_(Role.COORDINATOR)
    context = {
        **frame(viewer),
        "head": head,
        "given": given if accepted else None,
        "can_stop": coordinates and accepted and given is None,
        "can_lift": coordinates and accepted and given is not None,
        "can_cancel": reviews and accepted,
        "can_refuse": (reviews or coordinates) and accepted,
        "ended": revocation_of(head.id),
        "grounds": [(str(one), gettext(one.label)) for one in Ground],
        "troubles": refused,
        "sent": request.POST,
    }
    status = UNPROCESSABLE if refused else 200
    return render(request, "workbench/interventions.html", context, status=status)


def _act(request: HttpRequest, id_: DeclarationId, by: Actor) -> str:
    """Do the act that a form asks for, and return what is told of it.

    Raises:
        Http404: the form asks for none.
        ProblemError: it is refused.
    """
    sent = request.POST
    act: dict[str, Any] = {"by": by, "now": utc_now()}
    words = sent.get("words", "")
    done = True
    match sent.get("act", ""):
        case "stop":
            coordination.stop(declaration_id=id_, reason=words, **act)
            said = gettext("Stopped; two officers have to lift it again.")
        case "lift":
            done = coordination.lift(declaration_id=id_, words=words, **act)
            said = gettext("Lifted: it goes on.")
        case "cancel":
            ground = sent.get("ground", "")
            revocations.cancel(declaration_id=id_, ground=ground, words=words, **act)
            said = gettext("Revoked.")
        case "refuse":
            revocations.refuse(declaration_id=id_, words=words, **act)
            said = gettext("Refused.")
        case _:
            raise Http404
    return said if done else gettext("Asked for; a second officer has to confirm.")
