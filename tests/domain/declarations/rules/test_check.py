"""Every fault of a declaration is told, where it lies, and all of them at once."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from tests.domain.declarations.rules.examples import EXAMPLES
from tests.domain.declarations.samples import (
    DAY,
    fob,
    of_lines,
    sound,
    sound_export,
    with_line,
)
from tests.domain.law import law
from tongguan.domain.declarations import problems
from tongguan.domain.declarations.rules.check import check
from tongguan.domain.declarations.values import (
    Charge,
    Charges,
    Container,
    Flow,
    Function,
    Invoice,
    Kind,
    Line,
    Mass,
    Offices,
    Packages,
    Party,
    Permit,
    Place,
    Preference,
    Quantity,
    Submission,
    Transport,
)
from tongguan.domain.reference.values import Snapshot
from tongguan.kernel.problems import Problem

CENT = Charge("3", Decimal("0.01"), "USD")
SUMMARY = sound(
    kind=Kind.SUMMARY,
    terms=None,
    contract=None,
    lines=(
        Line(
            number=1,
            commodity="392690",
            name="塑料机壳",
            quantity=Quantity(Decimal(1500), "035"),
            total=Decimal("6300.00"),
            currency="USD",
            origin="KOR",
        ),
    ),
    containers=(Container(id="XMPU0000013", size="21", lines=(1,)),),
)


@pytest.mark.parametrize(
    "submission",
    [sound(), sound_export(), fob(), of_lines(50), of_lines(999), SUMMARY],
    ids=["import", "export", "fob", "50 lines", "999 lines", "summary"],
)
def test_a_sound_declaration_has_no_fault(submission: Submission, reference: Snapshot) -> None:
    assert check(submission, reference=reference, day=DAY) == ()


@pytest.mark.parametrize(
    ("problem", "pointer", "submission"),
    EXAMPLES,
    ids=[f"{problem.code} {pointer}" for problem, pointer, _ in EXAMPLES],
)
def test_each_fault_is_told_where_it_lies(
    problem: Problem, pointer: str, submission: Submission, reference: Snapshot
) -> None:
    found = check(submission, reference=reference, day=DAY)

    assert (problem.code, pointer) in {(fault.problem.code, fault.pointer) for fault in found}


@pytest.mark.parametrize("submission", [submission for _, _, submission in EXAMPLES])
def test_every_fault_can_be_told(submission: Submission, reference: Snapshot) -> None:
    for fault in check(submission, reference=reference, day=DAY):
        told = fault.told(str)

        assert told["pointer"].startswith("#/")
        assert "{" not in told["detail"] + told["remedy"]
        assert "None" not in told["detail"]


def test_fifty_faults_give_fifty(reference: Snapshot) -> None:
    submission = of_lines(50)
    submission = replace(
        submission, lines=tuple(replace(line, origin=None) for line in submission.lines)
    )

    found = check(submission, reference=reference, day=DAY)

    assert [fault.pointer for fault in found] == [f"#/lines/{at}/origin" for at in range(50)]


def test_faults_of_different_kinds_are_told_together(reference: Snapshot) -> None:
    submission = replace(
        with_line(sound(), 2, origin="142", total=Decimal(5000)),
        bill=None,
        mass=Mass(Decimal(2000), Decimal("2800.5")),
        packages=Packages(count=0, kind="ZZ"),
    )

    found = check(submission, reference=reference, day=DAY)

    assert {(fault.problem.code, fault.pointer) for fault in found} == {
        ("DEC-001", "#/bill"),
        ("DEC-008", "#/lines/2/origin"),
        ("DEC-066", "#/lines/2/total"),
        ("DEC-031", "#/mass/net"),
        ("DEC-033", "#/mass/gross"),
        ("DEC-035", "#/packages/count"),
        ("DEC-008", "#/packages/kind"),
    }


def test_warnings_come_last_and_are_no_ground_to_refuse(reference: Snapshot) -> None:
    submission = sound(containers=(Container(id="XMPU0000014", size="11"),), bill=None)

    found = check(submission, reference=reference, day=DAY)

    assert [(one.problem.code, one.problem.warning) for one in found] == [
        ("DEC-001", False),
        ("DEC-052", True),
    ]


def test_a_region_may_refuse_container_numbers_whose_check_digit_does_not_fit() -> None:
    submission = sound(containers=(Container(id="XMPU0000014", size="11"),))

    [fault] = check(submission, reference=law(container_check_refuses="yes"), day=DAY)

    assert fault == problems.CONTAINER_NUMBER.at("#/containers/0/id", container="XMPU0000014")


def test_prohibited_goods_are_refused_in_their_direction_only(reference: Snapshot) -> None:
    hair = {
        "commodity": "0501000000",
        "elements": "1|0|毛",
        "first": Quantity(Decimal(10), "035"),
        "second": Quantity(),
    }
    imported = with_line(sound(), 2, **hair)
    exported = with_line(sound_export(), 0, **hair)

    refused = check(imported, reference=reference, day=DAY)
    taken = check(exported, reference=reference, day=DAY)

    assert problems.PROHIBITED in {fault.problem for fault in refused}
    assert problems.PROHIBITED not in {fault.problem for fault in taken}


@pytest.mark.parametrize(("permits", "told"), [((), True), ((Permit("7", "AIL-1"),), False)])
def test_a_licence_the_tariff_names_is_asked_for_until_it_is_stated(
    permits: tuple[Permit, ...], told: bool, reference: Snapshot
) -> None:
    submission = with_line(sound(permits=permits), 2, commodity="7204100000")

    found = check(submission, reference=reference, day=DAY)

    assert (problems.PERMIT_NEEDED in {fault.problem for fault in found}) is told


def test_a_message_about_an_accepted_declaration_needs_no_goods(reference: Snapshot) -> None:
    arrived = Submission(
        reference="A1", flow=Flow.IMPORT, function=Function.ARRIVE, of="020220261000000018"
    )

    assert check(arrived, reference=reference, day=DAY) == ()


def test_an_owner_without_a_customs_code_says_so(reference: Snapshot) -> None:
    parties = sound().parties
    owner = Party(code="NO", name="某合作社")

    assert not check(sound(parties=replace(parties, owner=owner)), reference=reference, day=DAY)


@pytest.mark.parametrize(
    "submission",
    [
        sound(advance=True, entry_date=DAY + timedelta(days=5)),
        sound(entry_date=None),
        sound_export(advance=True, entry_date=DAY + timedelta(days=3)),
        sound(transport=Transport(mode="4", name="津A12345"), bill="CMR-4711"),
        sound(invoice=Invoice(total=Decimal("66609.00"), currency="EUR")),
        sound(invoice=Invoice(total=Decimal(1), currency="USD")),
        sound(place=Place(id="S0202", port="120001", inspection="S0101")),
        sound(offices=Offices(declaration="0100", goods="0202")),
        sound_export(bill="000-12345675_H77"),
        sound_export(bill="HOUSE-4711"),
        with_line(sound(), 0, mass=Mass(Decimal(1400), Decimal(1320))),
        sound(remarks="first line\nsecond line, and a literal \\u0007", contract="𠮷田-1"),
        with_line(sound(), 0, price=None),
        sound_export(terms="1", charges=Charges(CENT, CENT)),
        with_line(sound(), 1, charges=Charges(other=Charge("1", Decimal("-0.5")))),
        replace(
            fob(),
            charges=Charges(),
            lines=tuple(replace(one, charges=Charges(CENT, CENT)) for one in fob().lines),
        ),
        replace(fob(), charges=Charges(Charge("1", Decimal(5)), Charge("1", Decimal("0.3")))),
        replace(SUMMARY, parties=replace(SUMMARY.parties, owner=Party())),
        with_line(sound(), 0, elements="4|3|深沟球|EXAMPLE牌|EX-6204|||"),
        with_line(sound(), 0, preference=Preference("22", "E1")),
    ],
)
def test_what_may_be_stated_otherwise_is_sound_too(
    submission: Submission, reference: Snapshot
) -> None:
    assert check(submission, reference=reference, day=DAY) == ()


def test_a_fault_keeps_the_words_of_its_field() -> None:
    [fault] = check(sound(bill=None), reference=law(), day=DAY)

    assert str(fault.facts["field"]) == "bill of lading or air waybill"


def test_costs_below_zero_can_only_be_other_costs(reference: Snapshot) -> None:
    taken_out = Charges(other=Charge("3", Decimal(-120), "EUR"))

    assert check(sound(charges=taken_out), reference=reference, day=DAY) == ()


def test_a_vehicle_is_known_before_a_road_export_only_if_not_in_advance(
    reference: Snapshot,
) -> None:
    unknown = Transport(mode="4")

    early = check(sound_export(transport=unknown, advance=True), reference=reference, day=DAY)
    present = check(sound_export(transport=unknown), reference=reference, day=DAY)

    assert early == ()
    assert [fault.pointer for fault in present] == ["#/transport/name"]


@pytest.mark.parametrize("day", [date.min, date(1999, 12, 31), DAY + timedelta(367), date.max])
@pytest.mark.parametrize("made", [sound, sound_export])
@pytest.mark.parametrize("advance", [True, False])
def test_a_date_that_cannot_be_meant_is_refused_at_its_place_whoever_declares(
    made: Any, day: date, advance: bool, reference: Snapshot
) -> None:
    found = check(made(entry_date=day, advance=advance), reference=reference, day=DAY)

    told = {(fault.problem, fault.pointer) for fault in found}
    assert (problems.DAY_IMPLAUSIBLE, "#/entry_date") in told
    assert not problems.DAY_IMPLAUSIBLE.warning
