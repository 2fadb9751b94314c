"""A criterion that cannot be used is refused with every fault at its place."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec import structs

from bench.profiles import made
from tests.domain.risk.examples import profile, share, when
from tongguan.domain.risk import problems
from tongguan.domain.risk.criteria import Condition, Criterion, ModelCard, Policy
from tongguan.domain.risk.rules.soundness import condition_fault, faults


@pytest.mark.parametrize(
    ("condition", "fault"),
    [
        (when("colour", "is", "red"), "there is no such field"),
        (when("trader", "at_least", "5"), "this operator does not fit the field"),
        (when("total_value", "prefix", "5"), "this operator does not fit the field"),
        (when("trader", "resembles", "x"), "this operator does not fit the field"),
        (when("trader", "is"), "an operand is missing"),
        (when("trader", "is", "x", ""), "an operand is missing"),
        (when("contract", "missing", "x"), "the number of operands does not fit the operator"),
        (when("line.commodity", "codes", "87"), "the number of operands does not fit the operator"),
        (
            when("trader_30", "at_least", "1", "2"),
            "the number of operands does not fit the operator",
        ),
        (when("total_value", "at_least", "much"), "an operand is not a number"),
        (when("total_value", "at_least", "NaN"), "an operand is not a number"),
        (when("total_value", "between", "5", "1"), "the first operand is above the second"),
        (when("line.commodity", "codes", "8704", "87031"), "the first operand is above the second"),
        (when("advance", "is", "perhaps"), "the operand is neither yes nor no"),
        (when("overseas", "watched", "Acme", "X"), "a watched name is too short to be recognised"),
        (when("line.commodity", "codes", "8704", "87"), ""),
        (when("total_value", "between", "1", "1.5"), ""),
        (when("overseas", "watched", "海河贸易"), ""),
        (when("line.permits", "missing"), ""),
        (when("documents", "is_not", "00000001"), ""),
    ],
)
def test_a_condition_says_why_it_cannot_be_used(condition: Condition, fault: str) -> None:
    assert condition_fault(condition) == fault


@pytest.mark.parametrize(
    ("criterion", "places"),
    [
        (profile(name=""), ["#/name"]),
        (profile(name="x" * 201), ["#/name"]),
        (
            profile(treatment="burn", reason="mood", place="moon"),
            ["#/treatment", "#/reason", "#/place"],
        ),
        (profile(share=Decimal(0)), ["#/share"]),
        (profile(share=Decimal("1.1"), district="02x"), ["#/share", "#/district"]),
        (profile(valid_from=date(2026, 1, 2), valid_until=date(2026, 1, 2)), ["#/valid_until"]),
        (profile(when("x", "is", "y"), when("trader", "is")), ["#/conditions/0", "#/conditions/1"]),
        (share("burn", "1.5", commodity="wine"), ["#/treatment", "#/share", "#/commodity"]),
        (share("sample", "0"), []),
        (
            Policy(name="", treatment="documents", review_from=Decimal(-1), exploration=Decimal(2)),
            ["#/name", "#/treatment", "#/review_from", "#/exploration"],
        ),
        (Policy(name="Model, 40 a day", inspect_from=Decimal("0.8")), []),
        (ModelCard(name="m", sha256="", data_sha256="", learned_until=date(2026, 1, 1)), []),
    ],
)
def test_every_fault_of_a_criterion_is_told_at_its_place(
    criterion: Criterion, places: list[str]
) -> None:
    assert [fault.pointer for fault in faults(criterion)] == places


def test_a_fault_in_one_of_many_is_told_below_its_place() -> None:
    [fault] = faults(profile(when("trader", "is")), at="#/3")

    assert fault.problem is problems.CONDITION_WRONG
    assert fault.pointer == "#/3/conditions/0"


def test_what_is_made_for_measuring_is_sound() -> None:
    assert not [fault for one in made(500) for fault in faults(structs.replace(one, id=0))]
