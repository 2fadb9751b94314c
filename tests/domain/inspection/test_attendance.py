"""Who attends: the enterprise's person, or by a rule the keeper of the goods as witness."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.domain.cargo.factories import BillFactory
from tests.domain.holding import KEEPER, NOW, acts, named, refusal
from tests.domain.inspection.examining import Examination, admit, examination
from tongguan.domain.clearance.lifecycle import State
from tongguan.domain.clearance.problems import NOT_FOUND
from tongguan.domain.clearance.queries import state_of
from tongguan.domain.inspection import attendance, problems
from tongguan.domain.inspection.queries import attendances, keeper_tasks, records_of
from tongguan.domain.inspection.values import Part
from tongguan.facilities.accounts.problems import NO_PERSON, NOT_POSTED
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.kernel.problems import ProblemError

AHEAD = timedelta(hours=12)


@pytest.fixture
def one(db: None) -> Examination:
    """Return an examination at 0202 whose officers are drawn."""
    admit()
    found = examination()
    found.draw()
    return found


def test_who_attends_is_corrected_until_it_begins_and_stands_from_then(one: Examination) -> None:
    one.attend("Li")
    one.attend("Wang")
    one.start()

    with pytest.raises(ProblemError) as error:
        one.attend("Zhao")

    assert refusal(error) == [(problems.STARTED, "")]
    [kept] = attendances([one.hold_id]).values()
    assert kept.told == "Wang"


def test_an_attending_person_has_a_name(one: Examination) -> None:
    with pytest.raises(ProblemError) as error:
        one.attend(" ")

    assert refusal(error) == [(problems.NO_WITNESS, "#/witness")]


@pytest.mark.parametrize("ground", ["DELEGATED", "DECLARED"])
def test_an_officer_alone_does_not_say_that_the_enterprise_sends_nobody(
    one: Examination, ground: str
) -> None:
    other = {"DELEGATED": "DECLARED", "DECLARED": "DELEGATED"}[ground]
    one.declare_absence(other)

    with pytest.raises(ProblemError) as error:
        one.absent(ground)

    assert refusal(error) == [(problems.NOT_DECLARED, "#/absence")]
    assert attendances([one.hold_id]) == {}


@pytest.mark.parametrize("ground", ["", "RAIN", "NOT_COME "])
def test_absence_has_a_ground_of_the_list(one: Examination, ground: str) -> None:
    with pytest.raises(ProblemError) as error:
        one.absent(ground)

    assert refusal(error) == [(problems.ABSENCE_UNKNOWN, "#/absence")]


def test_nobody_failed_to_come_who_was_not_told_in_time(one: Examination) -> None:
    with pytest.raises(ProblemError) as untold:
        one.absent("NOT_COME")
    one.appoint(at=NOW + AHEAD - timedelta(minutes=1))
    with pytest.raises(ProblemError) as late:
        one.absent("NOT_COME", now=NOW + AHEAD)
    one.appoint(at=NOW + AHEAD)
    with pytest.raises(ProblemError) as early:
        one.absent("NOT_COME", now=NOW + AHEAD - timedelta(minutes=1))

    for error in (untold, late, early):
        assert refusal(error) == [(problems.NOTICE_SHORT, "#/absence")]
        assert error.value.faults[0].facts["hours"] == 12
    one.absent("NOT_COME", now=NOW + AHEAD)
    assert acts(one.id)[-1] == "WITNESS_ABSENT"


def test_without_the_enterprise_nothing_is_unpacked_until_the_keeper_attends(
    one: Examination,
) -> None:
    one.declare_absence()
    one.absent("DELEGATED")

    with pytest.raises(ProblemError) as error:
        one.start()
    assert refusal(error) == [(problems.KEEPER_MISSING, "")]
    one.keep()
    one.start()

    assert acts(one.id)[-2:] == ["KEEPER_ATTENDS", "INSPECTION_STARTED"]


def test_the_keeper_signs_in_place_of_the_enterprise_and_nobody_else_does(
    one: Examination,
) -> None:
    one.declare_absence()
    one.absent("DELEGATED")
    one.keep()
    one.start()
    one.prepare()
    for officer in one.two():
        assert not one.sign(officer)

    for other in (one.enterprise, named(KEEPER, "another keeper")):
        with pytest.raises(ProblemError) as error:
            one.sign(other)
        assert refusal(error) == [(problems.NOT_ASKED_TO_SIGN, "")]
    assert one.made().missing == ((Part.KEEPER, "keeper"),)
    assert one.sign(KEEPER)

    assert state_of(one.id) is State.RELEASED
    [kept] = records_of(one.id)
    assert [row.part for row in kept.signatures] == [Part.OFFICER, Part.OFFICER, Part.KEEPER]
    assert kept.signed.witness == "DELEGATED"


def test_the_keeper_sees_what_he_attends_and_only_at_his_site(one: Examination) -> None:
    far = Actor("far", "far", 9, frozenset({Role.SITE_OPERATOR}), sites=frozenset({"0101-01"}))
    assert keeper_tasks(viewer=KEEPER) == ()
    one.declare_absence()
    one.absent("DELEGATED")

    [task] = keeper_tasks(viewer=KEEPER)
    assert (task.declaration_id, task.absence, task.attends) == (one.id, "DELEGATED", False)
    assert keeper_tasks(viewer=far) == ()
    with pytest.raises(ProblemError) as error:
        one.keep(far)
    assert refusal(error) == [(NOT_FOUND, "")]


def test_only_a_person_who_keeps_the_goods_attends_as_witness(one: Examination) -> None:
    software = Actor("client:site", "", roles=KEEPER.roles, sites=KEEPER.sites)
    one.declare_absence()
    one.absent("DELEGATED")

    for by, problem in ((software, NO_PERSON), (one.enterprise, NOT_POSTED)):
        with pytest.raises(ProblemError) as error:
            one.keep(by)
        assert refusal(error) == [(problem, "")]


def test_the_keeper_is_not_needed_where_somebody_attends(one: Examination) -> None:
    one.attend()

    with pytest.raises(ProblemError) as error:
        one.keep()

    assert refusal(error) == [(problems.NOT_ASKED_TO_SIGN, "")]


def test_where_the_attending_person_refuses_to_sign_the_record_says_so_and_the_keeper_signs(
    one: Examination,
) -> None:
    one.attend("Li Si")
    one.start()
    before = one.prepare()
    first, second = one.two()
    one.sign(first)

    attendance.note_refusal(words="he wants to call his manager", **one.act(first))

    made = one.made()
    assert made.sha256 != before
    assert made.signatures == ()
    assert made.signed.refused == "he wants to call his manager"
    for by in (first, second):
        one.sign(by)
    with pytest.raises(ProblemError) as error:
        one.sign(one.enterprise)
    assert refusal(error) == [(problems.NOT_ASKED_TO_SIGN, "")]
    assert one.sign(KEEPER)
    assert state_of(one.id) is State.RELEASED


def test_a_refusal_to_sign_has_words_and_a_record(one: Examination) -> None:
    one.attend()
    one.start()
    first, _second = one.two()
    with pytest.raises(ProblemError) as unwritten:
        attendance.note_refusal(words="no", **one.act(first))
    one.prepare()
    with pytest.raises(ProblemError) as silent:
        attendance.note_refusal(words=" ", **one.act(first))

    assert refusal(unwritten) == [(problems.NOT_PREPARED, "")]
    assert refusal(silent) == [(problems.NO_WORDS, "#/words")]


def test_an_enterprise_declares_its_absence_before_it_begins_with_ground_and_words(
    one: Examination,
) -> None:
    stranger = Actor("stranger", "", 5, one.enterprise.roles)
    with pytest.raises(ProblemError) as empty:
        one.declare_absence("NOT_COME", " ")
    with pytest.raises(ProblemError) as other:
        attendance.declare_absence(ground="DECLARED", words="w", **one.act(stranger))
    one.attend()
    one.start()
    with pytest.raises(ProblemError) as late:
        one.declare_absence()

    assert refusal(empty) == [
        (problems.ABSENCE_UNKNOWN, "#/ground"),
        (problems.NO_WORDS, "#/words"),
    ]
    assert refusal(other) == [(NOT_FOUND, "")]
    assert refusal(late) == [(problems.STARTED, "")]


def test_the_keeper_of_the_site_where_the_goods_lie_attends_and_not_of_the_declared_one(
    db: None,
) -> None:
    admit()
    one = examination(bill="BLAID")
    BillFactory.create(number="BLAID", arrived_at=NOW, arrived_site="0202-02")
    here = replace(named(KEEPER, "here"), sites=frozenset({"0202-02"}))
    one.draw()
    one.declare_absence()
    one.absent("DELEGATED")

    assert keeper_tasks(viewer=KEEPER) == ()
    with pytest.raises(ProblemError) as error:
        one.keep(KEEPER)
    assert refusal(error) == [(NOT_FOUND, "")]
    [task] = keeper_tasks(viewer=here)
    assert task.site == "0202-02"
    one.keep(here)
    one.start()
    one.prepare()

    with pytest.raises(ProblemError) as other:
        one.sign(KEEPER)
    assert refusal(other) == [(NOT_FOUND, "")]
    assert not one.sign(here)
