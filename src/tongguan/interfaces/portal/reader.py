"""Who reads the portal, and what every page of it shows him."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import gettext

from tongguan.domain.clearance.lifecycle import Turn
from tongguan.domain.clearance.queries import count_waiting
from tongguan.domain.declarations import queries as declarations
from tongguan.domain.declarations.records import DeclarationRow
from tongguan.facilities.accounts.values import DECLARANTS, Actor
from tongguan.interfaces.pages.shapes import Trouble
from tongguan.interfaces.pages.who import actor
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.problems import ProblemError

UNPROCESSABLE: Final = 422


def reader(request: HttpRequest) -> Actor:
    """Return who reads, for whom he acts.

    Raises:
        PermissionDenied: he works for no enterprise; the portal is the enterprises'.
    """
    found = actor(request)
    if not found.own_ids:
        raise PermissionDenied
    return found


def declarant(request: HttpRequest) -> Actor:
    """Return who reads, where he may lodge.

    Raises:
        PermissionDenied: he is neither trader nor broker.
    """
    found = reader(request)
    if not found.is_(*DECLARANTS):
        raise PermissionDenied
    return found


def troubles_of(error: ProblemError) -> list[Trouble]:
    """Return a refusal as the page tells it."""
    told = [fault.told(gettext) for fault in error.faults]
    return [Trouble(one["code"], one["title"], one["detail"], one["remedy"]) for one in told]


def frame(viewer: Actor, *, now: datetime, mine: int | None = None) -> dict[str, Any]:
    """Return what the frame needs: whose turn the reader's is, and how much waits for him.

    Args:
        viewer: who reads.
        now: the moment of the page.
        mine: how many holds wait for him, where the page has counted them already.
    """
    if mine is None:
        mine = count_waiting(viewer=viewer, turn=Turn.TRADER)
    return {"my_turn": str(Turn.TRADER), "counts": {"todo": mine}, "now": now}


def seen(declaration_id: UUID, viewer: Actor) -> DeclarationRow:
    """Return a declaration's head.

    Raises:
        Http404: there is none, or it is not the reader's to see.
    """
    found = declarations.get(DeclarationId(declaration_id), viewer=viewer)
    if found is None:
        raise Http404
    return found
