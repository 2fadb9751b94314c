"""The worker: does what follows from events, and runs the periodic jobs.

The queue is the table of announcements itself: an event and the mark that its consequences are
done change in one transaction, so a worker that dies leaves nothing half done and nothing twice.
An event whose consequences fail is found, tried again and parked by itself; all others go on.
"""

import logging
import time
import traceback
from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Event
from typing import Final

from django.db import Error, close_old_connections, connection, transaction
from django.utils.translation import gettext

from tongguan.facilities.accounts.expiry import clear_expired
from tongguan.facilities.announcements import commands as announcements
from tongguan.facilities.announcements import failures, periodic, queries
from tongguan.facilities.announcements.batches import in_batches
from tongguan.facilities.ledger.installation_keys import missing_keys
from tongguan.kernel.time import Clock
from tongguan.processes import arrivals, backtests, seals, selections, verifications
from tongguan.processes.map import FOLLOWS

GROUP: Final = 200
PAUSE_SECONDS: Final = 0.1
TROUBLE_SECONDS: Final = 2.0
KEY_SECONDS: Final = 5.0
_LOG: Final = logging.getLogger(__name__)

Beat = Callable[[datetime], None]


def say_alive(now: datetime) -> None:
    """Forget nodes that are gone; that this ran says that the worker is alive."""
    periodic.forget_old(now=now)


BEATS: Final[tuple[tuple[float, Beat], ...]] = (
    (60.0, selections.keep_promises),
    (30.0, seals.sign_ledger),
    (600.0, selections.watch_model),
    (60.0, backtests.look),
    (600.0, arrivals.chase_overdue),
    (600.0, arrivals.end_waits),
    (600.0, verifications.look),
    (3_600.0, clear_expired),
    (10.0, say_alive),
)
"""What is due by the clock: every so many seconds, what."""
NAMES: Final[dict[Beat, str]] = {say_alive: periodic.HEARTBEAT}
"""Under which name a job is noted, where that is not its function's."""


class DatabaseAwayError(Exception):
    """The database does not answer: whatever failed is not to blame for it."""


class KeysMissingError(Exception):
    """This node does not have a key that the database names, or cannot ask; the text says which."""


@transaction.atomic(durable=True)
def follow(*, now: datetime, limit: int = GROUP) -> int:
    """Do what follows from the events that wait, oldest first; return how many were dealt with.

    Several workers share the events: what one has locked, another passes over. Where anything
    fails, nothing is done: `Follower` finds the event at fault.
    """
    waiting = queries.to_follow(limit=limit)
    for kind, events in in_batches(waiting, tuple(FOLLOWS)):
        FOLLOWS[kind](events, now)
    announcements.mark_followed([event.cursor.id for event in waiting], now=now)
    return len(waiting)


class Follower:
    """Follows events in groups, which shrink where one fails until the event at fault is alone.

    That event is noted, tried again after growing pauses and parked (`failures`). A new worker
    begins with a single event: it may follow one that was killed by an event.
    """

    def __init__(self) -> None:
        """Begin carefully."""
        self._limit = 1

    def step(self, *, now: datetime) -> bool:
        """Do some of what waits; return whether more of it may wait.

        Raises:
            DatabaseAwayError: the database does not answer.
            KeysMissingError: this node cannot sign.
        """
        again = failures.begin_again(now=now)
        if again is not None:
            _try_alone(again, now=now)
            return True
        if self._limit == 1:
            first = failures.begin(now=now)
            if first is not None:
                _try_alone(first, now=now)
                self._limit = 2
            return first is not None
        return self._together(now)

    def _together(self, now: datetime) -> bool:
        try:
            done = follow(now=now, limit=self._limit)
        except Exception as error:  # noqa: BLE001 -- whatever it is, one event is at fault
            _require_database(error)
            _require_keys()
            told = "consequences of one of %s events failed (%s); trying fewer at a time"
            _LOG.warning(told, self._limit, said(error))
            self._limit //= 2
            return True
        more = done == self._limit
        self._limit = min(GROUP, 2 * self._limit)
        return more


def _try_alone(id_: int, *, now: datetime) -> None:
    """Do what follows from one event whose try is noted; note how it ended."""
    try:
        with transaction.atomic(durable=True):
            event = queries.hold(id_)
            if event is None:  # another worker is at it, or was
                return
            if event.kind in FOLLOWS:
                FOLLOWS[event.kind]([event], now)
            announcements.mark_followed([id_], now=now)
            failures.forget(id_)
    except Exception as error:  # noqa: BLE001 -- no event ends the worker
        _require_database(error)
        _require_keys()
        trace = "".join(traceback.format_exception(error))
        row = failures.note_error(id_, error=said(error), trace=trace, now=now)
        if row is None:
            return
        told = "consequences of event %s (%s of %s) failed, try %s of %s: %s%s"
        end = "; it is parked: tongguan consequences" if row.parked_at else ""
        words = (id_, row.kind, row.subject, row.tries, failures.TRIES, row.error, end)
        _LOG.log(logging.ERROR if row.parked_at else logging.WARNING, told, *words)


class Schedule:
    """The periodic jobs of a worker, each every so many seconds; each fails alone."""

    def __init__(self, beats: Sequence[tuple[float, Beat]]) -> None:
        """Take the jobs; all are due at once."""
        self._beats = beats
        self._due = [time.monotonic() for _ in beats]

    def run_due(self, *, clock: Clock) -> None:
        """Run the jobs that are due.

        Raises:
            DatabaseAwayError: the database does not answer.
        """
        for place, (seconds, act) in enumerate(self._beats):
            if time.monotonic() >= self._due[place]:
                self._due[place] = time.monotonic() + seconds
                self._run(act, clock)

    @staticmethod
    def _run(act: Beat, clock: Clock) -> None:
        name = NAMES.get(act, act.__name__)
        try:
            act(clock())
        except Exception as error:  # noqa: BLE001 -- no job ends the worker
            _require_database(error)
            _LOG.error("the periodic job %s failed: %s", name, said(error))
            periodic.note_failed(name, error=said(error), now=clock())
        else:
            periodic.note_done(name, now=clock())


class KeyWatch:
    """Looks every few seconds whether this node can sign with the keys that the database names."""

    def __init__(self) -> None:
        """Look at once."""
        self._due = time.monotonic()

    def look(self) -> None:
        """Look, where it is time.

        Raises:
            KeysMissingError: it cannot.
        """
        if time.monotonic() < self._due:
            return
        _require_keys()
        self._due = time.monotonic() + KEY_SECONDS


def work(*, clock: Clock, stop: Event, beats: tuple[tuple[float, Beat], ...] = ()) -> None:
    """Follow events and run periodic jobs until told to stop.

    When the database is away it waits and tries again: nothing is lost meanwhile. Where this node
    lacks a signing key it does nothing and says so: another node can do it.
    """
    follower, schedule, keys = Follower(), Schedule(beats), KeyWatch()
    while not stop.is_set():
        try:
            keys.look()
            more = follower.step(now=clock())
            schedule.run_due(clock=clock)
        except (Error, DatabaseAwayError) as error:
            _LOG.error("the database does not answer; trying again: %s", said(error))
            close_old_connections()
            stop.wait(TROUBLE_SECONDS)
            continue
        except KeysMissingError as error:
            _LOG.error("the worker does nothing: %s", error)
            stop.wait(KEY_SECONDS)
            continue
        if not more:
            stop.wait(PAUSE_SECONDS)


def said(error: BaseException) -> str:
    """Return an error in one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())


def _require_keys() -> None:
    """Return where this node can sign, so that a failure is not the lack of a key.

    Raises:
        KeysMissingError: it cannot.
    """
    told = [fault.told(gettext) for fault in missing_keys()]
    if told:
        raise KeysMissingError(" ".join(f"{one['code']} {one['detail']}" for one in told))


def _require_database(error: Exception) -> None:
    """Return where the database answers, so that the error is somebody else's.

    Raises:
        DatabaseAwayError: it does not answer.
    """
    try:
        close_old_connections()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        raise DatabaseAwayError(said(error)) from error
