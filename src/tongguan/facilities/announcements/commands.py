"""Announcing: an event becomes a row in the transaction of the act."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from msgspec import json

from tongguan.facilities.announcements.models import Announcement
from tongguan.facilities.announcements.values import Event, facts_of
from tongguan.facilities.tables import TableRows, write


def rows(events: Iterable[Event]) -> TableRows:
    """Return the rows that announce `events`, for a writer that writes many tables at once."""
    return TableRows(
        "announcements_announcement",
        ("kind", "subject", "at", "facts"),
        [
            (
                type(event).__name__,
                event.subject,
                event.at,
                json.encode(facts_of(event)).decode(),
            )
            for event in events
        ],
    )


def announce(events: Sequence[Event]) -> None:
    """Announce what happened. If the transaction is undone, it was never announced."""
    write([rows(events)])


def mark_followed(ids: Collection[int], *, now: datetime) -> None:
    """Note that what follows from these events was done, in the transaction that did it."""
    Announcement.objects.filter(pk__in=ids).update(followed_at=now)
