"""Reading the stream of events."""

from collections.abc import Collection
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from tongguan.facilities.announcements.models import Announcement
from tongguan.facilities.announcements.values import Announced, Cursor

PAGE_ROWS: Final = 200

# Of the transactions under way those of other databases of the same server are passed over: they
# announce nothing here, and may last. Each holds a lock on its own number, which tells whose it is.
_COMMITTED: Final = """
    SELECT announcements_era() + coalesce(
        (
            SELECT min(under_way::text::bigint)
            FROM (
                SELECT pg_snapshot_xip(pg_current_snapshot())
                UNION ALL SELECT pg_current_xact_id_if_assigned()
            ) AS every (under_way)
            WHERE NOT EXISTS (
                SELECT FROM pg_locks AS held
                JOIN pg_stat_activity AS who ON who.pid = held.pid
                WHERE held.locktype = 'transactionid' AND held.granted
                AND held.mode = 'ExclusiveLock'
                AND held.transactionid::text::bigint = under_way::text::bigint % 4294967296
                AND who.datname <> current_database()
            )
        ),
        pg_snapshot_xmax(pg_current_snapshot())::text::bigint
    )
"""


def after(
    cursor: Cursor, *, among: QuerySet[Any] | None = None, limit: int = PAGE_ROWS
) -> tuple[tuple[Announced, ...], Cursor]:
    """Return the events after a cursor, in order, and the cursor to go on from.

    Rows get their number before their transaction commits, so a later number can be seen first.
    Therefore only what is older than every running transaction is handed out: nothing will ever
    appear before the cursor that is returned.

    Args:
        cursor: where to begin.
        among: the ids of the things whose events are wanted, as a statement; all without it.
        limit: events at the most.

    Cost: two statements; the database goes by the events' order or by their things, as fits.
    """
    settled = _settled()
    found = Announcement.objects.filter(
        Q(transaction__gt=cursor.transaction) | Q(transaction=cursor.transaction, id__gt=cursor.id),
        transaction__lt=settled,
    )
    if among is not None:
        found = found.filter(subject__in=among)
    rows = _read(found.order_by("transaction", "id")[:limit])
    if len(rows) == limit:
        return rows, rows[-1].cursor
    return rows, max(cursor, Cursor(settled, 0))


def of(subject: UUID, *, settled: bool = False) -> tuple[Announced, ...]:
    """Return all events about one declaration or thing, earliest first.

    With `settled` nothing will ever appear before the last: for whoever goes on from a cursor.
    """
    found = Announcement.objects.filter(subject=subject)
    if settled:
        found = found.filter(transaction__lt=_settled())
    return _read(found.order_by("transaction", "id"))


def latest(subjects: Collection[UUID], *, limit: int = PAGE_ROWS) -> tuple[Announced, ...]:
    """Return the latest events about these declarations or things, latest first."""
    found = Announcement.objects.filter(subject__in=subjects).order_by("-at", "-id")
    return _read(found[:limit])


def to_follow(*, limit: int) -> tuple[Announced, ...]:
    """Lock and return events whose consequences are still to be done, earliest first.

    Runs in the transaction that does them; what another worker has locked is passed over.
    """
    found = Announcement.objects.select_for_update(skip_locked=True).filter(followed_at=None)
    return _read(found.order_by("id")[:limit])


def _settled() -> int:
    """Return the transaction before which nothing is running any more."""
    with connection.cursor() as sql:
        sql.execute(_COMMITTED)
        (number,) = sql.fetchone() or (0,)
    return int(number)


def _read(found: QuerySet[Announcement]) -> tuple[Announced, ...]:
    columns = ("transaction", "id", "kind", "subject", "at", "facts")
    return tuple(
        Announced(Cursor(transaction, id_), kind, subject, at, facts)
        for transaction, id_, kind, subject, at, facts in found.values_list(*columns)
    )
