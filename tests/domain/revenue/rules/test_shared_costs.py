"""Costs of the whole over many lines of a declaration, as `assess` shares them."""

from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Final

import pytest
from msgspec import json
from msgspec.structs import replace

from tests.domain.declarations.samples import DAY, sound, sound_export
from tests.domain.law import law, line
from tests.domain.revenue.rules.goods import declared
from tongguan.domain.declarations.values import Charge, Charges, Line, Submission
from tongguan.domain.revenue.rules.assess import assess

FAULT: Final = "11-apportion-freight"
CHEAP, DEAR = "8482102000", "2205900000"
REFERENCE: Final = law(lines=(line(CHEAP), line(DEAR, mfn=Decimal("0.65"))))


def costs(freight: str, insurance: str) -> Charges:
    return Charges(
        freight=Charge("3", Decimal(freight), "CNY"),
        insurance=Charge("3", Decimal(insurance), "CNY"),
    )


def many(*lines: Line, **changes: object) -> Submission:
    """Return an import free on board with these lines, numbered."""
    numbered = tuple(replace(one, number=at) for at, one in enumerate(lines, start=1))
    return sound(lines=numbered, terms="3", **changes)


def goods(code: str, total: str, name: str) -> Line:
    return replace(declared(total).lines[0], commodity=code, name=name)


def test_half_a_fen_for_each_line_goes_to_every_second_line() -> None:
    lines = [goods(CHEAP, "1.00", f"bearing {at}") for at in range(120)]

    owed = assess(many(*lines, charges=costs("0.60", "0.0001")), reference=REFERENCE, day=DAY)

    values = [value.amount for value in owed.values]
    assert (values.count(Decimal("1.00")), values.count(Decimal("1.01"))) == (60, 60)
    assert owed.value == Decimal("120.60")


def test_a_dear_line_among_many_cheap_ones_makes_no_difference_to_what_is_payable() -> None:
    lines = [*(goods(CHEAP, "100.00", f"bearing {at}") for at in range(998))]
    lines.append(goods(DEAR, "100.00", "vermouth"))

    for at in (0, 500, 998):
        lines.insert(at, lines.pop())
        submission = many(*lines, charges=costs("5.00", "0.01"))
        owed = assess(submission, reference=REFERENCE, day=DAY)

        assert abs(owed.payable - Decimal("22082.38")) < Decimal("0.05")
        assert owed.value == Decimal("99905.01")
        assert all(value.inputs[2] >= 0 for value in owed.values)


def test_lines_in_any_order_give_each_the_same_value_and_the_whole_the_same_taxes() -> None:
    lines = [goods(CHEAP, f"{1 + at % 7}.01", f"bearing {at % 11}") for at in range(77)]
    charges = costs("13.37", "1.113")
    mixed = Random(5).sample(lines, len(lines))

    straight = assess(many(*lines, charges=charges), reference=REFERENCE, day=DAY)
    other = assess(many(*mixed, charges=charges), reference=REFERENCE, day=DAY)

    def by_content(order: list[Line], owed: object) -> list[tuple[str | None, Decimal]]:
        values = owed.values  # type: ignore[attr-defined]
        return sorted((one.name, value.amount) for one, value in zip(order, values, strict=True))

    assert by_content(mixed, other) == by_content(lines, straight)
    assert (other.payable, other.value) == (straight.payable, straight.value)


def test_what_is_taken_out_of_the_prices_of_an_export_is_shared_alike() -> None:
    one = replace(sound_export().lines[0], total=Decimal("1.00"), currency="CNY")
    lines = tuple(replace(one, number=at) for at in range(1, 121))
    cif = replace(sound_export(), lines=lines, terms="1", charges=costs("0.60", "0.01"))

    owed = assess(cif, reference=law(), day=DAY)

    assert {value.amount for value in owed.values} == {Decimal("0.99"), Decimal("1.00")}
    assert owed.value == Decimal("119.39")


def test_the_examples_that_once_left_a_share_below_zero_are_shared_to_the_fen(
    shared_data: Path,
) -> None:
    found = {
        path.stem: json.decode(path.read_bytes(), type=Submission)
        for path in (shared_data.parent / "faults" / FAULT).glob("*.json")
    }
    if not found:
        pytest.skip(f"no documents of {FAULT}")

    owed = {
        name: assess(submission, reference=REFERENCE, day=DAY) for name, submission in found.items()
    }

    assert {value.amount for value in owed["in"].values} == {Decimal("1.00"), Decimal("1.01")}
    assert owed["in"].value == Decimal("120.60")
    shares = [value.inputs[2] for value in owed["998-lines"].values]
    assert min(shares) >= 0
    assert max(shares) <= Decimal("0.02")
    assert owed["998-lines"].value == Decimal(49851) + Decimal("5.40")
