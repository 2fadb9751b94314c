"""Inspections: appointed, begun before a witness, signed by two officers."""

from datetime import timedelta
from typing import Any

import pytest

from tests.domain.holding import (
    ELSEWHERE,
    INSPECTOR,
    NOW,
    REVIEWER,
    acts,
    held,
    hold_of,
    refusal,
    trader,
)
from tests.facilities.accounts.factories import PostingFactory, inspectors
from tongguan.domain.clearance.lifecycle import HoldKind, State
from tongguan.domain.clearance.problems import NOT_HELD
from tongguan.domain.clearance.queries import holds_of, state_of
from tongguan.domain.inspection import commands, problems
from tongguan.domain.inspection.queries import appointments, attendances, missed, records_of
from tongguan.domain.inspection.values import Signed
from tongguan.facilities.accounts.problems import ELSEWHERE as ANOTHER_OFFICE
from tongguan.facilities.accounts.problems import NOT_POSTED
from tongguan.facilities.accounts.values import Actor
from tongguan.facilities.announcements.models import Announcement
from tongguan.kernel.identifiers import DeclarationId, HoldId
from tongguan.kernel.problems import ProblemError

INSPECTION = HoldKind.INSPECTION
SOUND: dict[str, Any] = {"officers": ("an", "bo"), "witness": "Li", "result": "as declared"}
SOON = NOW + timedelta(hours=3)


@pytest.fixture
def selected(db: None) -> DeclarationId:
    """Return a declaration whose goods are to be inspected at 0202, where An and Bo are posted."""
    inspectors("an", "bo")
    return held(trader(), INSPECTION)


def hold(id_: DeclarationId) -> HoldId:
    return hold_of(id_, INSPECTION)


def appoint(id_: DeclarationId, *, by: Actor = INSPECTOR, **changes: Any) -> None:
    wanted = {"at": SOON, "place": " bay 3 ", **changes}
    commands.appoint(declaration_id=id_, hold_id=hold(id_), **wanted, by=by, now=NOW)


def witness(id_: DeclarationId, who: str = "Li", absence: str = "", by: Actor = INSPECTOR) -> None:
    commands.note_witness(
        declaration_id=id_, hold_id=hold(id_), witness=who, absence=absence, by=by, now=NOW
    )


def start(id_: DeclarationId, seals: str = "S1", by: Actor = INSPECTOR) -> None:
    commands.start(declaration_id=id_, hold_id=hold(id_), seals_before=seals, by=by, now=NOW)


def sign(id_: DeclarationId, *, by: Actor = INSPECTOR, **changes: Any) -> None:
    signed = Signed(**(SOUND | changes))
    commands.sign_record(declaration_id=id_, hold_id=hold(id_), signed=signed, by=by, now=NOW)


def test_an_appointment_is_told_and_can_be_moved(selected: DeclarationId) -> None:
    appoint(selected)
    appoint(selected, at=SOON + timedelta(hours=1))

    [kept] = appointments([hold(selected)]).values()
    assert (kept.at, kept.place) == (SOON + timedelta(hours=1), "bay 3")
    told = Announcement.objects.filter(subject=selected, kind="InspectionAppointed")
    assert told.count() == 2


def test_an_inspection_is_missed_from_the_day_after_it_was_appointed_until_it_is_signed(
    selected: DeclarationId,
) -> None:
    appoint(selected)
    kept = hold(selected)

    assert missed(now=SOON + timedelta(hours=1)) == ()
    assert missed(now=SOON + timedelta(days=1)) == (kept,)
    witness(selected)
    start(selected)
    sign(selected)
    assert missed(now=SOON + timedelta(days=1)) == ()


def test_an_appointment_in_the_past_and_without_a_place_is_refused_for_both(
    selected: DeclarationId,
) -> None:
    with pytest.raises(ProblemError) as error:
        appoint(selected, at=NOW - timedelta(minutes=1), place=" ")

    assert refusal(error) == [
        (problems.IN_THE_PAST, "#/at"),
        (problems.NO_PLACE, "#/place"),
    ]
    assert appointments([hold(selected)]) == {}


def test_nothing_is_unpacked_before_the_witness_is_recorded(selected: DeclarationId) -> None:
    with pytest.raises(ProblemError) as error:
        start(selected)

    assert refusal(error) == [(problems.NOT_ATTENDED, "")]
    assert acts(selected) == []


def test_no_record_is_signed_of_an_inspection_that_was_not_begun(selected: DeclarationId) -> None:
    witness(selected)

    with pytest.raises(ProblemError) as error:
        sign(selected)

    assert refusal(error) == [(problems.NOT_STARTED, "")]
    assert records_of(selected) == ()


def test_goods_as_declared_are_released_by_the_signed_record(selected: DeclarationId) -> None:
    appoint(selected)
    witness(selected)
    start(selected)
    sign(selected, seals_before="S1", seals_after="S2", packages_opened=4, quantity="42 CTN")

    assert state_of(selected) is State.RELEASED
    [record] = records_of(selected)
    assert record.signed.officers == ("an", "bo")
    assert (record.signed.quantity, record.signed.packages_opened) == ("42 CTN", 4)
    assert acts(selected) == [
        "INSPECTION_APPOINTED",
        "WITNESS_ARRIVED",
        "INSPECTION_STARTED",
        "INSPECTION_RECORDED",
        "HOLD_DISCHARGED",
        "RELEASED",
    ]


def test_who_attends_is_corrected_until_it_begins_and_stands_from_then(
    selected: DeclarationId,
) -> None:
    witness(selected, "Li")
    witness(selected, "", "waived by announcement 24/2020")
    start(selected)
    start(selected, "S9")

    with pytest.raises(ProblemError) as error:
        witness(selected, "Wang")

    assert refusal(error) == [(problems.STARTED, "")]
    [kept] = attendances([hold(selected)]).values()
    assert (kept.told, kept.seals_before) == ("waived by announcement 24/2020", "S1")
    assert acts(selected) == ["WITNESS_ARRIVED", "WITNESS_ABSENT", "INSPECTION_STARTED"]


def test_a_witness_or_the_ground_of_absence_is_named(selected: DeclarationId) -> None:
    with pytest.raises(ProblemError) as error:
        witness(selected, " ", "")

    assert refusal(error) == [(problems.NO_WITNESS, "#/witness")]


def test_a_finding_goes_on_as_a_case(selected: DeclarationId) -> None:
    witness(selected)
    start(selected)
    sign(selected, finding="QUANTITY", result="three packages short")

    open_ = [row for row in holds_of(selected) if row.ended_at is None]
    assert [(row.kind, row.facts) for row in open_] == [
        (HoldKind.CASE, {"finding": "three packages short"})
    ]


def test_what_a_record_lacks_is_told_all_at_once(selected: DeclarationId) -> None:
    witness(selected)
    start(selected)

    with pytest.raises(ProblemError) as error:
        sign(selected, officers=("an", "an"), witness=" ", result="", finding="RAIN")

    assert refusal(error) == [
        (problems.TWO_OFFICERS, "#/officers"),
        (problems.NO_WITNESS, "#/witness"),
        (problems.NO_RESULT, "#/result"),
        (problems.FINDING_UNKNOWN, "#/finding"),
    ]


def test_only_inspectors_who_are_posted_there_sign_a_record_that_nobody_was_drawn_for(
    selected: DeclarationId,
) -> None:
    inspectors("far", office="0101")
    PostingFactory.create(person__username="desk")
    witness(selected)
    start(selected)

    for other in ("nobody", "far", "desk"):
        with pytest.raises(ProblemError) as error:
            sign(selected, officers=("an", other))

        assert refusal(error) == [(problems.NOT_QUALIFIED, "#/officers")]
        assert error.value.faults[0].facts == {"officer": other, "office": "0202"}
    assert records_of(selected) == ()
    assert state_of(selected) is State.ACCEPTED


def test_an_inspector_of_the_region_signs_anywhere(selected: DeclarationId) -> None:
    PostingFactory.create(person__username="roving", role="INSPECTOR", office="")
    witness(selected)
    start(selected)

    sign(selected, officers=("an", "roving"))

    assert state_of(selected) is State.RELEASED


@pytest.mark.parametrize(("by", "problem"), [(REVIEWER, NOT_POSTED), (ELSEWHERE, ANOTHER_OFFICE)])
def test_only_inspectors_of_the_office_inspect(
    selected: DeclarationId, by: Actor, problem: object
) -> None:
    for act in (appoint, witness, start, sign):
        with pytest.raises(ProblemError) as error:
            act(selected, by=by)

        assert refusal(error) == [(problem, "")]
    assert acts(selected) == []


def test_an_inspection_that_is_over_is_not_begun_again(selected: DeclarationId) -> None:
    over = hold(selected)
    witness(selected)
    start(selected)
    sign(selected)

    with pytest.raises(ProblemError) as error:
        commands.start(
            declaration_id=selected, hold_id=over, seals_before="", by=INSPECTOR, now=NOW
        )

    assert refusal(error) == [(NOT_HELD, "")]
