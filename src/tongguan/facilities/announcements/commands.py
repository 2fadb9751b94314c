"""Announcing: an event becomes a row in the transaction of the act."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from msgspec import json
from psycopg import sql

from tongguan.facilities.announcements.models import Announcement
from tongguan.facilities.announcements.values import Event, facts_of
from tongguan.facilities.tables import TableRows, write

AHEAD: Final = 1 << 40
"""So far ahead a new era begins: readers may hold cursors that lie beyond the last event."""
_COUNTED: Final = """
    SELECT coalesce(max(transaction), 0),
        announcements_era() + pg_snapshot_xmax(pg_current_snapshot())::text::bigint,
        announcements_era()
    FROM announcements_announcement
"""
_BEGIN: Final = (
    "CREATE OR REPLACE FUNCTION announcements_era() RETURNS bigint LANGUAGE sql STABLE AS {}"
)


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


@transaction.atomic
def count_on() -> bool:
    """Have new events come after all there are; say whether anything had to be done for it.

    Where a dump was restored into a server that counts its transactions from the beginning, new
    events would else come before those that readers have seen, and never be read.

    Cost: one statement; called at each start.
    """
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED)
        last, nearest, era = cursor.fetchone() or (0, 0, 0)
        if last < nearest:
            return False
        begins = sql.Literal(f"SELECT {era + last - nearest + AHEAD}::bigint")
        cursor.execute(sql.SQL(_BEGIN).format(begins).as_string(cursor.connection))
    return True


def mark_followed(ids: Collection[int], *, now: datetime) -> None:
    """Note that what follows from these events was done, in the transaction that did it."""
    Announcement.objects.filter(pk__in=ids).update(followed_at=now)
