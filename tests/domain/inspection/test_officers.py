"""双随机: the two officers of an inspection are drawn of those present; again, the same."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.domain.holding import officer
from tests.domain.inspection.drawing import (
    AN,
    NOW,
    PEOPLE,
    YAN,
    admit,
    draw,
    inspected,
    present,
    refused,
    unlike,
)
from tests.domain.risk.cases import trader
from tongguan.domain.inspection import officers
from tongguan.domain.inspection.choices import drawn_again
from tongguan.domain.inspection.duty import Candidate, DutyRow, Mark
from tongguan.domain.inspection.models import OfficerDraw, Presence
from tongguan.domain.inspection.queries import (
    draws,
    marks,
    on_duty,
)
from tongguan.facilities.accounts.values import SYSTEM, Actor, NewPosting, Role
from tongguan.facilities.ledger.queries import entries
from tongguan.facilities.ledger.values import HOUSE
from tongguan.kernel.identifiers import DeclarationId, HoldId
from tongguan.kernel.problems import ProblemError

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_are_drawn_of_those_present_and_come_out_the_same_again(
    case: tuple[DeclarationId, HoldId],
) -> None:
    present("an", "bo", "cai")

    drawn = draw(case)

    row = draws([case[1]])[case[1]]
    assert len(drawn) == 2
    assert row.present == ("an", "bo", "cai")
    [choice] = row.choices
    assert row.officers == row.drawn == drawn == choice.chosen == drawn_again(choice, now=NOW)
    numbers = {one.officer: one.pk for one in Presence.objects.all()}
    assert choice.candidates == tuple(
        Candidate(
            officer=name,
            office="0202",
            role="INSPECTOR",
            mark=numbers[name],
            marked_by=name,
            marked_at=NOW,
        )
        for name in ("an", "bo", "cai")
    )
    [told] = [one for one in entries(case[0]) if one.kind == "OFFICERS_DRAWN"]
    assert told.facts["officers"] == " ".join(drawn)
    assert told.facts["seed_day"] == "2026-11-20"
    assert told.facts["candidates"] == "3"


def test_each_of_those_present_is_drawn_about_as_often(db: None) -> None:
    for name in PEOPLE:
        admit(name, NewPosting(Role.INSPECTOR, office="0202"))
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
    officers.mark_present(officer="bo", office="0202", present=False, by=YAN, now=NOW)

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


def test_a_chief_who_decides_who_is_present_does_not_draw(
    case: tuple[DeclarationId, HoldId],
) -> None:
    present(*PEOPLE)
    act: dict[str, Any] = {"declaration_id": case[0], "hold_id": case[1], "now": NOW}
    for name in ("cai", "ding"):
        officers.mark_present(officer=name, office="0202", present=False, by=YAN, now=NOW)
    with pytest.raises(ProblemError) as error:
        officers.draw(by=YAN, **act)
    for name in ("cai", "ding"):
        officers.mark_present(officer=name, office="0202", present=True, by=YAN, now=NOW)
    with pytest.raises(ProblemError) as again:
        officers.draw(by=YAN, **act)

    assert refused(error) == refused(again) == ["INS-046"]
    assert not OfficerDraw.objects.exists()
    assert len(officers.draw(by=replace(YAN, name="zhou"), **act)) == 2


def test_who_moved_an_officer_away_does_not_draw_where_he_is_missing(
    case: tuple[DeclarationId, HoldId],
) -> None:
    both = replace(YAN, offices=frozenset({"0202", "0203"}))
    present("an", "bo", "cai")
    officers.mark_present(officer="cai", office="0203", present=True, by=both, now=NOW)

    with pytest.raises(ProblemError) as error:
        officers.draw(declaration_id=case[0], hold_id=case[1], by=both, now=NOW)

    assert refused(error) == ["INS-046"]
    assert set(draw(case)) == {"an", "bo"}


def test_who_marked_himself_or_others_the_day_before_or_elsewhere_draws(
    case: tuple[DeclarationId, HoldId],
) -> None:
    yesterday = NOW - timedelta(days=1)
    officers.mark_present(officer="cai", office="0202", present=False, by=YAN, now=yesterday)
    far = officer("yan", Role.CHIEF, "0203")
    officers.mark_present(officer="cai", office="0203", present=True, by=far, now=NOW)
    present("an", "bo")

    found = officers.draw(declaration_id=case[0], hold_id=case[1], by=YAN, now=NOW)

    assert set(found) == {"an", "bo"}


def test_only_who_is_posted_there_can_be_marked_present(
    case: tuple[DeclarationId, HoldId],
) -> None:
    with pytest.raises(ProblemError) as error:
        present("far")
    with pytest.raises(ProblemError) as elsewhere:
        officers.mark_present(officer="an", office="0101", present=True, by=AN, now=NOW)

    assert refused(error) == ["INS-025"]
    assert refused(elsewhere) == ["ACC-011"]
    assert not Presence.objects.exists()
    assert not [one for one in entries(HOUSE) if one.kind == "OFFICER_PRESENT"]


@pytest.mark.parametrize(
    ("by", "code"),
    [
        (officer("an", Role.INSPECTOR, "0202"), "INS-028"),
        (officer("wei", Role.COORDINATOR, "0202"), "ACC-001"),
        (officer("zhu", Role.CHIEF, "0101"), "ACC-011"),
        (replace(officer("bo", Role.INSPECTOR, "0202"), person_id=None), "ACC-014"),
        (SYSTEM, "ACC-014"),
    ],
)
def test_presence_is_marked_by_the_officer_himself_or_his_chief_and_by_nobody_else(
    case: tuple[DeclarationId, HoldId], by: Actor, code: str
) -> None:
    with pytest.raises(ProblemError) as error:
        officers.mark_present(officer="bo", office="0202", present=True, by=by, now=NOW)
    assert refused(error) == [code]
    assert not Presence.objects.exists()

    officers.mark_present(officer="bo", office="0202", present=True, by=YAN, now=NOW)

    [row] = Presence.objects.all()
    assert (row.officer, row.marked_by) == ("bo", "yan")


def test_who_leaves_leaves_a_row_that_says_who_marked_him_and_when(
    case: tuple[DeclarationId, HoldId],
) -> None:
    later = NOW + timedelta(hours=1)
    present("an", "bo")
    officers.mark_present(officer="bo", office="0202", present=False, by=YAN, now=later)
    officers.mark_present(officer="bo", office="0202", present=False, by=YAN, now=later)
    officers.mark_present(officer="cai", office="0202", present=False, by=YAN, now=later)

    assert [(one.officer, one.mark, one.by, one.at) for one in marks("0202", NOW.date())] == [
        ("an", Mark.PRESENT, "an", NOW),
        ("bo", Mark.PRESENT, "bo", NOW),
        ("bo", Mark.ABSENT, "yan", later),
        ("cai", Mark.ABSENT, "yan", later),
    ]
    assert [row.officer for row in _duty() if row.present] == ["an"]
    assert unlike() == []


def test_who_goes_to_another_office_leaves_the_first_by_a_mark(
    case: tuple[DeclarationId, HoldId],
) -> None:
    present("an")
    present("an", office="0203")

    assert [one.mark for one in marks("0202", NOW.date())] == [Mark.PRESENT, Mark.ABSENT]
    assert [one.mark for one in marks("0203", NOW.date())] == [Mark.PRESENT]
    assert unlike() == []
