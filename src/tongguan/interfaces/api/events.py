"""Events from a cursor: nothing is lost, everything can be read again."""

from typing import Final

from django.http import HttpRequest
from ninja import Router

from tongguan.domain.declarations.queries import heads, seen_by
from tongguan.facilities.announcements.queries import after as events_after
from tongguan.facilities.announcements.values import Announced
from tongguan.interfaces.api import paged
from tongguan.interfaces.api.shapes import EventOut, EventsOut
from tongguan.interfaces.api.who import caller
from tongguan.kernel.identifiers import DeclarationId

router = Router()

MOST: Final = 200


@router.get("", response=EventsOut, summary="What happened after a cursor")
def events(request: HttpRequest, after: str = "") -> EventsOut:
    """Return up to 200 events of declarations that the caller may see, in order.

    Begin with no cursor; go on with the one of the answer, whether it held events or not: none is
    told twice, and none is left out.
    """
    by = caller(request)
    cursor = paged.event_cursor(after)
    found, onwards = events_after(cursor, among=seen_by(by), limit=MOST)
    if onwards == cursor:
        paged.require_handed_out(cursor)
    known = heads({DeclarationId(event.subject) for event in found})
    return EventsOut(
        cursor=str(onwards),
        events=[_event(event, known[DeclarationId(event.subject)].number) for event in found],
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
