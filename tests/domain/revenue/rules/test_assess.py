"""Duty and taxes to the fen: the trade's test vectors TV1 to TV6 and TV9, and what holds always."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from tests.domain.declarations.samples import DAY, fob, sound, sound_export, with_line
from tests.domain.law import law, line
from tests.domain.revenue.rules.goods import GOODS, amounts, at_rates, declared, measure
from tongguan.domain.declarations.values import (
    Charge,
    Charges,
    Kind,
    Preference,
    Quantity,
)
from tongguan.domain.reference.values import Levy
from tongguan.domain.revenue.notes import Note
from tongguan.domain.revenue.rules.assess import assess
from tongguan.domain.revenue.rules.coming import Coming
from tongguan.domain.revenue.values import Tax

DOLLARS = replace(
    declared("100000", "USD"),
    terms="3",
    charges=Charges(freight=Charge("3", Decimal(5000), "USD")),
)


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        (
            {},
            {"value": "748284.14", "DUTY": "59862.73", "VAT": "105059.09"},
        ),
        (
            {"value_rounding": "half-up-yuan"},
            {"value": "748284", "DUTY": "59862.72", "VAT": "105059.07"},
        ),
    ],
    ids=["TV1", "TV1b"],
)
def test_freight_and_presumed_insurance_are_part_of_the_value(
    parameters: dict[str, Any], expected: Mapping[str, str]
) -> None:
    owed = assess(DOLLARS, reference=law(lines=(line(GOODS),), **parameters), day=DAY)

    assert amounts(owed) == expected
    assert owed.payable == Decimal(expected["DUTY"]) + Decimal(expected["VAT"])
    assert [cost.notes for cost in owed.costs] == [(), (Note.INSURANCE_UNKNOWN.value,)]


def test_insurance_can_be_presumed_as_a_share_of_the_insured_sum() -> None:  # TV1c
    reference = law(lines=(line(GOODS),), insurance_presumed_within="yes")

    assert assess(DOLLARS, reference=reference, day=DAY).value == Decimal("748290.87")


def test_consumption_tax_is_part_of_its_own_base() -> None:  # TV2
    reference = at_rates(mfn="0.15", consumption="0.09", vat="0.13")

    owed = assess(declared("30000", "USD"), reference=reference, day=DAY)

    assert amounts(owed) == {
        "value": "213156.00",
        "DUTY": "31973.40",
        "CONSUMPTION": "24243.57",
        "VAT": "35018.49",
    }
    assert owed.payable == Decimal("91235.46")


def test_anti_dumping_duty_is_levied_beside_the_duty() -> None:  # TV3
    reference = at_rates(measure(Levy.ANTI_DUMPING, "0.25", origin="DEU"), mfn="0.065")

    owed = assess(declared("1000000"), reference=reference, day=DAY)

    assert amounts(owed) == {
        "value": "1000000.00",
        "DUTY": "65000.00",
        "ANTI_DUMPING": "250000.00",
        "VAT": "170950.00",
    }


def test_each_trade_remedy_is_a_tax_of_its_own() -> None:
    reference = at_rates(
        measure(Levy.COUNTERVAILING, "0.1", origin="DEU"),
        measure(Levy.SAFEGUARD, "0.05", origin="DEU"),
        measure(Levy.ANTI_DUMPING, "0.5", origin="KOR"),
    )

    owed = assess(declared("10000"), reference=reference, day=DAY)

    assert amounts(owed) == {
        "value": "10000.00",
        "DUTY": "800.00",
        "COUNTERVAILING": "1000.00",
        "SAFEGUARD": "500.00",
        "VAT": "1599.00",
    }


def test_consumption_tax_by_quantity_counts_in_the_unit_of_the_rate() -> None:  # TV4
    beer = measure(Levy.CONSUMPTION, "250", unit="095", each=988)
    goods = declared("200000", first=Quantity(Decimal(20000), "095"))

    owed = assess(goods, reference=at_rates(beer, mfn="0"), day=DAY)

    assert amounts(owed) == {
        "value": "200000.00",
        "DUTY": "0.00",
        "CONSUMPTION": "5060.73",
        "VAT": "26657.89",
    }


def test_consumption_tax_by_value_and_quantity() -> None:  # TV5
    spirits = measure(Levy.CONSUMPTION, "0.912", unit="095")
    goods = declared("100000", first=Quantity(Decimal(1000), "095"))

    owed = assess(goods, reference=at_rates(spirits, mfn="0.05", consumption="0.2"), day=DAY)

    assert amounts(owed) == {
        "value": "100000.00",
        "DUTY": "5000.00",
        "CONSUMPTION": "27390.00",
        "VAT": "17210.70",
    }


def test_a_rate_by_quantity_needs_a_quantity_in_its_unit() -> None:
    spirits = measure(Levy.CONSUMPTION, "0.912", unit="095")

    owed = assess(declared("10000"), reference=at_rates(spirits), day=DAY)

    [charge] = [one for one in owed.charges if one.tax == Tax.CONSUMPTION.value]
    assert (charge.amount, charge.notes) == (Decimal(0), (Note.NO_QUANTITY.value,))
    assert owed.undetermined


def test_a_tax_below_the_threshold_is_shown_and_not_levied() -> None:  # TV6
    owed = assess(declared("600"), reference=at_rates(mfn="0.08"), day=DAY)

    duty, vat = owed.charges
    assert (duty.amount, duty.levied) == (Decimal("48.00"), Decimal(0))
    assert duty.notes == (Note.BELOW_THRESHOLD.value,)
    assert (vat.amount, vat.levied) == (Decimal("78.00"), Decimal("78.00"))
    assert owed.payable == Decimal("78.00")


def test_the_threshold_is_of_the_declaration_not_of_the_line() -> None:
    two = sound(lines=(declared("600").lines[0], replace(declared("600").lines[0], number=2)))

    owed = assess(two, reference=at_rates(mfn="0.08"), day=DAY)

    assert owed.levied(Tax.DUTY) == Decimal("96.00")


def test_export_duty_is_not_part_of_the_value_of_exports() -> None:  # TV9
    fuel = with_line(sound_export(), commodity="2710122000", total=Decimal(1000000), currency="CNY")

    owed = assess(fuel, reference=law(), day=DAY)

    assert amounts(owed) == {"value": "833333.33", "EXPORT_DUTY": "166666.67"}


def test_exports_without_export_duty_owe_nothing() -> None:
    owed = assess(sound_export(), reference=law(), day=DAY)

    assert owed.payable == 0
    assert owed.charges == ()


def test_an_export_price_with_freight_and_insurance_is_brought_to_free_on_board() -> None:
    cif = replace(
        with_line(sound_export(), total=Decimal(10000), currency="CNY"),
        terms="1",
        charges=Charges(
            freight=Charge("3", Decimal(800), "CNY"),
            insurance=Charge("1", Decimal("0.5")),
            other=Charge("3", Decimal(20), "CNY"),
        ),
    )

    owed = assess(cif, reference=law(), day=DAY)

    assert [cost.amount for cost in owed.costs] == [-800, Decimal("-50.000"), 20]
    assert owed.value == Decimal("9170.00")


@pytest.mark.parametrize(
    ("freight", "expected"),
    [
        (Charge("1", Decimal(5)), "5000"),
        (Charge("2", Decimal(100), "CNY"), "305"),  # a tonne, of 3,050 kg
        (Charge("3", Decimal(700), "CNY"), "700"),
    ],
)
def test_freight_is_stated_in_per_cent_by_the_tonne_or_as_a_sum(
    freight: Charge, expected: str
) -> None:
    goods = replace(declared("100000"), terms="4", charges=Charges(freight=freight))

    owed = assess(goods, reference=at_rates(), day=DAY)

    assert [cost.amount for cost in owed.costs] == [Decimal(expected)]
    assert owed.value == 100000 + Decimal(expected)


def test_terms_that_say_nothing_of_costs_add_none() -> None:
    market = replace(declared("100000"), terms="5")

    assert assess(market, reference=at_rates(), day=DAY).value == 100000


def test_costs_are_shared_over_lines_and_lines_add_up() -> None:
    owed = assess(fob(freight="1000", insurance="1"), reference=law(), day=DAY)

    assert [one.inputs[2] for one in owed.values] == [
        Decimal("1877.66"),
        Decimal("2953.54"),
        Decimal("410.14"),
        Decimal("1015.58"),
        Decimal("1350.68"),
    ]
    assert owed.value == Decimal("513836.00")


def test_costs_of_one_line_stay_with_it() -> None:
    own = Charges(freight=Charge("3", Decimal(100), "CNY"), insurance=Charge("1", Decimal("0.5")))
    lines = (declared("1000", charges=own).lines[0], replace(declared("1000").lines[0], number=2))
    goods = replace(sound(lines=lines), terms="3")

    owed = assess(goods, reference=at_rates(), day=DAY)

    assert [value.amount for value in owed.values] == [Decimal("1105.50"), Decimal("1003.00")]
    assert [(cost.line, cost.amount) for cost in owed.costs] == [
        (1, Decimal(100)),
        (1, Decimal("5.5")),
        (2, Decimal(3)),
    ]


def test_costs_of_an_exported_line_are_taken_out_of_its_price() -> None:
    own = Charges(freight=Charge("3", Decimal(100), "CNY"))
    goods = with_line(sound_export(), total=Decimal(1000), currency="CNY", charges=own)

    assert assess(goods, reference=law(), day=DAY).value == Decimal("900.00")


def test_a_value_is_never_below_zero() -> None:
    gift = replace(declared("1"), charges=Charges(other=Charge("3", Decimal(-5), "CNY")))

    assert assess(gift, reference=at_rates(), day=DAY).value == 0


@pytest.mark.parametrize(
    ("changes", "rate", "note"),
    [
        ({"origin": "ZZZ"}, "0.3", Note.GENERAL_RATE),
        ({"preference": Preference("22")}, "0.08", Note.NO_CERTIFICATE),
        ({"preference": Preference("22", "E1")}, "0.08", Note.ORIGIN_UNPROVEN),
    ],
)
def test_the_rate_follows_origin_and_certificate(
    changes: dict[str, Any], rate: str, note: Note
) -> None:
    owed = assess(declared("10000", **changes), reference=at_rates(), day=DAY)

    duty = owed.charges[0]
    assert duty.inputs[1] == Decimal(rate)
    assert duty.notes == (note.value,)


def test_a_tax_without_a_rate_is_left_to_an_officer() -> None:
    unknown = assess(declared("10000"), reference=at_rates(mfn=None, vat=None), day=DAY)
    known = assess(declared("10000"), reference=at_rates(), day=DAY)

    assert [charge.notes for charge in unknown.charges] == [(Note.NO_RATE.value,)] * 2
    assert (unknown.undetermined, known.undetermined) == (True, False)


def test_goods_that_no_tariff_knows_are_left_to_an_officer() -> None:
    owed = assess(declared("10000"), reference=law(), day=DAY)

    assert owed.undetermined
    assert owed.payable == 0


def test_duty_by_quantity_and_compound_duty() -> None:
    film = measure(Levy.DUTY, "5", unit="032")
    goods = declared("1000", second=Quantity(Decimal(40), "032"))

    specific = assess(goods, reference=at_rates(film, mfn=None), day=DAY)
    compound = assess(goods, reference=at_rates(film, mfn="0.1"), day=DAY)
    elsewhere = assess(declared("1000"), reference=at_rates(film), day=DAY)

    assert specific.levied(Tax.DUTY) == Decimal("200.00")
    assert compound.levied(Tax.DUTY) == Decimal("300.00")
    assert elsewhere.levied(Tax.DUTY) == Decimal("80.00")
    assert (compound.undetermined, elsewhere.undetermined) == (False, True)


@pytest.mark.parametrize(
    ("late", "fee"), [(14, "0"), (20, "2500"), (15, "0")], ids=["in time", "late", "little"]
)
def test_declaring_late_costs_a_fee_from_the_first_working_day(late: int, fee: str) -> None:
    came = Coming(DAY - timedelta(days=late))
    value = "1000000" if late == 20 else "90000"

    owed = assess(declared(value), reference=at_rates(), day=DAY, coming=came)

    assert owed.fee == Decimal(fee)
    assert owed.payable == sum(total.levied for total in owed.totals)


def test_a_fee_ends_when_customs_may_sell_the_goods_and_says_so() -> None:
    came = Coming(DAY.replace(year=2020))

    owed = assess(declared("1000000"), reference=at_rates(), day=DAY, coming=came)

    [fee] = [charge for charge in owed.charges if charge.tax == Tax.LATE_DECLARATION.value]
    assert owed.fee == 37_000
    assert fee.inputs[2] == 74  # the first of them a Monday
    assert fee.notes == ("FEE_ENDED",)


def test_a_fee_does_not_begin_on_a_holiday() -> None:
    sunday = date(2026, 11, 22)
    came = Coming(sunday - timedelta(days=15))

    assert assess(declared("1000000"), reference=at_rates(), day=sunday, coming=came).fee == 0


@pytest.mark.parametrize("stated", [None, DAY, DAY - timedelta(days=60)])
def test_only_the_day_of_the_carrier_counts_and_never_the_declared_one(
    stated: date | None,
) -> None:
    goods = replace(declared("1000000"), entry_date=stated)
    came = Coming(DAY - timedelta(days=20))

    assert assess(goods, reference=at_rates(), day=DAY, coming=came).fee == 2500
    assert assess(goods, reference=at_rates(), day=DAY).fee == 0


def test_a_summary_is_estimated_as_the_whole_without_relief_or_fee() -> None:
    goods, late = declared("1000000"), Coming(transport=DAY - timedelta(days=40))
    exempt = with_line(replace(goods, kind=Kind.SUMMARY), levy_mode="3")

    whole = assess(goods, reference=at_rates(), day=DAY, coming=late)
    owed = assess(exempt, reference=at_rates(), day=DAY, coming=late)

    assert whole.fee > 0
    assert owed.fee == 0
    assert owed.payable == whole.payable - whole.fee


def test_a_currency_without_a_rate_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(LookupError, match="MOP"):
        assess(declared("1", "MOP"), reference=at_rates(), day=DAY)
