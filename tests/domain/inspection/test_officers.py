"""双随机: the two officers of an inspection are drawn of those present; again, the same."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from tests.domain.risk.cases import accepted, trader
from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance.lifecycle import HoldKind, State, Why
from tongguan.domain.clearance.models import Clearance
from tongguan.domain.clearance.values import NewHold
from tongguan.domain.inspection import commands, officers
from tongguan.domain.inspection.models import OfficerDraw, Presence
from tongguan.domain.inspection.queries import drawn_again, draws, on_duty
from tongguan.domain.inspection.values import DutyRow, Signed
from tongguan.domain.risk.models import Outcome
from tongguan.facilities.accounts.commands import admit_person
from tongguan.facilities.accounts.values import SYSTEM, Actor, NewPosting, Role
from tongguan.facilities.ledger.queries import entries
from tongguan.facilities.ledger.values import HOUSE
from tongguan.kernel.identifiers import DeclarationId, HoldId
from tongguan.kernel.problems import ProblemError

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
PEOPLE = ("an", "bo", "cai", "ding")
AN = Actor("an", "An", roles=frozenset({Role.INSPECTOR}), offices=frozenset({"0202"}))


@pytest.fixture
def case() -> tuple[DeclarationId, HoldId]:
    """An inspection at 0202, where four inspectors are posted; one more is posted elsewhere."""
    for name in PEOPLE:
        _admit(name, NewPosting(Role.INSPECTOR, district="02"))
    _admit("far", NewPosting(Role.INSPECTOR, office="0101"))
    return inspected(trader())


def _admit(name: str, posting: NewPosting) -> None:
    admit_person(
        username=name,
        password="correct-horse-battery",
        name_zh="",
        name_en=name,
        postings=[posting],
        by=SYSTEM,
        now=NOW - timedelta(days=1),
    )


def inspected(trader_id: int) -> tuple[DeclarationId, HoldId]:
    id_ = accepted(trader_id)
    Clearance.objects.create(declaration_id=id_, state=str(State.ACCEPTED), moved_at=NOW)
    hold = NewHold(id_, HoldKind.INSPECTION, "0202", Why.SELECTED_GOODS, {}, NOW)
    with transaction.atomic():
        clearance.open_hold(clearance.lock(id_), hold, by=SYSTEM, now=NOW)
    return id_, HoldId(hold.id)


def present(*names: str, office: str = "0202") -> None:
    for name in names:
        officers.mark_present(officer=name, office=office, present=True, by=SYSTEM, now=NOW)


def draw(case: tuple[DeclarationId, HoldId]) -> tuple[str, ...]:
    return officers.draw(declaration_id=case[0], hold_id=case[1], by=AN, now=NOW)


def refused(error: pytest.ExceptionInfo[ProblemError]) -> list[str]:
    return [fault.problem.code for fault in error.value.faults]


def test_two_are_drawn_of_those_present_and_come_out_the_same_again(
    case: tuple[DeclarationId, HoldId],
) -> None:
    present("an", "bo", "cai")

    drawn = draw(case)

    row = draws([case[1]])[case[1]]
    assert len(drawn) == 2
    assert row.present == ("an", "bo", "cai")
    assert row.officers == row.drawn == drawn == drawn_again(row, now=NOW)
    [told] = [one for one in entries(case[0]) if one.kind == "OFFICERS_DRAWN"]
    assert told.facts["officers"] == " ".join(drawn)
    assert told.facts["seed_day"] == "2026-11-20"


def test_each_of_those_present_is_drawn_about_as_often(db: None) -> None:
    for name in PEOPLE:
        _admit(name, NewPosting(Role.INSPECTOR, office="0202"))
    present(*PEOPLE)
    firm = trader()

    often = Counter(name for _ in range(60) for name in draw(inspected(firm)))

    assert sum(often.values()) == 120
    # 30 are expected; 10 is five standard deviations below.
    assert min(often[name] for name in PEOPLE) >= 10


def test_who_is_not_marked_present_is_never_drawn(case: tuple[DeclarationId, HoldId]) -> None:
    present("an", "bo")
    present("cai", office="0203")

    assert set(draw(case)) == {"an", "bo"}
    assert [(row.officer, row.present, row.elsewhere) for row in _duty()] == [
        ("an", True, ""),
        ("bo", True, ""),
        ("cai", False, "0203"),
        ("ding", False, ""),
    ]


def _duty() -> tuple[DutyRow, ...]:
    return on_duty("0202", NOW.date(), now=NOW)


def test_with_fewer_than_two_nobody_is_drawn(case: tuple[DeclarationId, HoldId]) -> None:
    present("an", "bo")
    officers.mark_present(officer="bo", office="0202", present=False, by=AN, now=NOW)

    with pytest.raises(ProblemError) as error:
        draw(case)

    assert refused(error) == ["INS-020"]
    assert not OfficerDraw.objects.exists()


def test_nobody_draws_until_the_officers_suit_him(case: tuple[DeclarationId, HoldId]) -> None:
    present("an", "bo", "cai", "ding")
    drawn = draw(case)

    with pytest.raises(ProblemError) as error:
        draw(case)

    assert refused(error) == ["INS-022"]
    assert draws([case[1]])[case[1]].drawn == drawn


def test_only_who_is_posted_there_can_be_marked_present(
    case: tuple[DeclarationId, HoldId],
) -> None:
    with pytest.raises(ProblemError) as error:
        present("far")
    with pytest.raises(ProblemError) as elsewhere:
        officers.mark_present(officer="far", office="0101", present=True, by=AN, now=NOW)

    assert refused(error) == ["INS-025"]
    assert refused(elsewhere) == ["ACC-011"]
    assert not Presence.objects.exists()
    assert not [one for one in entries(HOUSE) if one.kind == "OFFICER_PRESENT"]


def test_others_take_over_for_a_reason_only(case: tuple[DeclarationId, HoldId]) -> None:
    present("an", "bo")
    draw(case)
    act: dict[str, Any] = {"declaration_id": case[0], "hold_id": case[1], "by": AN, "now": NOW}
    _begin(case)

    with pytest.raises(ProblemError) as silent:
        officers.replace(officers=("an", "cai"), why=" ", **act)
    with pytest.raises(ProblemError) as far:
        officers.replace(officers=("an", "far"), why="bo is ill", **act)
    with pytest.raises(ProblemError) as alone:
        officers.replace(officers=("an", "an"), why="bo is ill", **act)
    officers.replace(officers=("an", "cai"), why="bo is ill", **act)

    assert [refused(one) for one in (silent, far, alone)] == [["INS-024"], ["INS-025"], ["INS-001"]]
    row = draws([case[1]])[case[1]]
    assert (set(row.drawn), row.officers, row.why) == ({"an", "bo"}, ("an", "cai"), "bo is ill")
    [told] = [one for one in entries(case[0]) if one.kind == "OFFICERS_REPLACED"]
    assert told.facts["why"] == "bo is ill"


def test_nobody_is_replaced_before_somebody_was_drawn(case: tuple[DeclarationId, HoldId]) -> None:
    with pytest.raises(ProblemError) as error:
        officers.replace(
            declaration_id=case[0],
            hold_id=case[1],
            officers=("an", "bo"),
            why="they are here",
            by=AN,
            now=NOW,
        )

    assert refused(error) == ["INS-023"]


def test_those_drawn_sign_the_record_and_stand_in_the_outcome(
    case: tuple[DeclarationId, HoldId],
) -> None:
    present("an", "bo")
    draw(case)
    act: dict[str, Any] = {"declaration_id": case[0], "hold_id": case[1], "by": AN, "now": NOW}
    _begin(case)

    with pytest.raises(ProblemError) as error:
        commands.sign_record(signed=_signed("an", "cai"), **act)
    commands.sign_record(signed=_signed("bo", "an"), **act)

    assert refused(error) == ["INS-021"]
    assert Outcome.objects.get().officers == ["bo", "an"]
    [told] = [one for one in entries(case[0]) if one.kind == "INSPECTION_RECORDED"]
    assert told.facts["chosen"] == "drawn"


def test_a_record_of_officers_that_nobody_drew_says_so(case: tuple[DeclarationId, HoldId]) -> None:
    _begin(case)
    commands.sign_record(
        declaration_id=case[0], hold_id=case[1], signed=_signed("an", "bo"), by=AN, now=NOW
    )

    [told] = [one for one in entries(case[0]) if one.kind == "INSPECTION_RECORDED"]
    assert told.facts["chosen"] == "undrawn"


def _begin(case: tuple[DeclarationId, HoldId]) -> None:
    act: dict[str, Any] = {"declaration_id": case[0], "hold_id": case[1], "by": AN, "now": NOW}
    commands.note_witness(witness="w", **act)
    commands.start(seals_before="", **act)


def _signed(first: str, second: str) -> Signed:
    return Signed(officers=(first, second), witness="w", result="as declared")


def test_who_is_posted_elsewhere_neither_draws_nor_replaces_officers(
    case: tuple[DeclarationId, HoldId],
) -> None:
    present("an", "bo")
    far = Actor("far", "Far", roles=frozenset({Role.INSPECTOR}), offices=frozenset({"0101"}))
    common: dict[str, Any] = {"declaration_id": case[0], "hold_id": case[1], "by": far, "now": NOW}

    with pytest.raises(ProblemError) as drawing:
        officers.draw(**common)
    draw(case)
    with pytest.raises(ProblemError) as replacing:
        officers.replace(officers=("cai", "ding"), why="friends", **common)

    assert refused(drawing) == refused(replacing) == ["ACC-011"]
