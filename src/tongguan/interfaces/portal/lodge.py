"""Lodging by upload: any file we read; every problem is shown at its place."""

from dataclasses import dataclass
from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tongguan.interfaces.intake import UNREADABLE, Received, Told, check_document, lodge_document
from tongguan.interfaces.messages.values import Format
from tongguan.interfaces.pages.shapes import Trouble
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import utc_now

from .fields import place
from .reader import UNPROCESSABLE, declarant, frame, troubles_of

SHOWN: Final = 50
"""So many declarations of one file are told in full, refused ones first."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one file.

    Attributes:
        well, refused: how many declarations of it were taken, and how many not.
        told: each declaration with its problems, refused ones first.
    """

    name: str
    format: str
    well: int
    refused: int
    told: list[tuple[Told, list[Trouble]]]
    hidden: int


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Show the page; on POST read what was sent, check or lodge it, and tell what became of it."""
    viewer, now = declarant(request), utc_now()
    lodging = request.POST.get("act") == "lodge"
    pasted = request.POST.get("text", "")
    files = [(file.name or "", file.read()) for file in request.FILES.getlist("file")]
    if pasted.strip():
        files.append((gettext("pasted text"), pasted.encode()))
    receive = lodge_document if lodging else check_document
    found = []
    for name, data in files:
        try:
            received = receive(data, by=viewer, now=now, translate=gettext)
        except ProblemError as error:
            found.append(Sent(name, "", 0, 1, [(Told(UNREADABLE), troubles_of(error))], 0))
        else:
            found.append(_sent(name, received))
    context = {
        **frame(viewer, now=now),
        "found": found,
        "text": pasted,
        "lodging": lodging,
        "nothing": request.method == "POST" and not files,
    }
    refused = context["nothing"] or any(one.refused for one in found)
    return render(request, "portal/lodge.html", context, status=UNPROCESSABLE if refused else 200)


def _sent(name: str, received: Received) -> Sent:
    told = sorted(received.told, key=lambda one: one.well)
    refused = sum(not one.well for one in told)
    return Sent(
        name,
        gettext(Format(received.format).label) if received.format else "",
        len(told) - refused,
        refused,
        [(one, _troubles(one)) for one in told[:SHOWN]],
        max(0, len(told) - SHOWN),
    )


def _troubles(told: Told) -> list[Trouble]:
    """Return problems with their place in words and in the sender's own document."""
    return [
        Trouble(
            one["code"],
            one["title"],
            one["detail"],
            one["remedy"],
            place=place(one["pointer"]),
            source_path=_path(one["pointer"], one["source_path"]),
            warning=one["warning"],
        )
        for one in told.problems
    ]


def _path(pointer: str, source: str) -> str:
    parts = dict.fromkeys(part for part in (source, pointer) if part and part != "#")
    return " · ".join(parts)
