"""Documentary checks: closing, asking, summoning, deciding; each by whom, and with what words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.domain.holding import (
    INSPECTOR,
    NOW,
    REVIEWER,
    TRADER,
    acts,
    held,
    hold_of,
    officer,
    refusal,
    trader,
)
from tongguan.domain.clearance.lifecycle import HoldKind, State
from tongguan.domain.clearance.problems import NOT_FOUND, NOT_HELD
from tongguan.domain.clearance.queries import holds_of, state_of
from tongguan.domain.parties.queries import find
from tongguan.domain.review import commands, problems
from tongguan.domain.review.queries import decisions_like, queries_of
from tongguan.facilities.accounts.problems import ELSEWHERE, NOT_POSTED
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.kernel.identifiers import DeclarationId, HoldId, new_id
from tongguan.kernel.problems import ProblemError

REVIEW, QUERY, SUMMONS = HoldKind.REVIEW, HoldKind.QUERY, HoldKind.SUMMONS
MONDAY = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
"""The next working day after NOW, 9:30 in the region."""


@pytest.fixture
def checked(db: None) -> DeclarationId:
    """Return a declaration whose documents are checked."""
    return held(trader(), REVIEW)


def party() -> Actor:
    """Return somebody of the enterprise that declared."""
    own = frozenset({find("91110113FAKE00013H") or 0})
    return replace(TRADER, enterprise_ids=own, own_ids=own)


def close(id_: DeclarationId, finding: str = "", words: str = "", by: Actor = REVIEWER) -> None:
    hold = hold_of(id_, REVIEW)
    commands.close_review(
        declaration_id=id_, hold_id=hold, finding=finding, words=words, by=by, now=NOW
    )


def ask(id_: DeclarationId, **changes: Any) -> HoldId:
    asked: dict[str, Any] = {"question": " Contract? ", "ground": "price", "by": REVIEWER}
    return commands.ask(declaration_id=id_, now=NOW, **(asked | changes))


def answer(
    id_: DeclarationId, hold: HoldId, text: str = "attached", by: Actor | None = None
) -> None:
    by = by or party()
    commands.answer_query(declaration_id=id_, hold_id=hold, text=text, by=by, now=NOW)


def summon(id_: DeclarationId, **changes: Any) -> HoldId:
    wanted: dict[str, Any] = {"subject": "origin", "due": MONDAY, "by": REVIEWER}
    return commands.summon(declaration_id=id_, now=NOW, **(wanted | changes))


def test_a_review_closed_as_declared_lets_the_goods_go(checked: DeclarationId) -> None:
    close(checked)

    assert state_of(checked) is State.RELEASED
    assert acts(checked) == ["REVIEW_CLOSED", "HOLD_DISCHARGED", "RELEASED"]


def test_what_is_wrong_with_a_finding_is_told_all_at_once(checked: DeclarationId) -> None:
    with pytest.raises(ProblemError) as error:
        close(checked, "WEATHER")

    assert refusal(error) == [
        (problems.FINDING_UNKNOWN, "#/finding"),
        (problems.NO_WORDS, "#/words"),
    ]
    assert acts(checked) == []


def test_a_review_waits_for_the_answer_to_a_query_and_goes_on_after_it(
    checked: DeclarationId,
) -> None:
    hold = ask(checked)
    with pytest.raises(ProblemError) as error:
        close(checked)
    assert refusal(error) == [(problems.QUERY_OPEN, "")]

    answer(checked, hold)
    close(checked)

    [row] = queries_of(checked)
    assert (row.question, row.answer, row.answered_by) == ("Contract?", "attached", "trader")
    assert state_of(checked) is State.RELEASED


def test_an_answer_is_due_in_five_working_days(checked: DeclarationId) -> None:
    hold = ask(checked)

    [row] = [row for row in holds_of(checked) if row.id == hold]
    assert row.due_at == datetime(2026, 11, 27, 16, tzinfo=UTC)
    assert row.facts == {"question": "Contract?"}


def test_a_query_says_what_is_asked_and_why(checked: DeclarationId) -> None:
    with pytest.raises(ProblemError) as error:
        ask(checked, question=" ", ground="")

    assert refusal(error) == [
        (problems.NO_GROUND, "#/question"),
        (problems.NO_GROUND, "#/ground"),
    ]


def test_nobody_is_asked_a_fourth_time(checked: DeclarationId) -> None:
    for _ in range(commands.QUERIES_MOST):
        answer(checked, ask(checked))

    with pytest.raises(ProblemError) as error:
        ask(checked)

    assert refusal(error) == [(problems.TOO_MANY, "")]


def test_an_empty_answer_is_refused_and_the_query_stays_open(checked: DeclarationId) -> None:
    hold = ask(checked)

    with pytest.raises(ProblemError) as error:
        answer(checked, hold, " ")

    assert refusal(error) == [(problems.EMPTY_ANSWER, "")]
    assert hold_of(checked, QUERY) == hold


def test_another_enterprise_does_not_answer_for_it(checked: DeclarationId) -> None:
    hold = ask(checked)

    with pytest.raises(ProblemError) as error:
        answer(checked, hold, by=TRADER)

    assert refusal(error) == [(NOT_FOUND, "")]
    assert hold_of(checked, QUERY) == hold


def test_the_declarant_is_summoned_to_an_office_and_the_visit_ends_it(
    checked: DeclarationId,
) -> None:
    hold = summon(checked, office="0401")
    [row] = queries_of(checked)
    assert (row.kind, row.office, row.due_at) == ("SUMMONS", "0401", MONDAY)

    with pytest.raises(ProblemError) as error:
        visit(checked, hold, "")
    assert refusal(error) == [(problems.NO_WORDS, "#/words")]
    visit(checked, hold, "came and explained")

    [row] = queries_of(checked)
    assert row.answer == "came and explained"
    assert {one.kind for one in holds_of(checked) if one.ended_at is None} == {REVIEW}


def visit(id_: DeclarationId, hold: HoldId, words: str) -> None:
    commands.record_visit(declaration_id=id_, hold_id=hold, words=words, by=REVIEWER, now=NOW)


def test_a_summons_without_an_office_leads_to_the_one_that_reviews(
    checked: DeclarationId,
) -> None:
    summon(checked)

    assert queries_of(checked)[0].office == "0202"


def test_a_summons_is_a_working_day_ahead_at_an_office_that_is_there(
    checked: DeclarationId,
) -> None:
    with pytest.raises(ProblemError) as error:
        summon(checked, subject="", due=NOW + timedelta(days=2), office="9999")

    assert refusal(error) == [
        (problems.NO_GROUND, "#/subject"),
        (problems.TOO_SOON, "#/due"),
        (problems.OFFICE_UNKNOWN, "#/office"),
    ]
    assert queries_of(checked) == ()


def test_a_query_or_summons_can_be_withdrawn_once(checked: DeclarationId) -> None:
    for hold in (ask(checked), summon(checked)):
        commands.withdraw(declaration_id=checked, hold_id=hold, by=REVIEWER, now=NOW)

        with pytest.raises(ProblemError) as error:
            commands.withdraw(declaration_id=checked, hold_id=hold, by=REVIEWER, now=NOW)
        assert refusal(error) == [(NOT_HELD, "")]

    assert {"QUERY_WITHDRAWN", "SUMMONS_WITHDRAWN"} <= set(acts(checked))
    close(checked)


def test_only_who_is_posted_to_it_does_it(checked: DeclarationId) -> None:
    hold = hold_of(checked, REVIEW)
    common: dict[str, Any] = {"declaration_id": checked, "now": NOW}
    for act in (
        lambda: close(checked, by=INSPECTOR),
        lambda: ask(checked, by=TRADER),
        lambda: summon(checked, by=INSPECTOR),
        lambda: answer(checked, hold, by=REVIEWER),
        lambda: commands.withdraw(hold_id=hold, by=TRADER, **common),
        lambda: commands.record_visit(hold_id=hold, words="w", by=TRADER, **common),
    ):
        with pytest.raises(ProblemError) as error:
            act()
        assert refusal(error) == [(NOT_POSTED, "")]
    assert acts(checked) == []


def test_a_hold_of_another_kind_or_declaration_is_not_ended(checked: DeclarationId) -> None:
    with pytest.raises(ProblemError) as error:
        commands.close_review(
            declaration_id=checked,
            hold_id=HoldId(new_id()),
            finding="",
            words="",
            by=REVIEWER,
            now=NOW,
        )

    assert refusal(error) == [(NOT_HELD, "")]


def test_decisions_on_like_goods_of_the_same_trader_are_at_hand(db: None) -> None:
    firm = trader()
    first, second = held(firm, REVIEW), held(firm, REVIEW)
    close(first, "ORIGIN", "certificate missing")

    [row] = decisions_like(second)

    assert (row.declaration_id, row.finding, row.words) == (first, "ORIGIN", "certificate missing")
    assert decisions_like(first) == ()


def test_any_reviewer_of_the_region_reviews_and_none_from_outside(db: None) -> None:
    checked = held(trader(), REVIEW)
    outside = officer("outside", Role.REVIEWER, "2200")
    common: dict[str, Any] = {"declaration_id": checked, "by": outside, "now": NOW}
    asked = ask(checked, by=officer("far", Role.REVIEWER, "0401"))
    summoned = summon(checked)

    for act in (
        lambda: close(checked, by=outside),
        lambda: ask(checked, by=outside),
        lambda: summon(checked, by=outside),
        lambda: commands.withdraw(hold_id=asked, **common),
        lambda: commands.record_visit(hold_id=summoned, words="w", **common),
    ):
        with pytest.raises(ProblemError) as error:
            act()
        assert refusal(error) == [(ELSEWHERE, "")]


def test_customs_clock_stands_still_while_an_answer_is_waited_for(db: None) -> None:
    id_ = held(trader(), REVIEW, due_in=timedelta(hours=3))
    due = NOW + timedelta(hours=3)
    minutes = [NOW + timedelta(minutes=number) for number in range(60)]

    def review_due() -> datetime | None:
        return next(row.due_at for row in holds_of(id_) if row.kind is REVIEW)

    first = commands.ask(declaration_id=id_, question="a?", ground="g", by=REVIEWER, now=minutes[0])
    second = commands.ask(
        declaration_id=id_, question="b?", ground="g", by=REVIEWER, now=minutes[4]
    )
    commands.answer_query(declaration_id=id_, hold_id=second, text="b", by=party(), now=minutes[9])
    assert review_due() == due + timedelta(minutes=9)
    commands.withdraw(declaration_id=id_, hold_id=first, by=REVIEWER, now=minutes[20])
    assert review_due() == due + timedelta(minutes=20)
    third = commands.ask(
        declaration_id=id_, question="c?", ground="g", by=REVIEWER, now=minutes[30]
    )
    commands.answer_query(declaration_id=id_, hold_id=third, text="c", by=party(), now=minutes[35])

    assert review_due() == due + timedelta(minutes=25)
