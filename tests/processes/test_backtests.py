"""Backtests run beside the worker, in a process of their own."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection

from tests.domain.risk.cases import in_force
from tests.domain.risk.examples import CHU
from tests.domain.risk.test_backtests import ASKED, WINE, past
from tests.patience import PATIENCE_SECONDS
from tongguan.domain.risk import backtests
from tongguan.domain.risk.active import forget
from tongguan.domain.risk.backtests import State
from tongguan.domain.risk.models import Backtest
from tongguan.processes import jobs
from tongguan.processes.backtests import ENTRY, RUNNER, look, run
from tongguan.processes.map import FOLLOWS

NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)


def clock() -> datetime:
    return NOW + timedelta(minutes=1)


def address() -> str:
    """Return where the tests' database is, for another process."""
    found = connection.settings_dict
    parts = {"host": found["HOST"], "port": found["PORT"], "password": found["PASSWORD"]}
    options = urlencode({name: part for name, part in parts.items() if part})
    return f"postgresql://{found['USER']}@/{found['NAME']}?{options}"


def begun() -> backtests.BacktestRow:
    backtests.ask(asked=ASKED, by=CHU, now=NOW)
    found = backtests.take_on(now=NOW)
    assert found is not None
    return found


@pytest.mark.usefixtures("db")
def test_a_run_notes_every_week_and_the_whole() -> None:
    forget()
    past()
    in_force(WINE)

    run(begun(), clock=clock)

    [found] = backtests.latest()
    assert (found.state, found.done, found.ended_at) == (State.DONE, 100, clock())
    assert [week["declared"] for week in found.weeks] == [6, 7, 1]
    assert found.totals is not None
    assert (found.totals["declared"], found.totals["found"]) == (14, 3)


@pytest.mark.usefixtures("db")
def test_a_run_over_nothing_ends_with_nothing() -> None:
    forget()

    run(begun(), clock=clock)

    [found] = backtests.latest()
    assert (found.state, found.weeks, found.totals) == (State.DONE, [], None)


@pytest.mark.usefixtures("db")
def test_a_run_whose_model_is_gone_says_so() -> None:
    forget()
    taken = begun()
    Backtest.objects.update(settled={**Backtest.objects.get().settled, "model": "0" * 64})
    found = backtests.get(taken.id)
    assert found is not None

    run(found, clock=clock)

    [found] = backtests.latest()
    assert found.state is State.FAILED
    assert found.trouble is not None
    assert found.trouble.problem.code == "RSK-042"


@pytest.mark.django_db(transaction=True)
def test_what_waits_is_run_by_a_process_of_its_own() -> None:
    forget()
    backtests.ask(asked=ASKED, by=CHU, now=datetime.now(UTC))

    ended = subprocess.run(
        (sys.executable, "-m", ENTRY),
        check=False,
        env={**os.environ, "DATABASE_URL": address()},
        capture_output=True,
        text=True,
    )

    assert (ended.returncode, ended.stderr) == (0, "")
    [row] = backtests.latest()
    assert row.state is State.DONE


@pytest.mark.django_db(transaction=True)
def test_the_worker_starts_what_was_asked_for_and_does_not_wait_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    forget()
    monkeypatch.setenv("DATABASE_URL", address())
    backtests.ask(asked=ASKED, by=CHU, now=datetime.now(UTC))

    assert jobs.follow(now=datetime.now(UTC)) > 0

    child = RUNNER._process
    assert child is not None
    assert child.wait(PATIENCE_SECONDS) == 0
    assert [row.state for row in backtests.latest()] == [State.DONE]
    look(datetime.now(UTC))
    assert RUNNER._process is child  # nothing waits: none is started


def test_the_worker_follows_what_was_asked_and_looks_after_what_broke_off() -> None:
    assert FOLLOWS["BacktestAsked"].__module__ == look.__module__
    assert look in [beat for _seconds, beat in jobs.BEATS]
