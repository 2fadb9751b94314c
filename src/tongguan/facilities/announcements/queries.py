"""Reading the stream of events."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from tongguan.facilities.announcements.models import Announcement, FailedEvent
from tongguan.facilities.announcements.values import Announced, Cursor

PAGE_ROWS: Final = 200
NEVER: Final = (1 << 63) - 1
"""After every number of an event."""

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


def is_beyond(cursor: Cursor) -> bool:
    """Return whether a cursor lies after all that was handed out: it would miss what comes."""
    with connection.cursor() as sql:
        sql.execute(
            "SELECT announcements_era() + pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
        )
        [(latest,)] = sql.fetchall()
    return cursor.transaction > int(latest)


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

    Runs in the transaction that does them. What it leaves out is said at `lock_next`.
    """
    ids = [id_ for id_, _subject in lock_next(limit=limit)]
    return _read(Announcement.objects.filter(pk__in=ids).order_by("id")) if ids else ()


def lock_next(*, limit: int) -> tuple[tuple[int, UUID], ...]:
    """Lock the next events to follow, earliest first; return their numbers and subjects.

    What another worker has locked is passed over, and events that failed are left to `failures`.
    Events of one subject keep their order: later ones wait behind one that failed, or that another
    worker has locked. Nothing else of the events is read, so that no content fails here.
    """
    failed = FailedEvent.objects.filter(subject=OuterRef("subject"), event_id__lte=OuterRef("id"))
    found = Announcement.objects.select_for_update(skip_locked=True).filter(followed_at=None)
    found = found.exclude(Exists(failed)).order_by("id")
    rows = list(found.values_list("id", "subject")[:limit])
    elsewhere = _earlier(rows)
    return tuple(row for row in rows if row[0] < elsewhere.get(row[1], NEVER))


def hold(id: int) -> Announced | None:
    """Lock and return one event; None where it was followed, or another worker has it."""
    found = Announcement.objects.select_for_update(skip_locked=True)
    return next(iter(_read(found.filter(pk=id, followed_at=None))), None)


def waiting() -> tuple[int, datetime | None]:
    """Return how many events wait to be followed, and the moment of the earliest."""
    found = Announcement.objects.filter(followed_at=None).aggregate(count=Count("id"), at=Min("at"))
    return found["count"], found["at"]


def announced_count() -> int:
    """Return how many numbers were given to events: as many as there are, and a few more."""
    with connection.cursor() as sql:
        sql.execute(
            "SELECT CASE WHEN is_called THEN last_value ELSE 0 END"
            " FROM announcements_announcement_id_seq"
        )
        [(number,)] = sql.fetchall()
    return int(number)


def _earlier(rows: Sequence[tuple[int, UUID]]) -> dict[UUID, int]:
    """Return the earliest event of each subject that waits and is not among `rows`."""
    if not rows:
        return {}
    ids = [id_ for id_, _subject in rows]
    others = Announcement.objects.filter(followed_at=None, pk__lt=ids[-1])
    others = others.filter(subject__in={subject for _id, subject in rows}).exclude(pk__in=ids)
    return dict(others.order_by().values_list("subject").annotate(first=Min("id")))


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
