"""Events from a cursor: nothing is lost, everything can be read again."""

from typing import Final
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from tongguan.domain.declarations.queries import heads, visible
from tongguan.facilities.announcements.problems import NO_CURSOR
from tongguan.facilities.announcements.queries import after as events_after
from tongguan.facilities.announcements.values import Announced, Cursor
from tongguan.interfaces.api.shapes import EventOut, EventsOut
from tongguan.interfaces.api.who import caller
from tongguan.kernel.identifiers import DeclarationId

router = Router()

MOST: Final = 200
LOOKS: Final = 20
"""How many groups of events are looked through for one answer, where most are others'."""


@router.get("", response=EventsOut, summary="What happened after a cursor")
def events(request: HttpRequest, after: str = "") -> EventsOut:
    """Return what happened to declarations that the caller may see, in order.

    Begin with no cursor; go on with the one of the answer, whether it held events or not.
    """
    by = caller(request)
    try:
        cursor = Cursor.read(after)
    except ValueError as error:
        raise NO_CURSOR.error(cursor=after) from error
    found: list[Announced] = []
    numbers: dict[UUID, str] = {}
    for _ in range(LOOKS):
        group = events_after(cursor)
        if not group:
            break
        cursor = group[-1].cursor
        ids = {DeclarationId(event.subject) for event in group}
        mine = visible(ids, viewer=by)
        found += [event for event in group if event.subject in mine]
        numbers |= {id_: head.number for id_, head in heads(mine).items()}
        if len(found) >= MOST:
            break
    return EventsOut(
        cursor=str(cursor), events=[_event(event, numbers[event.subject]) for event in found]
    )


def _event(event: Announced, number: str) -> EventOut:
    return EventOut(
        cursor=str(event.cursor),
        kind=event.kind,
        subject=str(event.subject),
        number=number,
        at=event.at,
        facts=event.facts,
    )
