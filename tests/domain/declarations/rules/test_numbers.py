"""Every declared number has a bound, licences' numbers and costs as well as prices and masses."""

from decimal import Decimal
from typing import Final

import pytest
from msgspec.structs import replace

from tests.domain.declarations.samples import DAY, fob, sound, sound_export, with_line
from tongguan.domain.declarations.rules.check import check, normalise
from tongguan.domain.declarations.values import (
    Charge,
    Charges,
    Packages,
    Permit,
    Preference,
    Quantity,
    Submission,
    Tax,
)
from tongguan.domain.reference.values import Snapshot

NO_NUMBERS: Final = ("NaN", "sNaN", "Infinity", "-Infinity")
LONG: Final = ("1E+13", "1E+30", "1E+2000000", "123456789012345678901234567", "0.0000001")
NOT_ABOVE_ZERO: Final = ("0", "-0.01", "-1500", "-1E+2000000", "0E+2000000")
WRONG: Final = (
    *((text, "DEC-005") for text in NO_NUMBERS),
    *((text, "DEC-007") for text in LONG),
    *((text, "DEC-006") for text in NOT_ABOVE_ZERO),
)


def told(submission: Submission, reference: Snapshot) -> set[tuple[str, str]]:
    """Return code and place of each ground to refuse."""
    found = check(submission, reference=reference, day=DAY)
    assert all(fault.told(str)["detail"] for fault in found)
    return {(fault.problem.code, fault.pointer) for fault in found if not fault.problem.warning}


def permit(value: str, unit: str | None = "035", number: str = "AB-1") -> Permit:
    return Permit("7", number, quantity=Quantity(Decimal(value), unit))


@pytest.mark.parametrize(("value", "code"), WRONG)
def test_a_wrong_quantity_of_a_licence_is_refused_where_it_stands(
    value: str, code: str, reference: Snapshot
) -> None:
    whole = sound(permits=(permit(value),))
    line = with_line(sound(), 2, permits=(permit("85.5"), permit(value, number="AB-2")))

    assert (code, "#/permits/0/quantity/value") in told(whole, reference)
    assert (code, "#/lines/2/permits/1/quantity/value") in told(line, reference)


@pytest.mark.parametrize("unit", ["kilograms", "KG", None])
def test_a_licence_counts_in_a_unit_of_the_list(unit: str | None, reference: Snapshot) -> None:
    whole = sound(permits=(permit("85.5", unit),))
    line = with_line(sound(), 2, permits=(permit("85.5", unit),))

    assert ("DEC-008", "#/permits/0/quantity/unit") in told(whole, reference)
    assert ("DEC-008", "#/lines/2/permits/0/quantity/unit") in told(line, reference)


@pytest.mark.parametrize(("value", "code"), WRONG)
def test_what_a_line_states_beside_its_figures_is_bounded_too(
    value: str, code: str, reference: Snapshot
) -> None:
    amount = Decimal(value)
    taxed = with_line(sound(), taxes=(Tax(kind="A", base=amount, amount=amount),))
    paid = sound(permits=(Permit("7", "AB-1", amount=amount),))

    found = told(taxed, reference)
    assert ((code, "#/lines/0/taxes/0/base") in found) is not amount.is_zero()
    assert ((code, "#/lines/0/taxes/0/amount") in found) is not amount.is_zero()
    assert (code, "#/permits/0/amount") in told(paid, reference)


@pytest.mark.parametrize(("count", "code"), [(0, "DEC-006"), (-3, "DEC-006"), (10**9, "DEC-007")])
def test_counts_and_lines_of_papers_are_bounded_too(
    count: int, code: str, reference: Snapshot
) -> None:
    one = with_line(
        sound(permits=(Permit("7", "AB-1", line=count),)),
        packages=(Packages(count=count),),
        preference=Preference("22", "C-1", line=count),
    )

    found = told(one, reference)
    assert (code, "#/permits/0/line") in found
    assert (code, "#/lines/0/packages/0/count") in found
    assert (code, "#/lines/0/preference/line") in found


@pytest.mark.parametrize("kind", ["freight", "insurance", "other"])
@pytest.mark.parametrize(("value", "code"), [one for one in WRONG if one[1] != "DEC-006"])
def test_a_cost_is_a_number_within_bounds(
    kind: str, value: str, code: str, reference: Snapshot
) -> None:
    costs = replace(fob().charges, **{kind: Charge("3", Decimal(value), "EUR")})
    one = replace(fob(), charges=costs)
    own = with_line(fob(), 1, charges=Charges(**{kind: Charge("3", Decimal(value), "EUR")}))

    assert (code, f"#/charges/{kind}/rate") in told(one, reference)
    assert (code, f"#/lines/1/charges/{kind}/rate") in told(own, reference)


@pytest.mark.parametrize("value", ["9999999999999", "1500000000000"])
def test_a_cost_that_makes_the_value_too_high_is_refused(value: str, reference: Snapshot) -> None:
    freight = Charge("3", Decimal(value), "EUR")
    one = replace(fob(), charges=replace(fob().charges, freight=freight))

    assert told(one, reference) == {("DEC-185", "#/charges/freight/rate")}


def test_costs_below_zero_and_costs_by_weight_are_bounded_as_well(reference: Snapshot) -> None:
    taken = replace(fob().charges, other=Charge("3", Decimal(-9999999999999), "EUR"))
    weighed = replace(fob().charges, freight=Charge("2", Decimal(9999999999999), "EUR"))

    assert ("DEC-185", "#/charges/other/rate") in told(replace(fob(), charges=taken), reference)
    assert ("DEC-185", "#/charges/freight/rate") in told(replace(fob(), charges=weighed), reference)


def test_prices_that_are_too_high_together_are_refused(reference: Snapshot) -> None:
    high = replace(
        sound_export(),
        lines=tuple(
            replace(
                sound_export().lines[0],
                number=at + 1,
                name=f"压力仪表 {at}",
                price=Decimal(4500000000),
                total=Decimal(900000000000),
            )
            for at in range(2)
        ),
    )

    codes = {code for code, _place in told(high, reference)}
    places = {place for code, place in told(high, reference) if code == "DEC-185"}
    assert ("DEC-185" in codes, places) == (True, {"#/lines"})


@pytest.mark.parametrize("value", ["1319.99", "1"])
def test_a_licence_is_named_once_for_the_same_goods(value: str, reference: Snapshot) -> None:
    plain, stated = Permit("7", "AB-1"), permit(value)
    on_line = replace(stated, line=3)

    assert ("DEC-184", "#/permits/1") in told(sound(permits=(plain, stated)), reference)
    assert ("DEC-184", "#/permits/1") in told(sound(permits=(stated, stated)), reference)
    assert ("DEC-184", "#/permits/0") in told(sound(permits=(on_line, plain)), reference)
    assert ("DEC-184", "#/permits/1") in told(sound(permits=(on_line, on_line)), reference)
    both = with_line(sound(permits=(plain,)), 2, permits=(stated,))
    assert ("DEC-184", "#/lines/2/permits/0") in told(both, reference)
    spelled = with_line(sound(), 2, permits=(plain, Permit("7", " ａb-1\u200b")))
    assert ("DEC-184", "#/lines/2/permits/1") in told(normalise(spelled), reference)


def test_a_licence_may_be_named_on_several_lines(reference: Snapshot) -> None:
    one = with_line(sound(), 0, permits=(permit("1000"),))
    two = with_line(one, 2, permits=(permit("85.5"), permit("1", number="AB-2")))

    assert told(two, reference) == set()
