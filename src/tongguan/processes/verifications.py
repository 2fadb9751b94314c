"""The whole ledger is verified once a day, beside the worker, and what was found is kept."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction

from tongguan.facilities.ledger.queries import verify
from tongguan.facilities.ledger.values import Verification
from tongguan.facilities.ledger.verifications import keep_verification, last_verification
from tongguan.processes.backtests import Runner
from tongguan.processes.reconciliation import reconcile

EVERY: Final = timedelta(days=1)
ENTRY: Final = "tongguan.interfaces.cli.verifier"
RUNNER: Final = Runner(ENTRY)
"""The process of this worker that verifies: no event waits for it."""
_LOG: Final = logging.getLogger(__name__)


def look(now: datetime) -> None:
    """Have the ledger verified where the last time was a day ago."""
    if _is_due(now):
        RUNNER.start()


def verify_if_due(*, now: datetime) -> Verification | None:
    """Verify the ledger, compare the rows with it and keep what was found, once a day.

    Several hosts share the day: who comes while another verifies does nothing.

    Returns:
        What was found; None where nothing was due.
    """
    with _alone() as mine:
        if not mine or not _is_due(now):
            return None
        found, compared = verify(), reconcile()
        with transaction.atomic(durable=True):
            keep_verification(found, compared, now=now)
    kept = last_verification()
    if kept is not None and kept.is_alarming:
        told = "the ledger is not as it was written: %s faults, %s differences; first: %s"
        _LOG.error(told, kept.broken, kept.differing, kept.first)
    return kept


def _is_due(now: datetime) -> bool:
    last = last_verification()
    return last is None or not timedelta(0) <= now - last.at < EVERY


@contextmanager
def _alone() -> Iterator[bool]:
    """Tell whether nobody else verifies now; keep others from it meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext('ledger.verification'))")
        [(mine,)] = cursor.fetchall()
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtext('ledger.verification'))")
