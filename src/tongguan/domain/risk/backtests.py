"""Backtests as they are asked for, run beside the house's work, and kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F
from msgspec import convert, to_builtins

from tongguan.domain.risk import problems
from tongguan.domain.risk.events import BacktestAsked
from tongguan.domain.risk.models import Backtest
from tongguan.domain.risk.policies import Asked, Figures, Settled, faults, settled
from tongguan.facilities.accounts.rules.duties import require
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.announcements.commands import announce
from tongguan.facilities.ledger.commands import record
from tongguan.kernel.identifiers import new_id
from tongguan.kernel.problems import Fault, ProblemError
from tongguan.kernel.text import Term, _
from tongguan.kernel.time import LOCAL

LISTED: Final = 50
SILENT: Final = timedelta(minutes=10)
"""A run that has not said a word for so long has ended without telling."""
ATTEMPTS_MOST: Final = 3
_TROUBLES: Final = (problems.NO_MODEL, problems.BACKTEST_BROKE)
_TURN: Final = 0x62746573
"""Held while one is taken on, so that two who look at once do not both begin."""


class State(Term):
    """How far a backtest has come."""

    WAITING = "waiting", _("waits for its turn")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    STOPPED = "stopped", _("stopped")


@dataclass(frozen=True, slots=True)
class BacktestRow:
    """A backtest with its figures so far.

    Attributes:
        done: part of the span that it has gone through, of 100.
        weeks, totals: figures as `Figures.told` gives them.
        trouble: why it failed; None where it did not.
    """

    id: UUID
    asked_by: str
    asked_at: datetime
    asked: Asked
    settled: Settled
    state: State
    started_at: datetime | None
    ended_at: datetime | None
    done: int
    weeks: Sequence[dict[str, Any]]
    totals: dict[str, Any] | None
    trouble: Fault | None

    @property
    def is_open(self) -> bool:
        """Return whether it waits or runs."""
        return self.state in {State.WAITING, State.RUNNING}

    @property
    def has_seen(self) -> bool:
        """Return whether the model that was tried had learned from a part of the very span."""
        until = self.settled.learned_until
        return until is not None and until >= self.asked.since


@transaction.atomic(durable=True)
def ask(*, asked: Asked, by: Actor, now: datetime) -> UUID:
    """Ask for a backtest; it runs beside the house's work, one after the other.

    Raises:
        ProblemError: RSK-041 for everything that cannot be run, RSK-042 no model is in force.
    """
    require(by, Role.RISK_ANALYST)
    if found := faults(asked):
        raise ProblemError(*found)
    what = settled(asked, day=now.astimezone(LOCAL).date())
    id_ = new_id()
    facts = {"since": asked.since, "until": asked.until, "set": what.set_version}
    record("BACKTEST_ASKED", None, by=by, at=now, id=str(id_), **facts)
    Backtest.objects.create(
        id=id_,
        asked_by=by.name,
        asked_at=now,
        asked=to_builtins(asked),
        settled=to_builtins(what),
        state=str(State.WAITING),
    )
    announce([BacktestAsked(id_, now)])
    return id_


@transaction.atomic(durable=True)
def stop(*, id: UUID, by: Actor, now: datetime) -> None:
    """Stop a backtest that waits or runs; what it has found so far is kept.

    Raises:
        ProblemError: RSK-043 it is not known, or it has ended.
    """
    require(by, Role.RISK_ANALYST)
    row = Backtest.objects.select_for_update().filter(pk=id, ended_at=None).first()
    if row is None:
        raise problems.NO_BACKTEST.error(id=id)
    record("BACKTEST_STOPPED", None, by=by, at=now, id=str(id))
    row.state, row.ended_at = str(State.STOPPED), now
    row.save(update_fields=["state", "ended_at"])


@transaction.atomic(durable=True)
def take_on(*, now: datetime) -> BacktestRow | None:
    """Take on the next that waits, or one whose run fell silent; None where one runs or none waits.

    What was taken on too often without coming to an end has failed.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])
    silent = Backtest.objects.filter(state=str(State.RUNNING), beat_at__lt=now - SILENT)
    silent.filter(attempts__gte=ATTEMPTS_MOST).update(
        state=str(State.FAILED),
        trouble=_kept(problems.BACKTEST_BROKE.at("", attempts=ATTEMPTS_MOST)),
        ended_at=now,
    )
    silent.update(state=str(State.WAITING))
    if Backtest.objects.filter(state=str(State.RUNNING)).exists():
        return None
    row = Backtest.objects.filter(state=str(State.WAITING)).order_by("asked_at", "pk").first()
    if row is None:
        return None
    Backtest.objects.filter(pk=row.pk).update(
        state=str(State.RUNNING),
        attempts=F("attempts") + 1,
        started_at=now,
        beat_at=now,
        reached_date=None,
        weeks=[],
    )
    return get(row.pk)


@transaction.atomic(durable=True)
def note(*, id: UUID, week: Figures, now: datetime) -> bool:
    """Note the figures of a week; return whether to go on, for somebody may have stopped it."""
    row = Backtest.objects.select_for_update().filter(pk=id, state=str(State.RUNNING)).first()
    if row is None:
        return False
    row.weeks = [*row.weeks, week.told()]
    row.beat_at, row.reached_date = now, week.ends
    row.save(update_fields=["weeks", "beat_at", "reached_date"])
    return True


@transaction.atomic(durable=True)
def finish(*, id: UUID, totals: Figures | None, now: datetime) -> None:
    """Note that a run came to its end, with the figures of the whole span; None of no declaration.

    One that was stopped meanwhile stays stopped.
    """
    Backtest.objects.filter(pk=id, state=str(State.RUNNING)).update(
        state=str(State.DONE),
        totals=None if totals is None else totals.told(),
        beat_at=now,
        ended_at=now,
    )


@transaction.atomic(durable=True)
def give_up(*, id: UUID, trouble: ProblemError, now: datetime) -> None:
    """Note that a run cannot come to an end, and why."""
    Backtest.objects.filter(pk=id, state=str(State.RUNNING)).update(
        state=str(State.FAILED), trouble=_kept(trouble.faults[0]), ended_at=now
    )


def get(id: UUID) -> BacktestRow | None:
    """Return a backtest, or None."""
    row = Backtest.objects.filter(pk=id).first()
    return None if row is None else _row(row)


def latest(*, limit: int = LISTED) -> tuple[BacktestRow, ...]:
    """Return backtests, the latest asked for first."""
    return tuple(_row(row) for row in Backtest.objects.order_by("-asked_at", "-pk")[:limit])


def some_wait(*, now: datetime) -> bool:
    """Return whether `take_on` would find something."""
    silent = Backtest.objects.filter(state=str(State.RUNNING), beat_at__lt=now - SILENT)
    waiting = Backtest.objects.filter(state=str(State.WAITING))
    running = Backtest.objects.filter(state=str(State.RUNNING), beat_at__gte=now - SILENT)
    return (silent.exists() or waiting.exists()) and not running.exists()


def _row(row: Backtest) -> BacktestRow:
    asked = convert(row.asked, Asked, strict=False)
    state = State(row.state)
    return BacktestRow(
        id=row.pk,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        asked=asked,
        settled=convert(row.settled, Settled, strict=False),
        state=state,
        started_at=row.started_at,
        ended_at=row.ended_at,
        done=100 if state is State.DONE else _done(asked, row.reached_date),
        weeks=row.weeks,
        totals=row.totals,
        trouble=None if row.trouble is None else _fault(row.trouble),
    )


def _kept(fault: Fault) -> dict[str, Any]:
    facts = {name: str(fact) for name, fact in fault.facts.items()}
    return {"code": fault.problem.code, "facts": facts}


def _fault(kept: dict[str, Any]) -> Fault:
    return next(one for one in _TROUBLES if one.code == kept["code"]).at("", **kept["facts"])


def _done(asked: Asked, reached: date | None) -> int:
    if reached is None:
        return 0
    whole = (asked.until - asked.since).days
    return min(99, max(0, 100 * (reached - asked.since).days // whole))
