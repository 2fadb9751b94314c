"""Reading the stream of events."""

from collections.abc import Collection
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from tongguan.facilities.announcements.models import Announcement
from tongguan.facilities.announcements.values import Announced, Cursor

PAGE_ROWS: Final = 200

_COMMITTED: Final = """
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint
"""


def after(cursor: Cursor, *, limit: int = PAGE_ROWS) -> tuple[Announced, ...]:
    """Return the events after a cursor, in order; nothing will ever appear before the last.

    Rows get their number before their transaction commits, so a later number can be seen first.
    Therefore only what is older than every running transaction is handed out.
    """
    with connection.cursor() as sql:
        sql.execute(_COMMITTED)
        (settled,) = sql.fetchone() or (0,)
    found = Announcement.objects.filter(
        Q(transaction__gt=cursor.transaction) | Q(transaction=cursor.transaction, id__gt=cursor.id),
        transaction__lt=settled,
    )
    return _read(found.order_by("transaction", "id")[:limit])


def of(subject: UUID) -> tuple[Announced, ...]:
    """Return all events about one declaration or thing, earliest first."""
    return _read(Announcement.objects.filter(subject=subject).order_by("id"))


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


def _read(found: QuerySet[Announcement]) -> tuple[Announced, ...]:
    columns = ("transaction", "id", "kind", "subject", "at", "facts")
    return tuple(
        Announced(Cursor(transaction, id_), kind, subject, at, facts)
        for transaction, id_, kind, subject, at, facts in found.values_list(*columns)
    )
