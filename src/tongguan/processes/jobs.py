"""The worker: does what follows from events, and what is due by the clock.

The queue is the table of announcements itself: an event and the mark that its consequences are
done change in one transaction, so a worker that dies leaves nothing half done and nothing twice.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from threading import Event
from typing import Final

from django.db import Error, close_old_connections, transaction

from tongguan.facilities.announcements import commands as announcements
from tongguan.facilities.announcements import queries
from tongguan.kernel.time import Clock
from tongguan.processes import arrivals, backtests, seals, selections, verifications
from tongguan.processes.map import FOLLOWS

GROUP: Final = 200
PAUSE_SECONDS: Final = 0.1
TROUBLE_SECONDS: Final = 2.0
_LOG: Final = logging.getLogger(__name__)

Beat = Callable[[datetime], None]

BEATS: Final[tuple[tuple[float, Beat], ...]] = (
    (60.0, selections.keep_promises),
    (30.0, seals.sign_ledger),
    (600.0, selections.watch_model),
    (60.0, backtests.look),
    (600.0, arrivals.chase_overdue),
    (600.0, arrivals.end_waits),
    (600.0, verifications.look),
)
"""What is due by the clock: every so many seconds, what."""


@transaction.atomic(durable=True)
def follow(*, now: datetime) -> int:
    """Do what follows from the events that wait, oldest first; return how many were dealt with.

    Several workers share the events: what one has locked, another passes over.
    """
    waiting = queries.to_follow(limit=GROUP)
    for kind, act in FOLLOWS.items():
        events = [event for event in waiting if event.kind == kind]
        if events:
            act(events, now)
    announcements.mark_followed([event.cursor.id for event in waiting], now=now)
    return len(waiting)


def work(*, clock: Clock, stop: Event, beats: tuple[tuple[float, Beat], ...] = ()) -> None:
    """Follow events until told to stop; call each beat every so many seconds.

    When the database is away it waits and tries again: nothing is lost meanwhile.
    """
    due = [time.monotonic() for _ in beats]
    while not stop.is_set():
        try:
            done = follow(now=clock())
            for place, (seconds, act) in enumerate(beats):
                if time.monotonic() >= due[place]:
                    due[place] = time.monotonic() + seconds
                    act(clock())
        except Error:
            _LOG.exception("the database does not answer; trying again")
            close_old_connections()
            stop.wait(TROUBLE_SECONDS)
            continue
        if done < GROUP:
            stop.wait(PAUSE_SECONDS)
