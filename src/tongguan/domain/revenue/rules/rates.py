"""Which rate a line has, and what is not known of it: a rate that is not known is never 0."""

from decimal import Decimal
from typing import Final, NamedTuple

from tongguan.domain.declarations.values import Line
from tongguan.domain.reference.values import (
    Measure,
    RateColumn,
    SpecialRate,
    TariffLine,
    Treatment,
)
from tongguan.domain.revenue.notes import Note
from tongguan.domain.revenue.rules.worksheet import Worksheet
from tongguan.domain.revenue.values import ZERO

ORIGIN_UNKNOWN: Final = frozenset({None, "", "ZZZ"})
"""ZZZ is the country table's code for an origin that is not known."""
NO_RATE: Final = (Note.NO_RATE.value,)
_NO_QUANTITY: Final = (Note.NO_QUANTITY.value,)
_BY_PRICE: Final = (Note.RATE_BY_PRICE.value,)
_ORIGIN_NOT_KNOWN: Final = (Note.GENERAL_RATE.value,)
_NOT_FAVOURED: Final = (Note.NOT_FAVOURED.value,)
_FAVOUR_UNKNOWN: Final = (Note.FAVOUR_UNKNOWN.value,)
_ONE: Final = Decimal(1)


class TaxedLine(NamedTuple):
    """A line, counted from 0, with its row of the tariff on the day."""

    at: int
    line: Line
    row: TariffLine | None


class Price(NamedTuple):
    """What a rate by price looks at: the customs value, and the value with duties."""

    value: Decimal
    with_duties: Decimal


class Rate(NamedTuple):
    """What is known of a rate.

    Attributes:
        rate: a share of 1; None: there is none by value, or none is known.
        quantity: of the line, in the unit of the measure by quantity.
        notes: what is not known, and whether the price decided.
        place: of the source among those of the assessment; None: the tariff's own.
    """

    rate: Decimal | None
    quantity: Decimal | None
    notes: tuple[str, ...]
    place: int | None = None


def by_origin(origin: str | None, sheet: Worksheet) -> tuple[bool, tuple[str, ...]]:
    """Return whether goods of an origin have the general rate, and what to say of it.

    Source: Decree 392, art. 10: members of the WTO and those with an agreement are most favoured;
        all others, and goods of unknown origin, have the general rate.
    """
    if origin is None or origin in ORIGIN_UNKNOWN:
        return True, _ORIGIN_NOT_KNOWN
    row = sheet.reference.origins.of(origin, sheet.day)
    if row is None:
        return False, ()
    return True, _NOT_FAVOURED if row.treatment is Treatment.GENERAL else _FAVOUR_UNKNOWN


def rate_of(
    one: TaxedLine,
    sheet: Worksheet,
    column: RateColumn,
    stated: Decimal | None,
    by_unit: Measure | None,
    price: Price,
) -> Rate:
    """Return the rate of a line, and what is not known.

    Args:
        one: the line.
        sheet: law of the day.
        column: which rate.
        stated: by the tariff; None: it states none.
        by_unit: what is levied by quantity as well, or alone.
        price: of the whole line, CNY.
    """
    quantity = None if by_unit is None else quantity_in(one.line, by_unit.unit)
    missing = _NO_QUANTITY if by_unit is not None and quantity is None else ()
    specials = sheet.reference.special_rates.of(one.line.commodity or "", column, sheet.day)
    if not specials or _tariff_goes_first(one.row, stated, specials):
        if stated is None and by_unit is None:
            missing = NO_RATE
        return Rate(stated, quantity, missing)
    special, notes = _by_price(one.line, specials, quantity, by_unit, price)
    if special is None:
        return Rate(None, None, notes)
    place = sheet.place(special.source, special.valid_from)
    if special.by_quantity:
        if by_unit is None:
            return Rate(special.rate, None, NO_RATE, place)
        return Rate(special.rate, quantity, notes + missing, place)
    if special.rate is None:
        return Rate(None, None, NO_RATE, place)
    return Rate(special.rate, None, notes, place)


def _tariff_goes_first(
    row: TariffLine | None, stated: Decimal | None, specials: tuple[SpecialRate, ...]
) -> bool:
    """Return whether a loaded tariff states a rate, which no row of the pack corrects.

    Rows that depend on the price hold beside any tariff: its one column cannot say them.
    """
    by_price = any(special.unit for special in specials)
    return row is not None and not row.demonstration and bool(stated) and not by_price


def _by_price(
    line: Line,
    specials: tuple[SpecialRate, ...],
    quantity: Decimal | None,
    by_unit: Measure | None,
    price: Price,
) -> tuple[SpecialRate | None, tuple[str, ...]]:
    """Return the row that the price of one unit chooses, of the highest price first."""
    levied = ZERO
    if by_unit is not None and quantity is not None:
        levied = quantity * by_unit.rate / by_unit.each
    decided = len(specials) > 1
    for special in specials:
        if not special.unit:
            return special, _BY_PRICE if decided else ()
        units = quantity_in(line, special.unit)
        if not units:
            return None, _NO_QUANTITY
        asked = price.value
        if special.within:
            asked = (price.with_duties + levied) / (_ONE - special.within)
        if asked * special.each >= special.least * units:
            return special, _BY_PRICE
    return None, NO_RATE


def quantity_in(line: Line, unit: str) -> Decimal | None:
    """Return the quantity that a line states in a unit, or None."""
    for quantity in (line.first, line.second, line.quantity):
        if quantity.unit == unit and quantity.value is not None:
            return quantity.value
    return None
