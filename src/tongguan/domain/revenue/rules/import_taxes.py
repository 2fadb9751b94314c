"""The taxes on imported lines, one after the other: each is part of the base of the next."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from tongguan.domain.reference.values import Levy, Measure, RateColumn
from tongguan.domain.revenue.notes import Note
from tongguan.domain.revenue.rules import consumption_tax, duty, value_added_tax
from tongguan.domain.revenue.rules.rates import (
    NO_RATE,
    ORIGIN_UNKNOWN,
    Price,
    TaxedLine,
    by_origin,
    rate_of,
)
from tongguan.domain.revenue.rules.worksheet import Part, Worksheet
from tongguan.domain.revenue.values import ZERO, Tax

_REMEDIES: Final = {
    Levy.ANTI_DUMPING: (Tax.ANTI_DUMPING, "anti-dumping"),
    Levy.COUNTERVAILING: (Tax.COUNTERVAILING, "countervailing"),
    Levy.SAFEGUARD: (Tax.SAFEGUARD, "safeguard"),
}
_NO_CERTIFICATE: Final = (Note.NO_CERTIFICATE.value,)
_ORIGIN_UNPROVEN: Final = (Note.ORIGIN_UNPROVEN.value,)
_NO_AGREEMENT_RATE: Final = (Note.NO_AGREEMENT_RATE.value,)


def levy_import_taxes(
    sheet: Worksheet, taxed: Sequence[TaxedLine], *, proven: frozenset[int] = frozenset()
) -> None:
    """Levy duty, trade remedies, consumption tax and VAT on the values of all lines.

    Args:
        sheet: values and reliefs are entered.
        taxed: the lines.
        proven: lines, counted from 0, whose preference a certificate of origin proves.
    """
    places = [sheet.place(row.source, row.valid_from) if row else -1 for _, _, row in taxed]
    values = tuple(sheet.levied)
    duties = [_duty(one, sheet, place, proven) for one, place in zip(taxed, places, strict=True)]
    against = sheet.reference.measures.by_origin(sheet.day)
    remedies = _remedies(taxed, sheet, against) if against else ()
    sheet.levy(Tax.DUTY, duties)
    for tax, parts in remedies:
        sheet.levy(tax, parts)
    found = (
        _consumption(one, sheet, values[one.at], place)
        for one, place in zip(taxed, places, strict=True)
    )
    sheet.levy(Tax.CONSUMPTION, [part for part in found if part is not None])
    sheet.levy(
        Tax.VAT,
        [_vat(one, sheet.levied[one.at], places[one.at]) for one in taxed],
    )


def _duty(one: TaxedLine, sheet: Worksheet, place: int, proven: frozenset[int]) -> Part:
    at, line, row = one
    value = sheet.levied[at]
    general, notes = by_origin(line.origin, sheet)
    if not general and line.preference is not None and line.preference.agreement:
        unproven = _ORIGIN_UNPROVEN if line.preference.certificate else _NO_CERTIFICATE
        notes = _NO_AGREEMENT_RATE if at in proven else unproven
    column, levy = (
        (RateColumn.GENERAL, Levy.DUTY_GENERAL) if general else (RateColumn.MFN, Levy.DUTY)
    )
    by_unit = sheet.per_unit(levy, line.commodity)
    stated = None if row is None else row.general if general else row.mfn
    if general and not stated and by_unit is None and sheet.per_unit(Levy.DUTY, line.commodity):
        stated = None  # most favoured goods owe by quantity: a general rate of 0 states nothing
    known = rate_of(one, sheet, column, stated, by_unit, Price(value, value))
    place = place if known.place is None else known.place
    notes += known.notes
    if by_unit is not None and known.quantity is not None:
        per_unit = (known.quantity, by_unit.rate, by_unit.each)
        if not known.rate:
            place = sheet.place(by_unit.source, by_unit.valid_from)
            return Part(at, duty.specific(*per_unit), "duty-specific", per_unit, place, notes)
        inputs = (value, known.rate, *per_unit)
        return Part(at, duty.compound(*inputs), "duty-compound", inputs, place, notes)
    rate = known.rate or ZERO
    return Part(at, duty.ad_valorem(value, rate), "duty-ad-valorem", (value, rate), place, notes)


def _remedies(
    taxed: Sequence[TaxedLine],
    sheet: Worksheet,
    against: Mapping[tuple[str, str], tuple[Measure, ...]],
) -> list[tuple[Tax, list[Part]]]:
    """Return each kind of duty on goods of one origin; all are taken on the customs value.

    Where the origin is not known, whether they are levied is not known either.
    """
    found: dict[Levy, list[Part]] = {levy: [] for levy in _REMEDIES}
    for at, line, _ in taxed:
        if line.origin in ORIGIN_UNKNOWN:
            levies = {
                measure.levy
                for (commodity, _origin), measures in against.items()
                for measure in measures
                if commodity == line.commodity
            }
            for levy in levies:
                inputs = (sheet.levied[at], ZERO)
                found[levy].append(Part(at, ZERO, _REMEDIES[levy][1], inputs, -1, NO_RATE))
            continue
        for measure in against.get((line.commodity or "", line.origin or ""), ()):
            inputs = (sheet.levied[at], measure.rate)
            source = sheet.place(measure.source, measure.valid_from)
            part = Part(at, duty.ad_valorem(*inputs), _REMEDIES[measure.levy][1], inputs, source)
            found[measure.levy].append(part)
    return [(_REMEDIES[levy][0], parts) for levy, parts in found.items()]


def _consumption(one: TaxedLine, sheet: Worksheet, value: Decimal, place: int) -> Part | None:
    at, line, row = one
    base = sheet.levied[at]
    by_unit = sheet.per_unit(Levy.CONSUMPTION, line.commodity)
    stated = None if row is None else row.consumption
    known = rate_of(one, sheet, RateColumn.CONSUMPTION, stated, by_unit, Price(value, base))
    place, notes = place if known.place is None else known.place, known.notes
    if by_unit is not None and known.quantity is not None:
        per_unit = (known.quantity, by_unit.rate, by_unit.each)
        if not known.rate:
            place = sheet.place(by_unit.source, by_unit.valid_from)
            amount = consumption_tax.specific(*per_unit)
            return Part(at, amount, "consumption-specific", per_unit, place, notes)
        inputs = (base, known.rate, *per_unit)
        amount = consumption_tax.compound(*inputs)
        return Part(at, amount, "consumption-compound", inputs, place, notes)
    rate = known.rate or ZERO
    if not rate and not notes:
        return None
    amount = consumption_tax.ad_valorem(base, rate)
    return Part(at, amount, "consumption-ad-valorem", (base, rate), place, notes)


def _vat(one: TaxedLine, base: Decimal, place: int) -> Part:
    rate = one.row.vat if one.row is not None else None
    if rate is None:
        return Part(one.at, ZERO, "vat", (base, ZERO), place, NO_RATE)
    return Part(one.at, value_added_tax.tax(base, rate), "vat", (base, rate), place)
