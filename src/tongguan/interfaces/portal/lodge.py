"""Lodging by upload: any file we read; every problem is shown at its place."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tongguan.facilities.accounts.rules.duties import require
from tongguan.facilities.accounts.values import Role
from tongguan.interfaces.intake import Received, Told, check_document, lodge_document
from tongguan.interfaces.pages.shapes import Trouble
from tongguan.kernel.time import utc_now

from .reader import frame, reader

UNPROCESSABLE = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Show the page; on POST read what was sent, check or lodge it, and tell what became of it."""
    viewer, now = reader(request), utc_now()
    found: list[tuple[str, Received, list[tuple[Told, list[Trouble]]]]] = []
    pasted = request.POST.get("text", "")
    if request.method == "POST":
        require(viewer, Role.TRADER, Role.BROKER)
        act = lodge_document if request.POST.get("act") == "lodge" else check_document
        sent = [(file.name or "", file.read()) for file in request.FILES.getlist("file")]
        if pasted.strip():
            sent.append((gettext("pasted text"), pasted.encode()))
        for name, data in sent:
            received = act(data, by=viewer, now=now, translate=gettext)
            found.append((name, received, [(one, _troubles(one)) for one in received.told]))
    refused = any(not received.well for _, received, _ in found)
    context = {**frame(viewer, now=now), "found": found, "text": pasted}
    return render(request, "portal/lodge.html", context, status=UNPROCESSABLE if refused else 200)


def _troubles(told: Told) -> list[Trouble]:
    return [
        Trouble(
            one["code"],
            one["title"],
            one["detail"],
            one["remedy"],
            one["pointer"],
            source_path=one["source_path"],
            warning=one["warning"],
        )
        for one in told.problems
    ]
