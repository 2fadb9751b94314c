"""Answering what customs asks."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tongguan.domain.review import commands as review
from tongguan.domain.review.queries import queries_of
from tongguan.interfaces.pages.shapes import Trouble
from tongguan.kernel.identifiers import HoldId
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import utc_now

from .reader import UNPROCESSABLE, declarant, frame, seen, troubles_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, declaration_id: UUID, hold_id: UUID) -> HttpResponse:
    """Show the question; on POST take the answer."""
    viewer, now = declarant(request), utc_now()
    head = seen(declaration_id, viewer)
    question = next((one for one in queries_of(head.id) if one.hold_id == hold_id), None)
    if question is None:
        raise Http404
    troubles: list[Trouble] = []
    text = request.POST.get("text", "")
    if request.method == "POST":
        try:
            review.answer_query(
                declaration_id=head.id, hold_id=HoldId(hold_id), text=text, by=viewer, now=now
            )
        except ProblemError as error:
            troubles = troubles_of(error)
        else:
            messages.success(request, gettext("Your answer has reached the reviewer."))
            return redirect("portal:declaration", head.id)
    context = {**frame(viewer, now=now), "head": head, "question": question, "text": text}
    context["troubles"] = troubles
    status = UNPROCESSABLE if troubles else 200
    return render(request, "portal/answer.html", context, status=status)
