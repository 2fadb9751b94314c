"""Examinations: appointed, begun by those drawn when the goods are here and somebody attends."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.domain.holding import (
    ELSEWHERE,
    INSPECTOR,
    NOW,
    REVIEWER,
    acts,
    named,
    refusal,
)
from tests.domain.inspection.examining import PEOPLE, SOON, Examination, admit, examination
from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.problems import NOT_HELD
from tongguan.domain.inspection import commands, officers, problems
from tongguan.domain.inspection.queries import appointments, attendances, missed
from tongguan.domain.inspection.values import Whereabouts
from tongguan.facilities.accounts.problems import ELSEWHERE as ANOTHER_OFFICE
from tongguan.facilities.accounts.problems import NO_PERSON, NOT_POSTED
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role
from tongguan.facilities.announcements.models import Announcement
from tongguan.facilities.ledger.queries import entries
from tongguan.kernel.problems import ProblemError


@pytest.fixture
def one(db: None) -> Examination:
    """Return an examination at 0202 that nobody is drawn for yet."""
    admit()
    return examination()


def test_an_appointment_is_told_and_can_be_moved(one: Examination) -> None:
    one.appoint()
    one.appoint(at=SOON + timedelta(hours=1))

    [kept] = appointments([one.hold_id]).values()
    assert (kept.at, kept.place) == (SOON + timedelta(hours=1), "bay 3")
    told = Announcement.objects.filter(subject=one.id, kind="InspectionAppointed")
    assert told.count() == 2


def test_the_ledger_says_whether_an_appointment_was_told_in_time(one: Examination) -> None:
    one.appoint(at=NOW + timedelta(hours=11, minutes=59))
    one.appoint(at=NOW + timedelta(hours=12))

    assert [entry.facts["notice"] for entry in entries(one.id)] == ["short", "in time"]


def test_an_examination_is_missed_from_the_day_after_it_was_appointed_until_all_have_signed(
    one: Examination,
) -> None:
    one.appoint(at=NOW)

    assert missed(now=SOON + timedelta(hours=1)) == ()
    assert missed(now=SOON + timedelta(days=1)) == (one.hold_id,)
    one.whole()
    assert missed(now=SOON + timedelta(days=1)) == ()


def test_an_appointment_in_the_past_and_without_a_place_is_refused_for_both(
    one: Examination,
) -> None:
    with pytest.raises(ProblemError) as error:
        one.appoint(at=NOW - timedelta(minutes=1), place=" ")

    assert refusal(error) == [
        (problems.IN_THE_PAST, "#/at"),
        (problems.NO_PLACE, "#/place"),
    ]
    assert appointments([one.hold_id]) == {}


def test_nothing_is_unpacked_before_somebody_who_attends_is_recorded(one: Examination) -> None:
    one.draw()

    with pytest.raises(ProblemError) as error:
        one.start()

    assert refusal(error) == [(problems.NOT_ATTENDED, "")]
    assert acts(one.id) == ["OFFICERS_DRAWN"]


def test_no_record_is_written_of_an_examination_that_was_not_begun(one: Examination) -> None:
    one.draw()
    one.attend()

    with pytest.raises(ProblemError) as error:
        one.prepare()

    assert refusal(error) == [(problems.NOT_STARTED, "")]


def test_nothing_is_done_at_an_examination_that_nobody_was_drawn_for(one: Examination) -> None:
    for act in (one.attend, one.start, one.prepare):
        with pytest.raises(ProblemError) as error:
            act()
        assert refusal(error) == [(problems.NO_DRAW, "")]
    assert acts(one.id) == []


def test_only_the_two_who_were_drawn_act(one: Examination) -> None:
    one.draw("an", "bo")

    for act in (one.attend, one.start, one.prepare):
        with pytest.raises(ProblemError) as error:
            act(by=PEOPLE["cai"])
        assert refusal(error) == [(problems.NOT_THOSE_DRAWN, "")]
    assert acts(one.id) == ["OFFICERS_DRAWN"]


@pytest.mark.parametrize(
    ("kind", "where"),
    [(HoldKind.ARRIVAL, Whereabouts.AWAITED), (HoldKind.TRANSIT, Whereabouts.MOVING)],
)
def test_goods_that_are_not_here_are_not_examined(
    db: None, kind: HoldKind, where: Whereabouts
) -> None:
    admit()
    one = examination(kind)
    one.draw()

    for act in (one.attend, lambda: one.absent("NOT_COME"), one.start, one.prepare):
        with pytest.raises(ProblemError) as error:
            act()
        assert refusal(error) == [(problems.NOT_ARRIVED, "")]
        assert error.value.faults[0].facts == {"office": "0202", "why": where}


@pytest.mark.parametrize(
    ("by", "problem"),
    [
        (REVIEWER, NOT_POSTED),
        (named(ELSEWHERE, "an"), ANOTHER_OFFICE),
        (Actor("client:an", "An", roles=frozenset({Role.INSPECTOR})), NO_PERSON),
        (SYSTEM, NO_PERSON),
    ],
)
def test_only_a_person_who_is_an_inspector_of_the_office_examines(
    one: Examination, by: Actor, problem: object
) -> None:
    one.draw()

    for act in (one.attend, one.start, one.prepare, lambda by: one.absent("NOT_COME", by)):
        with pytest.raises(ProblemError) as error:
            act(by=by)
        assert refusal(error) == [(problem, "")]
    assert acts(one.id) == ["OFFICERS_DRAWN"]


@pytest.mark.parametrize(("by", "problem"), [(REVIEWER, NOT_POSTED), (ELSEWHERE, ANOTHER_OFFICE)])
def test_only_inspectors_of_the_office_appoint(
    one: Examination, by: Actor, problem: object
) -> None:
    with pytest.raises(ProblemError) as error:
        one.appoint(by=by)

    assert refusal(error) == [(problem, "")]
    assert acts(one.id) == []


def test_an_examination_begins_once_and_keeps_the_seals_found(one: Examination) -> None:
    one.draw()
    one.attend()
    one.start("S1")
    one.start("S9")

    [kept] = attendances([one.hold_id]).values()
    assert kept.seals_before == "S1"
    assert acts(one.id)[-1] == "INSPECTION_STARTED"


def test_an_examination_that_is_over_is_not_begun_again(one: Examination) -> None:
    one.whole()

    with pytest.raises(ProblemError) as error:
        one.start()

    assert refusal(error) == [(NOT_HELD, "")]


def test_the_hold_of_another_declaration_is_none_of_this_one(one: Examination) -> None:
    [firm] = one.enterprise.own_ids
    other = examination(firm=firm)

    with pytest.raises(ProblemError) as error:
        commands.appoint(**one.act(INSPECTOR) | {"hold_id": other.hold_id}, at=SOON, place="bay")

    assert refusal(error) == [(NOT_HELD, "")]


def test_software_with_the_posting_of_an_officer_neither_appoints_nor_draws(db: None) -> None:
    admit()
    one = examination()
    software = replace(PEOPLE["an"], name="client:an", person_id=None)

    for act in (lambda: one.appoint(by=software), lambda: officers.draw(**one.act(software))):
        with pytest.raises(ProblemError) as error:
            act()
        assert refusal(error) == [(NO_PERSON, "")]
    assert acts(one.id) == []
