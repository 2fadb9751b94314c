"""Events whose consequences failed: tried again after growing pauses, then parked.

A try is noted before it is made. A worker that is killed by an event therefore meets it at most
so many times, like any other failure.
"""

import logging
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tongguan.facilities.announcements import problems
from tongguan.facilities.announcements.models import Announcement, FailedEvent
from tongguan.facilities.announcements.queries import lock_next
from tongguan.facilities.announcements.values import FailedEventRow

PAUSES: Final = (
    timedelta(seconds=2),
    timedelta(seconds=15),
    timedelta(minutes=1),
    timedelta(minutes=5),
)
"""How long a failed event waits before each further try; where all failed it is parked."""
TRIES: Final = len(PAUSES) + 1
ERROR_LENGTH: Final = 500
TRACE_LENGTH: Final = 8_000
_COLUMNS: Final = ("subject", "tries", "first_at", "tried_at", "next_at", "parked_at", "error")
_LOG: Final = logging.getLogger(__name__)


@transaction.atomic(durable=True)
def begin(*, now: datetime) -> int | None:
    """Note a first try of the next event that waits and was not tried yet; return its number."""
    for id_, subject in lock_next(limit=1):
        FailedEvent.objects.create(
            event_id=id_,
            subject=subject,
            tries=1,
            first_at=now,
            tried_at=now,
            next_at=now + PAUSES[0],
        )
        return id_
    return None


@transaction.atomic(durable=True)
def begin_again(*, now: datetime) -> int | None:
    """Note a further try of an event that failed and is due; return its number.

    One whose last try never ended is parked: the worker was killed by it.
    """
    due = FailedEvent.objects.select_for_update(skip_locked=True)
    for failed in due.filter(parked_at=None, next_at__lte=now).order_by("next_at")[:1]:
        if Announcement.objects.filter(pk=failed.pk).exclude(followed_at=None).exists():
            failed.delete()  # another worker had done it meanwhile
            return None
        if failed.tries >= TRIES:
            _LOG.error("event %s ended the worker %s times; it is parked", failed.pk, failed.tries)
            failed.parked_at = now
            failed.save(update_fields=["parked_at"])
            return None
        failed.next_at = now + PAUSES[min(failed.tries, len(PAUSES) - 1)]
        failed.tries += 1
        failed.tried_at, failed.error, failed.trace = now, "", ""
        failed.save()
        return int(failed.pk)
    return None


@transaction.atomic(durable=True)
def note_error(id: int, *, error: str, trace: str, now: datetime) -> FailedEventRow | None:
    """Note how a try of an event ended; it is parked where that was the last one.

    Returns:
        The event as it stands now; None where somebody dropped it meanwhile.
    """
    failed = FailedEvent.objects.select_for_update().filter(pk=id)
    for row in failed:
        row.error, row.trace = error[:ERROR_LENGTH], trace[-TRACE_LENGTH:]
        row.parked_at = now if row.tries >= TRIES else None
        row.save(update_fields=["error", "trace", "parked_at"])
    return next(iter(_rows(FailedEvent.objects.filter(pk=id))), None)


def forget(id: int) -> None:
    """Forget that an event failed, in the transaction that did what follows from it."""
    FailedEvent.objects.filter(pk=id).delete()


def retry(id: int, *, now: datetime) -> FailedEventRow:
    """Have a failed event tried again at once, as often as a new one.

    Raises:
        ProblemError: ANN-002 the event did not fail, or is done by now.
    """
    row = _failed(id)
    FailedEvent.objects.filter(pk=id).update(tries=0, next_at=now, parked_at=None)
    return row


def drop(id: int, *, now: datetime) -> FailedEventRow:
    """Give up what follows from a failed event; later events of its subject go on.

    Raises:
        ProblemError: ANN-002 as `retry`.
    """
    row = _failed(id)
    Announcement.objects.filter(pk=id).update(followed_at=now)
    FailedEvent.objects.filter(pk=id).delete()
    return row


def failed_events() -> tuple[FailedEventRow, ...]:
    """Return the events that failed and are neither done nor dropped, parked ones first."""
    found = FailedEvent.objects.order_by(F("parked_at").asc(nulls_last=True), "event_id")
    return _rows(found)


def trace_of(id: int) -> str:
    """Return where in the program the last try of an event failed; for whoever mends it."""
    return FailedEvent.objects.filter(pk=id).values_list("trace", flat=True).first() or ""


def failed_count() -> tuple[int, int]:
    """Return how many events failed and are tried again, and how many are parked."""
    found = FailedEvent.objects.aggregate(all=Count("pk"), parked=Count("parked_at"))
    return found["all"] - found["parked"], found["parked"]


def _failed(id: int) -> FailedEventRow:
    """Lock a failed event and return it."""
    list(FailedEvent.objects.select_for_update().filter(pk=id))
    for row in _rows(FailedEvent.objects.filter(pk=id)):
        return row
    raise problems.NOT_FAILED.error(event=id)


def _rows(found: QuerySet[FailedEvent]) -> tuple[FailedEventRow, ...]:
    later = Announcement.objects.filter(
        subject=OuterRef("subject"), pk__gt=OuterRef("pk"), followed_at=None
    )
    behind = later.order_by().values("subject").annotate(count=Count("pk")).values("count")
    found = (
        found.select_related("event")
        .only(*_COLUMNS, "event__kind")
        .annotate(behind=Coalesce(Subquery(behind), 0))
    )
    return tuple(
        FailedEventRow(
            row.event_id,
            row.event.kind,
            row.subject,
            row.tries,
            row.first_at,
            row.tried_at,
            None if row.parked_at else row.next_at,
            row.parked_at,
            row.error,
            row.behind,
        )
        for row in found
    )
