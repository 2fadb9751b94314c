"""Which rate goods have, by origin, quantity, price and date; what is not known is told."""

from dataclasses import replace as changed
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from msgspec.structs import replace

from tests.domain.declarations.samples import DAY, sound_export, with_line
from tests.domain.law import law, line
from tests.domain.revenue.rules.goods import GOODS, at_rates, declared, measure
from tongguan.domain.declarations.values import Quantity
from tongguan.domain.reference.rules.pack import read_pack
from tongguan.domain.reference.values import (
    Levy,
    OriginRow,
    Origins,
    RateColumn,
    Snapshot,
    SpecialRate,
    SpecialRates,
    Treatment,
)
from tongguan.domain.revenue.notes import Note
from tongguan.domain.revenue.rules.assess import assess
from tongguan.domain.revenue.rules.explanation import explained
from tongguan.domain.revenue.values import Assessment, Charge, Tax

PACK: Final = Path(__file__).parents[4] / "regions" / "jingjinji"
SINCE: Final = date(2000, 1, 1)


@cache
def pack() -> Snapshot:
    """Return the shipped region pack."""
    found, faults = read_pack(PACK)
    assert not faults
    return found


def of_pack(code: str, day: date = DAY, *, price: str = "10000", **changes: Any) -> Assessment:
    """Return what one line of the pack's tariff owes."""
    goods = declared(price, **{"commodity": code, **changes})
    return assess(replace(goods, entry_date=day), reference=pack(), day=day)


def charge_of(owed: Assessment, tax: Tax) -> Charge | None:
    found = [charge for charge in owed.charges if charge.tax == tax.value]
    return found[0] if found else None


def special(rate: str | None, column: RateColumn = RateColumn.MFN, **changes: Any) -> SpecialRate:
    stated: dict[str, Any] = {
        "least": Decimal(0),
        "unit": "",
        "each": Decimal(1),
        "within": Decimal(0),
        "by_quantity": False,
        **changes,
    }
    share = None if rate is None else Decimal(rate)
    return SpecialRate(
        GOODS[:4], column, rate=share, valid_from=SINCE, valid_until=None, source="x", **stated
    )


def with_special(found: Snapshot, *rows: SpecialRate) -> Snapshot:
    return changed(
        found,
        special_rates=SpecialRates(
            {(one.commodity, one.column, one.least): (one,) for one in rows}
        ),
    )


@pytest.mark.parametrize("rate", ["mfn", "consumption", "vat"])
def test_an_import_rate_that_no_tariff_states_goes_to_an_officer(rate: str) -> None:
    owed = assess(declared("10000"), reference=at_rates(**{rate: None}), day=DAY)

    tax = {"mfn": Tax.DUTY, "consumption": Tax.CONSUMPTION, "vat": Tax.VAT}[rate]
    charge = charge_of(owed, tax)
    assert charge is not None
    assert charge.levied == 0
    assert charge.notes == (Note.NO_RATE.value,)
    assert owed.undetermined_lines == (1,)


def test_an_export_rate_that_no_tariff_states_goes_to_an_officer() -> None:
    fuel = with_line(sound_export(), commodity=GOODS, total=Decimal(1000), currency="CNY")

    owed = assess(fuel, reference=at_rates(export=None), day=DAY)

    assert [charge.notes for charge in owed.charges] == [(Note.NO_RATE.value,)]
    assert owed.undetermined


def test_a_general_rate_that_no_tariff_states_goes_to_an_officer() -> None:
    owed = assess(declared("10000", origin="ZZZ"), reference=at_rates(general=None), day=DAY)

    assert owed.charges[0].notes == (Note.GENERAL_RATE.value, Note.NO_RATE.value)
    assert owed.undetermined


def test_a_general_rate_of_nothing_beside_a_duty_by_quantity_is_not_believed() -> None:
    reference = at_rates(measure(Levy.DUTY, "5", unit="095"), general="0", mfn="0")
    goods = declared("10000", origin="ZZZ", first=Quantity(Decimal(10), "095"))

    owed = assess(goods, reference=reference, day=DAY)

    assert Note.NO_RATE.value in owed.charges[0].notes


def test_a_general_rate_by_quantity_has_its_own_measure() -> None:
    reference = at_rates(
        measure(Levy.DUTY, "5", unit="095"),
        measure(Levy.DUTY_GENERAL, "20", unit="095"),
        general="0",
        mfn="0",
    )
    goods = declared("10000", first=Quantity(Decimal(10), "095"))

    favoured = assess(goods, reference=reference, day=DAY)
    others = assess(with_line(goods, origin="ZZZ"), reference=reference, day=DAY)

    assert favoured.levied(Tax.DUTY) == 50
    assert others.levied(Tax.DUTY) == 200


@pytest.mark.parametrize(
    ("treatment", "note", "undetermined"),
    [
        (Treatment.GENERAL, Note.NOT_FAVOURED, False),
        (Treatment.UNKNOWN, Note.FAVOUR_UNKNOWN, True),
    ],
)
def test_goods_of_an_origin_that_is_not_most_favoured_have_the_general_rate(
    treatment: Treatment, note: Note, *, undetermined: bool
) -> None:
    rows = {"KOR": (OriginRow("KOR", treatment, SINCE, date(2026, 1, 1), "x"),)}
    reference = changed(at_rates(), origins=Origins(rows))

    before = assess(declared("10000", origin="KOR"), reference=reference, day=date(2025, 6, 2))
    after = assess(declared("10000", origin="KOR"), reference=reference, day=DAY)

    assert before.charges[0].inputs == (Decimal("10000.00"), Decimal("0.3"))
    assert before.charges[0].notes == (note.value,)
    assert before.undetermined is undetermined
    assert after.charges[0].inputs[1] == Decimal("0.08")


def test_goods_of_unknown_origin_may_owe_the_remedies_of_any_origin() -> None:
    reference = at_rates(measure(Levy.ANTI_DUMPING, "0.5", origin="KOR"))

    unknown = assess(declared("10000", origin="ZZZ"), reference=reference, day=DAY)
    other = assess(declared("10000", origin="DEU"), reference=reference, day=DAY)

    charge = charge_of(unknown, Tax.ANTI_DUMPING)
    assert charge is not None
    assert charge.notes == (Note.NO_RATE.value,)
    assert charge_of(other, Tax.ANTI_DUMPING) is None


def test_a_rate_of_the_tariff_that_is_really_sliding_is_not_known() -> None:
    owed = assess(
        declared("10000"), reference=with_special(at_rates(mfn="0"), special(None)), day=DAY
    )

    assert owed.charges[0].notes == (Note.NO_RATE.value,)


def test_a_compound_rate_without_its_measure_is_not_known() -> None:
    spirits = special("0.2", RateColumn.CONSUMPTION, by_quantity=True)
    litres = declared("10000", first=Quantity(Decimal(100), "095"))
    by_quantity = measure(Levy.CONSUMPTION, "0.912", unit="095")

    half = assess(litres, reference=with_special(at_rates(), spirits), day=DAY)
    whole = assess(litres, reference=with_special(at_rates(by_quantity), spirits), day=DAY)

    assert (half.undetermined, whole.undetermined) == (True, False)
    charge = charge_of(whole, Tax.CONSUMPTION)
    assert charge is not None
    assert charge.rule == "consumption-compound"


def test_a_loaded_tariff_that_states_a_rate_goes_before_the_pack() -> None:
    loaded = law(lines=(line(GOODS, demonstration=False),))
    unstated = law(lines=(line(GOODS, demonstration=False, mfn=Decimal(0)),))

    stated = assess(declared("10000"), reference=with_special(loaded, special(None)), day=DAY)
    zero = assess(declared("10000"), reference=with_special(unstated, special(None)), day=DAY)

    assert (stated.undetermined, zero.undetermined) == (False, True)
    assert stated.levied(Tax.DUTY) == 800


@pytest.mark.parametrize(
    ("day", "price", "rate", "known"),
    [
        (date(2016, 9, 30), "50000", "0.30", True),
        (date(2016, 10, 1), "50000", "0.15", True),
        (date(2016, 10, 1), "49999.99", None, True),
    ],
)
def test_cosmetics_by_weight_owe_consumption_tax_by_date_and_price(
    day: date, price: str, rate: str | None, *, known: bool
) -> None:
    kilograms = Quantity(Decimal(5), "035")

    owed = of_pack("3304910000", day, price=price, first=kilograms)

    charge = charge_of(owed, Tax.CONSUMPTION)
    assert (None if charge is None or not charge.levied else charge.inputs[1]) == (
        None if rate is None else Decimal(rate)
    )
    assert owed.undetermined is not known


def test_cosmetics_by_volume_go_to_an_officer_since_price_counts_by_the_millilitre() -> None:
    kilograms = Quantity(Decimal(5), "035")

    assert of_pack("3304990039", date(2026, 11, 20), first=kilograms).undetermined
    assert not of_pack("3304100092", date(2016, 9, 30), first=kilograms).undetermined


@pytest.mark.parametrize(
    ("price", "rate"), [("23100.00", "0.36"), ("100000.00", "0.56")], ids=["below", "above"]
)
def test_cigarettes_owe_consumption_tax_by_price_and_by_quantity(price: str, rate: str) -> None:
    thousands = Quantity(Decimal(200), "143")

    owed = of_pack("2402200000", price=price, second=thousands)

    charge = charge_of(owed, Tax.CONSUMPTION)
    assert charge is not None
    assert charge.rule == "consumption-compound"
    assert charge.inputs[1:] == (Decimal(rate), Decimal(200), Decimal(3), Decimal(1))
    base = Decimal(price) * Decimal("1.25")
    levied = (base + 600) / (1 - Decimal(rate)) * Decimal(rate) + 600
    assert charge.levied == levied.quantize(Decimal("0.01"))
    assert not owed.undetermined


def test_cigarettes_without_their_number_go_to_an_officer() -> None:
    owed = of_pack("2402200000", first=Quantity(Decimal(10), "035"))

    charge = charge_of(owed, Tax.CONSUMPTION)
    assert charge is not None
    assert Note.NO_QUANTITY.value in charge.notes


@pytest.mark.parametrize(
    ("code", "day", "rate"),
    [
        ("8507200000", date(2015, 1, 30), None),
        ("8507200000", date(2015, 2, 2), "0.04"),
        ("3208201091", date(2015, 1, 30), None),
        ("3208201091", date(2015, 2, 2), "0.04"),
        ("9102110000", date(2026, 11, 20), "0"),
    ],
)
def test_consumption_tax_begins_and_ends_by_date(code: str, day: date, rate: str | None) -> None:
    owed = of_pack(code, day, first=Quantity(Decimal(10), "008"))

    charge = charge_of(owed, Tax.CONSUMPTION)
    assert (None if charge is None else charge.inputs[1]) == (
        None if rate is None else Decimal(rate)
    )
    assert not owed.undetermined


@pytest.mark.parametrize(
    ("code", "origin", "undetermined"),
    [
        ("2203000000", "DEU", False),
        ("2203000000", "BTN", False),
        ("2709000000", "DEU", False),
        ("5201000080", "USA", True),
        ("8482102000", "BTN", False),
        ("8482102000", "SMR", True),
        ("8482102000", "ZEU", True),
        ("2710199400", "DEU", True),
        ("2710191100", "DEU", False),
    ],
)
def test_the_pack_says_which_rates_it_does_not_know(
    code: str, origin: str, *, undetermined: bool
) -> None:
    both: dict[str, Any] = {
        "first": Quantity(Decimal(1000), "095"),
        "second": Quantity(Decimal(1000), "035"),
    }

    owed = of_pack(code, origin=origin, **both)

    assert owed.undetermined is undetermined


def test_crude_oil_and_beer_owe_the_general_rate_by_quantity() -> None:
    kilograms: dict[str, Any] = {"first": Quantity(Decimal(2000), "035")}
    litres: dict[str, Any] = {"first": Quantity(Decimal(100), "095")}

    assert of_pack("2709000000", origin="BTN", **kilograms).levied(Tax.DUTY) == 170
    assert of_pack("2203000000", origin="BTN", **litres).levied(Tax.DUTY) == 750


def test_an_amount_by_quantity_names_the_measure_it_comes_from() -> None:
    litres: dict[str, Any] = {"first": Quantity(Decimal(100), "095")}
    owed = of_pack("2203000000", price="200000", origin="BTN", **litres)

    found = {one.tax: one for one in explained(owed, str) if one.tax}

    assert "7.5 yuan a litre" in found["DUTY"].inputs[1].source
    assert "250 yuan a tonne" in found["CONSUMPTION"].inputs[1].source


def test_cheap_beer_has_a_rate_that_the_pack_does_not_state() -> None:
    litres: dict[str, Any] = {"first": Quantity(Decimal(20000), "095")}

    assert of_pack("2203000000", price="60000", **litres).undetermined
    assert of_pack("2203000000", price="200000", **litres).levied(Tax.CONSUMPTION) == Decimal(
        "5060.73"
    )


def test_every_rate_of_the_pack_that_is_really_by_quantity_is_known_or_told() -> None:
    for code in pack().tariff.lines:
        row = pack().tariff.line(code, DAY)
        assert row is not None
        if row.general == 0 and row.mfn == 0 and code[:2] in {"02", "05", "22", "27", "37"}:
            owed = of_pack(code, origin="BTN")
            assert owed.undetermined, code
