"""Backtests run in a process of their own, beside the worker: no request and no event waits."""

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from signal import SIGTERM
from typing import Final

from tongguan.domain.risk import backtests
from tongguan.domain.risk.backtests import BacktestRow
from tongguan.domain.risk.policies import Figures, backtest, of_house, prepared, totals
from tongguan.facilities.announcements.values import Announced
from tongguan.facilities.processes import end_with_parent
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import Clock

ENTRY: Final = "tongguan.interfaces.cli.backtester"
KINDNESS: Final = 10
"""How far the runs stand back behind what the house does otherwise."""


class Runner:
    """A process beside the worker, while there is one; it ends with the worker."""

    def __init__(self, entry: str) -> None:
        """Take the module that it runs; begin with none."""
        self._entry = entry
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, unless it runs; it takes on whatever waits, and ends."""
        if self._process is not None and self._process.poll() is None:
            return
        self._process = subprocess.Popen(
            (sys.executable, "-m", self._entry),
            stdin=subprocess.DEVNULL,
            preexec_fn=end_with_parent(SIGTERM),  # noqa: PLW1509 -- the worker's thread lasts
        )


RUNNER: Final = Runner(ENTRY)
"""The one of this worker."""


def start(_events: Sequence[Announced], _now: datetime) -> None:
    """Have the backtests that were asked for run."""
    RUNNER.start()


def look(now: datetime) -> None:
    """Have those run that wait, or whose run broke off."""
    if backtests.some_wait(now=now):
        RUNNER.start()


def run_all(*, clock: Clock) -> int:
    """Take on and run what waits, one after the other; return how many were run."""
    os.nice(KINDNESS)
    count = 0
    while (taken := backtests.take_on(now=clock())) is not None:
        run(taken, clock=clock)
        count += 1
    return count


def run(taken: BacktestRow, *, clock: Clock) -> None:
    """Run a backtest that was taken on, and note each week as it is through."""
    try:
        made = prepared(taken.asked, taken.settled)
    except ProblemError as trouble:
        backtests.give_up(id=taken.id, trouble=trouble, now=clock())
        return
    history = of_house(taken.asked.since, taken.asked.until)
    weeks: list[Figures] = []
    for week in backtest(history, made.plan, learn=made.learn, scorer=made.scorer):
        weeks.append(week)
        if not backtests.note(id=taken.id, week=week, now=clock()):
            return
    backtests.finish(id=taken.id, totals=totals(weeks), now=clock())
