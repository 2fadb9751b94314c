"""Backtests are asked for, taken on one at a time, noted week by week, and can be run again."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError
from msgspec import structs

from tests.domain.risk.cases import accepted, chosen, ended, in_force, trader, why
from tests.domain.risk.examples import AUDITOR, CHU, DAY, NOON, SAMPLE, WEI, profile, when
from tongguan.domain.risk import approvals, backtests, problems
from tongguan.domain.risk.backtests import ATTEMPTS_MOST, SILENT, BacktestRow, State
from tongguan.domain.risk.criteria import Kind
from tongguan.domain.risk.models import Backtest
from tongguan.domain.risk.policies import Asked, backtest, of_house, prepared, totals
from tongguan.facilities.announcements.models import Announcement
from tongguan.facilities.ledger.models import Entry
from tongguan.kernel.problems import ProblemError

pytestmark = pytest.mark.django_db

ASKED = Asked(since=DAY - timedelta(days=14), until=DAY, model="none", exploration=Decimal(0))
WINE = structs.replace(profile(when("line.commodity", "prefix", "2204"), treatment="scan"), id=0)


def asked(what: Asked = ASKED) -> BacktestRow:
    found = backtests.get(backtests.ask(asked=what, by=CHU, now=NOON))
    assert found is not None
    return found


def taken() -> BacktestRow:
    found = backtests.take_on(now=NOON)
    assert found is not None
    return found


def past() -> None:
    """Write two weeks of wine, a declaration a day; those of the first were inspected."""
    trader_id = trader()
    for days in range(14, 0, -1):
        id_ = accepted(trader_id, now=NOON - timedelta(days=days), selection=chosen(why("random")))
        if days > 7:
            ended(id_, "VALUE" if days % 2 else "", value_effect=Decimal(days % 2))


def test_what_is_asked_for_stands_in_the_ledger_and_is_announced() -> None:
    found = asked()

    assert (found.state, found.asked, found.asked_by) == (State.WAITING, ASKED, "chu")
    assert found.settled.day == DAY
    assert Entry.objects.get(kind="BACKTEST_ASKED").facts["id"] == str(found.id)
    assert Announcement.objects.get(kind="BacktestAsked").subject == found.id
    assert backtests.latest() == (found,)


@pytest.mark.parametrize(
    ("change", "member"),
    [
        ({"until": ASKED.since}, "until"),
        ({"since": date(2020, 1, 1)}, "until"),
        ({"profiles": "some"}, "profiles"),
        ({"model": "best"}, "model"),
        ({"exploration": Decimal(2)}, "exploration"),
        ({"budget": -1}, "budget"),
        ({"retrain_days": 0}, "retrain_days"),
    ],
)
def test_what_cannot_be_run_is_refused_at_once(change: dict[str, object], member: str) -> None:
    with pytest.raises(ProblemError) as refusal:
        asked(structs.replace(ASKED, **change))

    [fault] = refusal.value.faults
    assert (fault.problem, fault.pointer) == (problems.BACKTEST_WRONG, f"#/{member}")
    assert not Backtest.objects.exists()


def test_only_an_analyst_asks_and_stops() -> None:
    with pytest.raises(ProblemError, match="ACC-001"):
        backtests.ask(asked=ASKED, by=AUDITOR, now=NOON)
    with pytest.raises(ProblemError, match="ACC-001"):
        backtests.stop(id=asked().id, by=AUDITOR, now=NOON)


def test_one_runs_at_a_time_the_one_asked_for_first() -> None:
    first, second = asked(), asked()

    begun = taken()

    assert (begun.id, begun.state) == (first.id, State.RUNNING)
    assert backtests.take_on(now=NOON) is None
    assert not backtests.some_wait(now=NOON)
    with pytest.raises(IntegrityError, match="backtest_one_at_a_time"):
        Backtest.objects.filter(pk=second.id).update(state="running")


def test_a_run_that_fell_silent_begins_again_and_fails_in_the_end() -> None:
    first, now = asked(), NOON
    for _ in range(ATTEMPTS_MOST):
        begun = backtests.take_on(now=now)
        assert begun is not None
        assert begun.id == first.id
        now += SILENT + timedelta(seconds=1)
        assert backtests.some_wait(now=now)

    assert backtests.take_on(now=now) is None

    found = backtests.get(first.id)
    assert found is not None
    assert (found.state, found.is_open) == (State.FAILED, False)
    assert found.trouble == problems.BACKTEST_BROKE.at("", attempts=str(ATTEMPTS_MOST))


def test_who_stops_a_run_keeps_what_it_has_found() -> None:
    past()
    begun, made = asked(), prepared(ASKED, asked().settled)
    taken()
    first, second, *_ = backtest(of_house(ASKED.since, ASKED.until), made.plan)

    assert backtests.note(id=begun.id, week=first, now=NOON)
    backtests.stop(id=begun.id, by=WEI, now=NOON)

    assert not backtests.note(id=begun.id, week=second, now=NOON)
    backtests.finish(id=begun.id, totals=totals([first]), now=NOON)
    found = backtests.get(begun.id)
    assert found is not None
    assert (found.state, found.totals, len(found.weeks)) == (State.STOPPED, None, 1)
    with pytest.raises(ProblemError, match="RSK-043"):
        backtests.stop(id=begun.id, by=WEI, now=NOON)


def test_of_the_house_truth_is_known_only_where_somebody_looked() -> None:
    past()
    in_force(WINE)

    made = prepared(ASKED, asked().settled)
    weeks = list(backtest(of_house(ASKED.since, ASKED.until), made.plan))

    whole = totals(weeks)
    assert whole is not None
    assert (whole.declared, whole.known, whole.wrong) == (14, 7, 3)
    assert (whole.looked_at, whole.judged, whole.found) == (14, 7, 3)
    assert whole.hours == 14 * Decimal("0.5")  # a scan each, by the parameter of the region
    assert whole.revenue_found == Decimal(3)


def test_a_wording_that_waits_is_tried_as_if_it_had_always_stood() -> None:
    past()
    [wine] = in_force(WINE)
    dear = when("line.value", "at_least", "60000")
    approvals.propose(
        criteria=[structs.replace(WINE, id=wine.id, conditions=(dear,), valid_from=DAY)],
        by=CHU,
        now=NOON,
    )
    both = structs.replace(ASKED, profiles="waiting")

    as_it_is, with_waiting = asked(), asked(both)

    assert with_waiting.settled.wordings == ((wine.id, 2),)
    assert with_waiting.settled.set_version == as_it_is.settled.set_version
    [old] = prepared(ASKED, as_it_is.settled).plan.profiles
    [new] = prepared(both, with_waiting.settled).plan.profiles
    assert (old.conditions, new.conditions) == (WINE.conditions, (dear,))
    assert new.valid_from < ASKED.since


def test_it_comes_out_the_same_when_the_criteria_have_changed_since() -> None:
    past()
    [wine] = in_force(WINE)
    found = asked()
    before = list(backtest(of_house(ASKED.since, ASKED.until), prepared(ASKED, found.settled).plan))
    approvals.end(kind=Kind.PROFILE, id=wine.id, why="nothing found", by=CHU, now=NOON)

    again = list(backtest(of_house(ASKED.since, ASKED.until), prepared(ASKED, found.settled).plan))

    assert before == again
    assert before[0].looked_at > 0
    assert not prepared(ASKED, asked().settled).plan.profiles


def test_without_a_model_in_force_it_cannot_be_tried() -> None:
    with pytest.raises(ProblemError, match="RSK-042"):
        asked(structs.replace(ASKED, model="in_force"))


def test_a_budget_lets_any_score_be_chosen_and_no_bound_leaves_the_thresholds() -> None:
    found = asked().settled

    within = prepared(structs.replace(ASKED, budget=5), found).plan
    unbound = prepared(structs.replace(ASKED, budget=0), found).plan

    assert (within.budget, within.policy.inspect_from) == (5, Decimal(0))
    assert (unbound.budget, unbound.policy.inspect_from) == (None, Decimal(2))


def test_a_trader_of_the_history_is_the_one_that_was_declared() -> None:
    past()

    [first, *_] = list(of_house(ASKED.since, ASKED.until))

    assert (first.day, first.facts.trader) == (ASKED.since, SAMPLE.trader)
