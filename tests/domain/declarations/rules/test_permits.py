"""Documents of control: which the tariff asks for, which are named, and for how much."""

from decimal import Decimal
from typing import Any

import pytest

from tests.domain.declarations.samples import DAY, sound, sound_export, with_line
from tests.domain.law import LINES, law, rule
from tongguan.domain.declarations.rules.check import check
from tongguan.domain.declarations.values import Kind, Permit, Quantity, Regime, Submission
from tongguan.domain.reference.values import PermitRule

RUBBER = "4016931000"
"""The third line of the sample: 85.5 kg."""
AT = "#/lines/2/permits"


def told(
    submission: Submission, controls: str, *, rules: tuple[PermitRule, ...] = (), code: str = RUBBER
) -> list[tuple[str, str, bool]]:
    """Return what is told about documents where the tariff gives a commodity these letters."""
    lines = tuple(one._replace(controls=controls) if one.code == code else one for one in LINES)
    given: dict[str, Any] = {"rules": rules} if rules else {}
    found = check(submission, reference=law(lines=lines, **given), day=DAY)
    codes = {"DEC-090", "DEC-091", "DEC-092", "DEC-180", "DEC-181", "DEC-182", "DEC-183"}
    return [
        (fault.problem.code, str(fault.facts.get("letters", "")), fault.problem.warning)
        for fault in found
        if fault.problem.code in codes
    ]


def kilograms(amount: str, unit: str = "035") -> Quantity:
    return Quantity(Decimal(amount), unit)


@pytest.mark.parametrize(
    ("controls", "expected"),
    [
        ("7", [("DEC-180", "7", False)]),
        ("71A", [("DEC-180", "17", False), ("DEC-091", "A", True)]),
        ("H", [("DEC-181", "H", True)]),
        ("A", [("DEC-091", "A", True)]),
        ("9", [("DEC-090", "", False)]),
        ("u7", [("DEC-180", "7", False), ("DEC-183", "u", True)]),
        ("48B", []),
        ("", []),
    ],
)
def test_each_letter_of_an_import_is_refused_held_told_or_passed_by_its_rule(
    controls: str, expected: list[tuple[str, str, bool]]
) -> None:
    assert sorted(told(sound(), controls)) == sorted(expected)


@pytest.mark.parametrize(
    ("controls", "expected"),
    [
        ("4", [("DEC-180", "4", False)]),
        ("B", [("DEC-181", "B", True)]),
        ("8", [("DEC-090", "", False)]),
        ("79A", []),
    ],
)
def test_each_letter_of_an_export_has_its_own_rule(
    controls: str, expected: list[tuple[str, str, bool]]
) -> None:
    assert told(sound_export(), controls, code="9026209090") == expected


@pytest.mark.parametrize(
    "permits",
    [
        (Permit("7", "L-1"),),
        (Permit("7", "L-1", line=3),),
        (Permit("7", "L-1", quantity=kilograms("85.5")),),
        (
            Permit("7", "L-1", quantity=kilograms("50")),
            Permit("7", "L-2", quantity=kilograms("36")),
        ),
    ],
)
def test_a_document_of_the_declaration_covers_the_line_that_asks_for_it(
    permits: tuple[Permit, ...],
) -> None:
    assert told(sound(permits=permits), "7") == []


@pytest.mark.parametrize(
    "permits",
    [
        (Permit("1", "L-1"),),
        (Permit("7", "L-1", line=2),),
        (Permit(None, "L-1"),),
    ],
)
def test_a_document_of_another_kind_or_line_covers_nothing(permits: tuple[Permit, ...]) -> None:
    assert ("DEC-180", "7", False) in told(sound(permits=permits), "7")


def test_a_document_without_a_number_covers_nothing() -> None:
    why = with_line(sound(), 2, permits=(Permit("7", status="not needed"),))
    nothing = with_line(sound(), 2, permits=(Permit("7"),))
    long = with_line(sound(), 2, permits=(Permit("7", "L" * 41),))

    assert told(why, "7") == [("DEC-180", "7", False)]
    assert sorted(told(nothing, "7")) == [("DEC-092", "", False), ("DEC-180", "7", False)]
    assert told(long, "7") == [("DEC-092", "", False)]


def test_a_document_named_on_the_line_covers_it() -> None:
    assert told(with_line(sound(), 2, permits=(Permit("7", "L-1"),)), "7") == []


@pytest.mark.parametrize("quantity", [kilograms("85.4"), kilograms("0"), kilograms("85.5", "001")])
def test_documents_named_for_less_than_is_declared_do_not_cover_it(quantity: Quantity) -> None:
    one = with_line(sound(), 2, permits=(Permit("7", "L-1", quantity=quantity),))

    assert told(one, "7") == [("DEC-182", "7", False)]


def test_what_lines_share_of_one_document_is_added_up() -> None:
    rows = tuple(
        one._replace(controls="7") if one.code in {RUBBER, "8501310000"} else one for one in LINES
    )
    lines = [row for row in sound().lines if row.commodity in {RUBBER, "8501310000"}]
    weights = [next(q for q in (row.second, row.first) if q.unit == "035") for row in lines]
    whole = sum((weight.value or Decimal(0) for weight in weights), Decimal(0))

    def codes(amount: Decimal) -> list[str]:
        permit = Permit("7", "L-1", quantity=Quantity(amount, "035"))
        found = check(sound(permits=(permit,)), reference=law(lines=rows), day=DAY)
        return [fault.problem.code for fault in found if fault.problem.code == "DEC-182"]

    assert codes(whole) == []
    assert codes(whole - Decimal("0.01")) == ["DEC-182"]


def test_the_field_for_licences_means_the_one_document_of_its_sort_that_is_asked_for() -> None:
    field = sound(permits=(Permit(None, "25-AB-000123"),))
    both = (
        rule("1", "refuse", "none", licence_field=True),
        rule("2", "refuse", "none", licence_field=True),
    )

    assert told(field, "1") == []
    assert told(field, "17") == [("DEC-180", "7", False)]
    assert told(field, "12", rules=both) == [("DEC-180", "12", False)]


def test_a_rule_is_for_some_supervision_modes_only() -> None:
    rules = (
        rule("7", "refuse", "none", not_modes=frozenset({"0615"})),
        rule("v", "refuse", "none", only_modes=frozenset({"0615"})),
    )
    processing = sound(regime=Regime(supervision="0615", levy="503", record="C01234567890"))

    assert told(sound(), "7v", rules=rules) == [("DEC-180", "7", False)]
    assert told(processing, "7v", rules=rules) == [("DEC-180", "v", False)]


def test_the_first_of_two_steps_needs_its_documents_too() -> None:
    assert ("DEC-180", "7", False) in told(sound(kind=Kind.SUMMARY), "7")
