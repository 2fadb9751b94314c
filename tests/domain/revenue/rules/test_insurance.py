"""Insurance is a share of what is insured: price and freight of an import, price of an export."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from tests.domain.declarations.samples import DAY, fob, sound_export, with_line
from tests.domain.law import law
from tests.domain.revenue.rules.goods import at_rates, declared
from tongguan.domain.declarations.values import Charge, Charges, Submission
from tongguan.domain.revenue.rules.assess import assess

EURO = Decimal("7.8026")
LAW = law(rates={"EUR": str(EURO), "USD": "7.1052"})
PER_MILLE = Charge("1", Decimal("0.3"))


def euros(amount: str) -> Charge:
    return Charge("3", Decimal(amount), "EUR")


def without_costs() -> Submission:
    """Return goods of 66,609 EUR on five lines, sold FOB, with no costs yet."""
    return replace(fob(), charges=Charges())


@pytest.mark.parametrize(
    "goods",
    [
        replace(fob(), charges=Charges(freight=euros("5000"))),
        with_line(without_costs(), 0, charges=Charges(freight=euros("5000"))),
        with_line(
            replace(fob(), charges=Charges(freight=euros("4000"))),
            2,
            charges=Charges(freight=euros("1000")),
        ),
        replace(fob(), charges=Charges(freight=euros("5000"), insurance=PER_MILLE)),
        with_line(
            replace(fob(), charges=Charges(insurance=PER_MILLE)),
            0,
            charges=Charges(freight=euros("5000")),
        ),
        replace(
            fob(),
            charges=Charges(insurance=PER_MILLE),
            lines=tuple(
                replace(one, charges=Charges(freight=euros("1000"))) for one in fob().lines
            ),
        ),
    ],
    ids=[
        "presumed, freight of the whole",
        "presumed, freight on a line",
        "presumed, freight of both",
        "in per cent, freight of the whole",
        "in per cent, freight on a line",
        "in per cent, freight on every line",
    ],
)
def test_insurance_is_a_share_of_price_and_freight_wherever_the_freight_stands(
    goods: Submission,
) -> None:
    owed = assess(goods, reference=LAW, day=DAY)

    assert owed.value == Decimal("560412.60")


@pytest.mark.parametrize("insurance", [None, PER_MILLE], ids=["presumed", "in per cent"])
def test_a_line_with_freight_of_its_own_bears_the_insurance_of_it(insurance: Charge | None) -> None:
    lines = tuple(replace(declared("10000").lines[0], number=at) for at in (1, 2))
    goods = replace(without_costs(), lines=lines, charges=Charges(insurance=insurance))
    own = Charges(freight=Charge("3", Decimal(10000), "CNY"))

    owed = assess(with_line(goods, 0, charges=own), reference=at_rates(), day=DAY)

    assert [one.amount for one in owed.values] == [Decimal("20060.00"), Decimal("10030.00")]


def test_lines_without_insurance_are_presumed_to_have_it_where_another_states_its_own() -> None:
    cent = Charge("3", Decimal("0.01"), "EUR")
    goods = with_line(without_costs(), 0, charges=Charges(cent, cent))

    owed = assess(goods, reference=LAW, day=DAY)

    prices = [one.total * EURO for one in goods.lines if one.total is not None]
    presumed = [cost for cost in owed.costs if cost.rule == "insurance-presumed"]
    assert [cost.line for cost in presumed] == [2, 3, 4, 5]
    assert [cost.inputs[0] for cost in presumed] == prices[1:]
    assert [cost.amount for cost in presumed] == [price * Decimal("0.003") for price in prices[1:]]


def test_a_line_insures_its_part_of_the_freight_of_the_whole_too() -> None:
    lines = tuple(replace(declared("1000").lines[0], number=at) for at in (1, 2))
    freight = Charge("3", Decimal(400), "CNY")
    goods = replace(without_costs(), lines=lines, charges=Charges(freight=freight))

    owed = assess(
        with_line(goods, 0, charges=Charges(insurance=Charge("1", Decimal(1)))),
        reference=at_rates(),
        day=DAY,
    )

    assert [one.amount for one in owed.values] == [Decimal("1212.00"), Decimal("1203.60")]


@pytest.mark.parametrize(("terms", "freight"), [("1", "1000"), ("4", None)], ids=["CIF", "C&I"])
def test_insurance_in_per_cent_of_an_export_is_of_the_price_that_includes_it(
    terms: str, freight: str | None
) -> None:
    paid = None if freight is None else Charge("3", Decimal(freight), "USD")
    goods = replace(sound_export(), terms=terms, charges=Charges(paid, PER_MILLE))

    owed = assess(goods, reference=LAW, day=DAY)

    [insurance] = [cost for cost in owed.costs if cost.kind == "insurance"]
    assert insurance.inputs[1] == 17300 * Decimal("7.1052")
    assert insurance.amount == Decimal("-51.90") * Decimal("7.1052")


def test_insurance_in_per_cent_of_an_exported_line_is_of_its_price() -> None:
    own = Charges(Charge("3", Decimal(1000), "USD"), PER_MILLE)

    owed = assess(with_line(sound_export(terms="1"), charges=own), reference=LAW, day=DAY)

    [_, insurance] = owed.costs
    assert insurance.amount == Decimal("-51.90") * Decimal("7.1052")


@pytest.mark.parametrize("terms", ["2", "4"])
def test_only_what_the_terms_leave_out_is_added_to_an_import(terms: str) -> None:
    both = Charges(Charge("3", Decimal(1000), "CNY"), Charge("1", Decimal(1)))
    goods = replace(declared("10000"), terms=terms, charges=both)

    owed = assess(goods, reference=at_rates(), day=DAY)

    assert owed.value == {"2": Decimal("10100.00"), "4": Decimal("11000.00")}[terms]
