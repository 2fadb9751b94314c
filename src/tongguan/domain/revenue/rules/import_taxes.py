"""The taxes on imported lines, one after the other: each is part of the base of the next."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from tongguan.domain.declarations.values import Line
from tongguan.domain.reference.values import Levy, Measure, TariffLine
from tongguan.domain.revenue.rules import consumption_tax, duty, value_added_tax
from tongguan.domain.revenue.rules.worksheet import Part, Worksheet
from tongguan.domain.revenue.values import ZERO, Note, Tax

ORIGIN_UNKNOWN: Final = frozenset({None, "", "ZZZ"})
"""ZZZ is the country table's code for an origin that is not known."""
_REMEDIES: Final = {
    Levy.ANTI_DUMPING: (Tax.ANTI_DUMPING, "anti-dumping"),
    Levy.COUNTERVAILING: (Tax.COUNTERVAILING, "countervailing"),
    Levy.SAFEGUARD: (Tax.SAFEGUARD, "safeguard"),
}
_NO_RATE: Final = (Note.NO_RATE.value,)
_GENERAL: Final = (Note.GENERAL_RATE.value,)
_NO_CERTIFICATE: Final = (Note.NO_CERTIFICATE.value,)
_NO_AGREEMENT_RATE: Final = (Note.NO_AGREEMENT_RATE.value,)


class TaxedLine(NamedTuple):
    """A line, counted from 0, with its row of the tariff on the day."""

    at: int
    line: Line
    row: TariffLine | None


def levy_import_taxes(sheet: Worksheet, taxed: Sequence[TaxedLine]) -> None:
    """Levy duty, trade remedies, consumption tax and VAT on the values of all lines."""
    places = [sheet.place(row.source, row.valid_from) if row else -1 for _, _, row in taxed]
    measures = sheet.reference.measures
    by_unit = measures.by_quantity(Levy.DUTY, sheet.day).get
    duties = [
        _duty(one, sheet.levied[one.at], place, by_unit(one.line.commodity or ""))
        for one, place in zip(taxed, places, strict=True)
    ]
    against = measures.by_origin(sheet.day)
    remedies = _remedies(taxed, sheet, against) if against else ()
    sheet.levy(Tax.DUTY, duties)
    for tax, parts in remedies:
        sheet.levy(tax, parts)
    by_unit = measures.by_quantity(Levy.CONSUMPTION, sheet.day).get
    sheet.levy(Tax.CONSUMPTION, _consumption_taxes(taxed, places, sheet, by_unit))
    sheet.levy(
        Tax.VAT,
        [_vat(one, sheet.levied[one.at], places[one.at]) for one in taxed],
    )


def _duty(one: TaxedLine, value: Decimal, place: int, unit_rate: Measure | None) -> Part:
    at, line, row = one
    rate = row.mfn if row is not None else None
    notes: tuple[str, ...] = ()
    if line.origin in ORIGIN_UNKNOWN:
        rate, notes = row.general if row is not None else None, _GENERAL
    elif line.preference is not None and line.preference.agreement:
        notes = _NO_AGREEMENT_RATE if line.preference.certificate else _NO_CERTIFICATE
    if unit_rate is not None and (quantity := _quantity(line, unit_rate)) is not None:
        by_unit = (quantity, unit_rate.rate, unit_rate.each)
        if not rate:
            return Part(at, duty.specific(*by_unit), "duty-specific", by_unit, place, notes)
        inputs = (value, rate, *by_unit)
        return Part(at, duty.compound(*inputs), "duty-compound", inputs, place, notes)
    if rate is None:
        return Part(at, ZERO, "duty-ad-valorem", (value, ZERO), place, notes + _NO_RATE)
    amount = duty.ad_valorem(value, rate)
    return Part(at, amount, "duty-ad-valorem", (value, rate), place, notes)


def _remedies(
    taxed: Sequence[TaxedLine],
    sheet: Worksheet,
    against: Mapping[tuple[str, str], tuple[Measure, ...]],
) -> list[tuple[Tax, list[Part]]]:
    """Return each kind of duty on goods of one origin; all are taken on the customs value."""
    found: dict[Levy, list[Part]] = {levy: [] for levy in _REMEDIES}
    for at, line, _ in taxed:
        for measure in against.get((line.commodity or "", line.origin or ""), ()):
            inputs = (sheet.levied[at], measure.rate)
            source = sheet.place(measure.source, measure.valid_from)
            part = Part(at, duty.ad_valorem(*inputs), _REMEDIES[measure.levy][1], inputs, source)
            found[measure.levy].append(part)
    return [(_REMEDIES[levy][0], parts) for levy, parts in found.items()]


def _consumption_taxes(
    taxed: Sequence[TaxedLine],
    places: Sequence[int],
    sheet: Worksheet,
    by_unit: Callable[[str], Measure | None],
) -> Sequence[Part]:
    parts = []
    for one, place in zip(taxed, places, strict=True):
        unit_rate = by_unit(one.line.commodity or "")
        if unit_rate is None and not (one.row is not None and one.row.consumption):
            continue
        part = _consumption(one, sheet.levied[one.at], place, unit_rate)
        if part is not None:
            parts.append(part)
    return parts


def _consumption(
    one: TaxedLine, base: Decimal, place: int, unit_rate: Measure | None
) -> Part | None:
    at, line, row = one
    rate = row.consumption if row is not None else None
    if unit_rate is not None and (quantity := _quantity(line, unit_rate)) is not None:
        by_unit = (quantity, unit_rate.rate, unit_rate.each)
        if not rate:
            amount = consumption_tax.specific(*by_unit)
            return Part(at, amount, "consumption-specific", by_unit, place)
        inputs = (base, rate, *by_unit)
        amount = consumption_tax.compound(*inputs)
        return Part(at, amount, "consumption-compound", inputs, place)
    if not rate:
        return None
    amount = consumption_tax.ad_valorem(base, rate)
    return Part(at, amount, "consumption-ad-valorem", (base, rate), place)


def _vat(one: TaxedLine, base: Decimal, place: int) -> Part:
    rate = one.row.vat if one.row is not None else None
    if rate is None:
        return Part(one.at, ZERO, "vat", (base, ZERO), place, _NO_RATE)
    return Part(one.at, value_added_tax.tax(base, rate), "vat", (base, rate), place)


def _quantity(line: Line, rate: Measure) -> Decimal | None:
    for quantity in (line.first, line.second, line.quantity):
        if quantity.unit == rate.unit and quantity.value is not None:
            return quantity.value
    return None
