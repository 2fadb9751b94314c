"""A finding ends by a decision that names what follows, by another person than who found it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from tests.domain.holding import (
    INSPECTOR,
    NOW,
    REVIEWER,
    acts,
    held,
    hold_of,
    named,
    officer,
    refusal,
    trader,
)
from tongguan.domain.clearance.lifecycle import HoldKind, State, Turn
from tongguan.domain.clearance.problems import NOT_FOUND
from tongguan.domain.clearance.queries import holds_of, open_holds, state_of
from tongguan.domain.coordination import commands as coordination
from tongguan.domain.review import cases, commands, problems, revocations
from tongguan.domain.review.queries import case_decisions, revocation_of
from tongguan.domain.review.values import Consequence, Effect
from tongguan.facilities.accounts.problems import ELSEWHERE, NO_PERSON, NOT_POSTED
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role
from tongguan.facilities.announcements.models import Announcement
from tongguan.facilities.ledger.queries import entries
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.problems import ProblemError

CASE = HoldKind.CASE
SECOND, THIRD = named(REVIEWER, "second"), named(REVIEWER, "third")
OF = {effect: [str(one) for one in Consequence if one.effect is effect] for effect in Effect}


@pytest.fixture
def doubted(db: None) -> DeclarationId:
    """Return a declaration of which the reviewer found that its price is in doubt."""
    id_ = held(trader(), HoldKind.REVIEW)
    commands.close_review(
        declaration_id=id_,
        hold_id=hold_of(id_, HoldKind.REVIEW),
        finding="PRICE",
        words="below like goods",
        by=REVIEWER,
        now=NOW,
    )
    return id_


def decide(
    id_: DeclarationId, consequence: str, words: str = "because", by: Actor = SECOND
) -> Effect:
    return cases.decide_case(
        declaration_id=id_,
        hold_id=hold_of(id_, CASE),
        consequence=consequence,
        words=words,
        by=by,
        now=NOW,
    )


def refused(act: Callable[[], object]) -> list[str]:
    with pytest.raises(ProblemError) as error:
        act()
    return [fault.problem.code for fault in error.value.faults]


def open_kinds(id_: DeclarationId) -> set[HoldKind]:
    return {row.kind for row in holds_of(id_) if row.ended_at is None}


@pytest.mark.parametrize("consequence", OF[Effect.GOES_ON])
def test_goods_go_on_only_where_the_decision_says_so(
    doubted: DeclarationId, consequence: str
) -> None:
    assert decide(doubted, consequence) is Effect.GOES_ON

    assert state_of(doubted) is State.RELEASED
    [row] = case_decisions(doubted)
    assert (str(row.consequence), row.words, row.decided_by) == (consequence, "because", "second")
    [told] = [one for one in entries(doubted) if one.kind == "CASE_DECIDED"]
    assert told.facts["consequence"] == consequence
    assert told.facts["words"] == "because"
    assert Announcement.objects.filter(subject=doubted, kind="CaseDecided").count() == 1


@pytest.mark.parametrize("consequence", OF[Effect.STAYS])
def test_goods_stay_until_what_was_decided_is_done(
    doubted: DeclarationId, consequence: str
) -> None:
    assert decide(doubted, consequence) is Effect.STAYS

    assert state_of(doubted) is State.ACCEPTED
    assert open_kinds(doubted) == {CASE}
    assert refused(lambda: decide(doubted, "NONE")) == ["REV-115"]
    decide(doubted, "NONE", by=THIRD)
    assert state_of(doubted) is State.RELEASED
    assert [str(row.consequence) for row in case_decisions(doubted)] == [consequence, "NONE"]


@pytest.mark.parametrize("consequence", OF[Effect.REFUSED])
def test_a_refusal_really_refuses(doubted: DeclarationId, consequence: str) -> None:
    assert decide(doubted, consequence) is Effect.REFUSED

    assert state_of(doubted) is State.REFUSED
    assert open_kinds(doubted) == set()
    row = revocation_of(doubted)
    assert row is not None
    assert (row.act, row.words, row.decided_by) == ("REFUSE", "because", "second")


def test_an_amendment_is_the_traders_turn_and_he_reads_what_is_required(
    doubted: DeclarationId,
) -> None:
    decide(doubted, "AMENDMENT", "price of line 1")

    [case] = open_holds([doubted], CASE)
    assert (case.turn, case.facts["required"]) == (Turn.TRADER, "price of line 1")


@pytest.mark.parametrize("consequence", ["", "  ", "AS_DECLARED", "none"])
def test_a_finding_is_not_closed_without_a_consequence_and_a_reason(
    doubted: DeclarationId, consequence: str
) -> None:
    with pytest.raises(ProblemError) as error:
        decide(doubted, consequence, " ")

    assert refusal(error) == [
        (problems.CONSEQUENCE_UNKNOWN, "#/consequence"),
        (problems.NO_WORDS, "#/words"),
    ]
    assert open_kinds(doubted) == {CASE}
    assert case_decisions(doubted) == ()


def test_who_found_it_does_not_decide_on_it_in_any_way(doubted: DeclarationId) -> None:
    for consequence in Consequence:
        act = partial(decide, doubted, str(consequence), by=REVIEWER)
        assert refused(act) == ["REV-113"]
    assert refused(
        lambda: revocations.refuse(declaration_id=doubted, words="w", by=REVIEWER, now=NOW)
    ) == ["REV-113"]
    assert state_of(doubted) is State.ACCEPTED


@pytest.mark.parametrize(
    ("by", "problem"),
    [
        (INSPECTOR, NOT_POSTED),
        (replace(SECOND, person_id=None), NO_PERSON),
        (SYSTEM, NO_PERSON),
        (officer("outside", Role.REVIEWER, "2200"), ELSEWHERE),
        (officer("far", Role.COORDINATOR, "0401"), NOT_FOUND),
    ],
)
def test_only_a_person_whose_office_it_is_decides(
    doubted: DeclarationId, by: Actor, problem: object
) -> None:
    with pytest.raises(ProblemError) as error:
        decide(doubted, "NONE", by=by)

    assert refusal(error) == [(problem, "")]
    assert open_kinds(doubted) == {CASE}


def test_a_coordinator_decides_cases_of_what_he_looks_after(doubted: DeclarationId) -> None:
    decide(doubted, "NONE", by=officer("near", Role.COORDINATOR))

    assert open_kinds(doubted) == set()


def test_refusing_a_declaration_decides_its_open_cases(doubted: DeclarationId) -> None:
    revocations.refuse(declaration_id=doubted, words="forbidden", by=SECOND, now=NOW)

    [row] = case_decisions(doubted)
    assert row.consequence is Consequence.REFUSAL
    assert acts(doubted)[-3:] == ["CASE_DECIDED", "REFUSED", "REFUSAL_DECIDED"]


def test_what_a_centre_stopped_no_reviewer_refuses_by_a_decision(db: None) -> None:
    id_ = held(trader(), CASE, HoldKind.REVIEW)
    from_centre = officer("centre", Role.COORDINATOR)
    stopped = held_by_centre(id_)

    assert refused(lambda: decide(id_, "REFUSAL")) == ["REV-112"]
    assert stopped <= open_kinds(id_)
    decide(id_, "REFUSAL", by=from_centre)
    assert state_of(id_) is State.REFUSED


def held_by_centre(id_: DeclarationId) -> set[HoldKind]:
    coordination.stop(
        declaration_id=id_, reason="toys", by=officer("centre2", Role.COORDINATOR), now=NOW
    )
    return {HoldKind.INSTRUCTION, CASE}
