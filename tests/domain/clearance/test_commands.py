"""Holds come and go under a lock; what they blocked is done when the last has ended."""

import pytest

from tests.domain.holding import NOW, OFFICE, REVIEWER, acts, held, hold_of, refusal, trader
from tongguan.domain.clearance import commands, problems
from tongguan.domain.clearance.lifecycle import Act, HoldKind, State, Why
from tongguan.domain.clearance.queries import holds_of, state_of
from tongguan.domain.clearance.values import NewHold
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.kernel.identifiers import DeclarationId, new_id
from tongguan.kernel.problems import ProblemError

REVIEW = HoldKind.REVIEW


@pytest.fixture
def trader_id(db: None) -> int:
    return trader()


def test_a_declaration_nobody_knows_cannot_be_locked(trader_id: int) -> None:
    with pytest.raises(ProblemError) as error:
        commands.lock(DeclarationId(new_id()))

    assert refusal(error) == [(problems.NOT_FOUND, "")]


def test_a_hold_ends_once(trader_id: int) -> None:
    id_ = held(trader_id, REVIEW)
    hold, locked = hold_of(id_, REVIEW), commands.lock(id_)
    commands.discharge(locked, hold, by=REVIEWER, now=NOW)

    with pytest.raises(ProblemError) as error:
        commands.discharge(locked, hold, by=REVIEWER, now=NOW)

    assert refusal(error) == [(problems.NOT_HELD, "")]
    assert state_of(id_) is State.RELEASED
    assert acts(id_) == ["HOLD_DISCHARGED", "RELEASED"]


def test_nothing_is_put_in_the_way_of_what_is_released(trader_id: int) -> None:
    id_ = held(trader_id)
    locked = commands.lock(id_)
    hold = NewHold(id_, REVIEW, OFFICE, Why.SELECTED, {}, NOW)

    with pytest.raises(ProblemError) as error:
        commands.open_hold(locked, hold, by=SYSTEM, now=NOW)

    assert refusal(error) == [(problems.NOT_POSSIBLE, "")]
    assert holds_of(id_) == ()


def test_cancelling_ends_every_hold(trader_id: int) -> None:
    id_ = held(trader_id, REVIEW, HoldKind.PAYMENT)

    commands.move(commands.lock(id_), Act.CANCEL, by=REVIEWER, now=NOW)

    assert state_of(id_) is State.CANCELLED
    assert {row.ended_by for row in holds_of(id_)} == {REVIEWER.name}


@pytest.mark.parametrize(
    ("kinds", "act", "problem"),
    [
        ((REVIEW,), Act.RELEASE, problems.STILL_HELD),
        ((REVIEW,), Act.CLOSE, problems.NOT_POSSIBLE),
        ((), Act.CANCEL, problems.NOT_POSSIBLE),
    ],
)
def test_an_act_out_of_turn_is_refused(
    trader_id: int, kinds: tuple[HoldKind, ...], act: Act, problem: object
) -> None:
    id_ = held(trader_id, *kinds)
    before = state_of(id_)

    with pytest.raises(ProblemError) as error:
        commands.move(commands.lock(id_), act, by=SYSTEM, now=NOW)

    assert refusal(error) == [(problem, "")]
    assert state_of(id_) is before
