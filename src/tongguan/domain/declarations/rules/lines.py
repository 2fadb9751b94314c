"""Lines of goods: numbering, tariff, units, quantities and prices.

Source: completion rules 20 of 2016 and 60/2018; statutory units: the tariff of the day.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from tongguan.domain.declarations import problems
from tongguan.domain.declarations.rules.lists import Lists
from tongguan.domain.declarations.values import Kind, Line, Quantity, Submission
from tongguan.domain.reference.values import TariffLine
from tongguan.kernel.problems import Fault

CODE_PLACES: Final = 10
SUMMARY_PLACES: Final = frozenset({6, 8, 10})
CENT: Final = Decimal("0.01")
PRICE_PLACES: Final = 4
"""Places of a unit price. Source: the field DeclPrice, n..15,4."""
HALF: Final = Decimal("0.5")


def check(
    submission: Submission,
    rows: Sequence[TariffLine | None],
    lists: Lists,
    day: date,
    faults: list[Fault],
) -> None:
    """Tell lines that do not fit the tariff, or themselves.

    `rows` are the tariff's rows of the lines on the day, None where it has none.
    """
    _numbering(submission.lines, lists.lines_most, faults)
    summary = submission.kind is Kind.SUMMARY
    for index, (line, row) in enumerate(zip(submission.lines, rows, strict=True)):
        number = line.number or index + 1
        if row is None:
            _commodity(line, index, number, day, faults, summary=summary)
        elif not summary:
            _units(line, index, row, faults)
        _price(line, index, lists.price_tolerance, faults)


def _numbering(lines: Sequence[Line], most: int, faults: list[Fault]) -> None:
    if len(lines) > most:
        faults.append(problems.TOO_MANY_LINES.at("#/lines", count=len(lines), most=most))
    for index, line in enumerate(lines):
        if line.number != index + 1:
            at, number = f"#/lines/{index}/number", line.number or "—"
            faults.append(problems.LINE_NUMBER.at(at, number=number, place=index + 1))


def _commodity(
    line: Line, index: int, number: int, day: date, faults: list[Fault], *, summary: bool
) -> None:
    code = line.commodity
    if not code:
        return
    at = f"#/lines/{index}/commodity"
    digits = code.isascii() and code.isdigit()
    if summary and digits and len(code) in SUMMARY_PLACES:
        return
    if not digits or len(code) != CODE_PLACES:
        faults.append(problems.COMMODITY_FORM.at(at, line=number, code=code))
    else:
        faults.append(problems.COMMODITY_UNKNOWN.at(at, line=number, code=code, day=day))


def _units(line: Line, index: int, row: TariffLine, faults: list[Fault]) -> None:
    first, second, sold = line.first, line.second, line.quantity
    if first.unit is not None and row.first_unit and first.unit != row.first_unit:
        faults.append(
            problems.FIRST_UNIT.at(
                f"#/lines/{index}/first/unit",
                line=line.number or index + 1,
                unit=first.unit,
                wanted=row.first_unit,
                code=line.commodity,
            )
        )
    if row.second_unit:
        if second.value is None or second.unit != row.second_unit:
            faults.append(
                problems.SECOND_UNIT.at(
                    f"#/lines/{index}/second",
                    line=line.number or index + 1,
                    wanted=row.second_unit,
                    code=line.commodity,
                )
            )
    elif second.value is not None or second.unit is not None:
        faults.append(
            problems.NO_SECOND_UNIT.at(
                f"#/lines/{index}/second", line=line.number or index + 1, code=line.commodity
            )
        )
    if sold.unit is not None and not (_agrees(sold, first) and _agrees(sold, second)):
        faults.append(
            problems.QUANTITIES_DIFFER.at(
                f"#/lines/{index}/quantity/value",
                line=line.number or index + 1,
                quantity=sold.value,
                unit=sold.unit,
                stated=first.value if sold.unit == first.unit else second.value,
            )
        )


def _agrees(sold: Quantity, stated: Quantity) -> bool:
    """Return whether two quantities in one unit are one quantity."""
    if sold.unit != stated.unit or sold.value is None or stated.value is None:
        return True
    return sold.value == stated.value


def _price(line: Line, index: int, tolerance: Decimal, faults: list[Fault]) -> None:
    """Tell a total that differs from quantity times price by more than the price's own rounding.

    A price with few places stands for any that rounds to it: half a unit of its last place, times
    the quantity, is no difference. Zeros behind its last figure say nothing more.
    """
    price, quantity, total = line.price, line.quantity.value, line.total
    if price is None or quantity is None or total is None:
        return
    expected = price * quantity
    if expected == total:
        return
    places = max(PRICE_PLACES, -int(price.normalize().as_tuple().exponent))
    rounding = HALF.scaleb(-places) * quantity
    if abs(expected - total) <= max(total * tolerance, CENT, rounding):
        return
    faults.append(
        problems.PRICE_TIMES_QUANTITY.at(
            f"#/lines/{index}/total",
            line=line.number or index + 1,
            price=price,
            quantity=quantity,
            expected=expected.quantize(CENT),
            total=total,
        )
    )
