"""What operators do about events whose consequences failed: try again, or drop with a reason."""

from datetime import datetime
from typing import Final

from django.db import transaction

from tongguan.facilities.accounts.rules.duties import require
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.announcements import failures, periodic, problems
from tongguan.facilities.announcements.values import FailedEventRow, PeriodicJobRow
from tongguan.facilities.ledger.commands import record

REASON_LENGTH: Final = 300


def failed_events(*, viewer: Actor) -> tuple[FailedEventRow, ...]:
    """Return the events whose consequences failed, parked ones first.

    Raises:
        ProblemError: ACC-001 neither an administrator nor an auditor asks.
    """
    require(viewer, Role.ADMINISTRATOR, Role.AUDITOR)
    return failures.failed_events()


def failed_jobs(*, viewer: Actor) -> tuple[PeriodicJobRow, ...]:
    """Return the periodic jobs whose last run failed.

    Raises:
        ProblemError: ACC-001 as `failed_events`.
    """
    require(viewer, Role.ADMINISTRATOR, Role.AUDITOR)
    return tuple(job for job in periodic.periodic_jobs() if job.failures)


@transaction.atomic(durable=True)
def retry_event(*, event_id: int, by: Actor, now: datetime) -> FailedEventRow:
    """Have the worker try the consequences of a failed event again at once.

    Raises:
        ProblemError: ACC-001 no administrator, ANN-002 the event did not fail.
    """
    require(by, Role.ADMINISTRATOR)
    row = failures.retry(event_id, now=now)
    _record("CONSEQUENCES_RETRIED", row, by=by, now=now)
    return row


@transaction.atomic(durable=True)
def drop_event(*, event_id: int, reason: str, by: Actor, now: datetime) -> FailedEventRow:
    """Give up the consequences of a failed event; later events of its subject go on.

    Raises:
        ProblemError: ACC-001 no administrator, ANN-002 the event did not fail, ANN-003 no reason.
    """
    require(by, Role.ADMINISTRATOR)
    reason = " ".join(reason.split())
    if not 0 < len(reason) <= REASON_LENGTH or not reason.isprintable():
        raise problems.NO_REASON.error(most=REASON_LENGTH)
    row = failures.drop(event_id, now=now)
    _record("CONSEQUENCES_DROPPED", row, by=by, now=now, reason=reason)
    return row


def _record(kind: str, row: FailedEventRow, *, by: Actor, now: datetime, **more: str) -> None:
    facts = {"event": row.id, "of": row.kind, "subject": row.subject, "error": row.error}
    record(kind, None, by=by, at=now, **facts, **more)
