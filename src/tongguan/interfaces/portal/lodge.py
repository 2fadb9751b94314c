"""Lodging by upload: any file we read; every problem is shown at its place."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tongguan.interfaces.intake import UNREADABLE, Received, Told, check_document, lodge_document
from tongguan.interfaces.messages.problems import TOO_LARGE
from tongguan.interfaces.messages.values import Format
from tongguan.interfaces.pages.shapes import Trouble
from tongguan.kernel.problems import MOST_TOLD, ProblemError
from tongguan.kernel.time import utc_now

from .fields import place
from .reader import UNPROCESSABLE, declarant, frame, troubles_of

SHOWN: Final = 50
"""So many declarations of one file are told in full, refused ones first."""
MOST_BYTES: Final = 64 << 20
"""So many bytes a file may have, as a call of the API."""


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
    files = list(_files(request, pasted))
    receive = lodge_document if lodging else check_document
    found: list[Sent] = []
    room = MOST_TOLD
    for name, size, read in files:
        try:
            if size > MOST_BYTES:
                raise TOO_LARGE.error(size=size, limit=MOST_BYTES)
            received = receive(read(), by=viewer, now=now, translate=gettext)
        except ProblemError as error:
            found.append(Sent(name, "", 0, 1, [(Told(UNREADABLE), troubles_of(error))], 0))
        else:
            found.append(_sent(name, received, room))
        room = max(0, room - sum(len(troubles) for _told, troubles in found[-1].told))
    context = {
        **frame(viewer, now=now),
        "found": found,
        "text": pasted,
        "lodging": lodging,
        "nothing": request.method == "POST" and not files,
    }
    refused = context["nothing"] or any(one.refused for one in found)
    return render(request, "portal/lodge.html", context, status=UNPROCESSABLE if refused else 200)


def _files(request: HttpRequest, pasted: str) -> Iterator[tuple[str, int, Callable[[], bytes]]]:
    """Walk what was sent: its name, its size, and what reads it when its turn comes."""
    for file in request.FILES.getlist("file"):
        yield file.name or "", file.size or 0, file.read
    if pasted.strip():
        data = pasted.encode()
        yield gettext("pasted text"), len(data), lambda: data


def _sent(name: str, received: Received, room: int) -> Sent:
    """Return what is shown of a file, with so many problems at the most.

    Of a declaration that there is no room for, its outcome alone is shown.
    """
    told = sorted(received.told, key=lambda one: one.well)
    refused = sum(not one.well for one in told)
    shown = []
    for one in told[:SHOWN]:
        troubles = _troubles(one, room)
        room -= len(troubles)
        shown.append((one, troubles))
    return Sent(
        name,
        gettext(Format(received.format).label) if received.format else "",
        len(told) - refused,
        refused,
        shown,
        max(0, len(told) - SHOWN),
    )


def _troubles(told: Told, most: int) -> list[Trouble]:
    """Return the first problems, their place in words and in the sender's own document."""
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
        for one in told.problems[:most]
    ]


def _path(pointer: str, source: str) -> str:
    parts = dict.fromkeys(part for part in (source, pointer) if part and part != "#")
    return " · ".join(parts)
