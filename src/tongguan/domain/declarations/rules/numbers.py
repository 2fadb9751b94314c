"""Which numbers may be declared: above zero, and no more places than are kept.

Source: ours, between the formats' own limits: 19 digits, 6 of them behind the point. Columns for
money hold 17 digits before the point, so that what is computed from declared numbers fits as well.
Costs may be below zero; `costs` checks them, by `wrong_with`.
"""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from operator import attrgetter
from typing import Final

from msgspec.structs import replace

from tongguan.domain.declarations import problems
from tongguan.domain.declarations.rules.fields import (
    CERTIFICATE_LINE,
    COMPUTED_TAX,
    HEADER,
    LINE,
    LINE_PACKAGES,
    PERMIT_AMOUNT,
    PERMIT_LINE,
    PERMIT_QUANTITY,
    Field,
)
from tongguan.domain.declarations.values import Line, Mass, Permit, Quantity, Submission
from tongguan.kernel.problems import Fault, Problem

BOUND: Final = Decimal(10) ** 13
"""No declared number, and no customs value in CNY, reaches it."""
SMALLEST: Final = Decimal("0.000001")
ZERO: Final = Decimal(0)
COUNT_BOUND: Final = 10**9
_SURELY_FINE: Final = 8
_MOST_DIGITS: Final = 12
_MOST_PLACES: Final = 30
_HEADER_FIELDS: Final = tuple(HEADER[path] for path in ("mass.gross", "mass.net", "invoice.total"))
_LINE_FIELDS: Final = tuple(
    LINE[path]
    for path in (
        "quantity.value",
        "first.value",
        "second.value",
        "mass.gross",
        "mass.net",
        "price",
        "total",
    )
)
_header_numbers: Final = attrgetter(*(field.path for field in _HEADER_FIELDS))
_line_numbers: Final = attrgetter(*(field.path for field in _LINE_FIELDS))


def check(submission: Submission, faults: list[Fault]) -> Submission:
    """Tell every number that is not above zero or has too many digits.

    Return the submission without the numbers that are none (infinite, not a number, too large to
    reckon with), so that all later checks can compare.
    """
    if not all(map(_fine, _header_numbers(submission))):
        for field, value in zip(_HEADER_FIELDS, _header_numbers(submission), strict=True):
            _tell(faults, field, field.pointer, value)
        submission = _without_header(submission)
    if submission.permits and _tell_permits(submission.permits, "#", faults):
        submission = replace(submission, permits=_without_numbers(submission.permits))
    lines: list[Line] | None = None
    for index, line in enumerate(submission.lines):
        spoiled = not all(map(_fine, _line_numbers(line)))
        if spoiled:
            for field, value in zip(_LINE_FIELDS, _line_numbers(line), strict=True):
                _tell(faults, field, field.on(index), value)
        if line.permits or line.taxes or line.packages or line.preference:
            spoiled |= _tell_rest(line, f"#/lines/{index}", faults)
        if spoiled:
            lines = lines or list(submission.lines)
            lines[index] = _without(line)
    return submission if lines is None else replace(submission, lines=tuple(lines))


def wrong_with(value: Decimal) -> Problem | None:
    """Return what is wrong with a number that is declared above zero, or None."""
    if _fine(value):
        return None
    if not value.is_finite():
        return problems.NO_NUMBER
    return problems.NOT_ABOVE_ZERO if value <= ZERO else problems.TOO_MANY_DIGITS


def shown(value: Decimal) -> str:
    """Return a number as a refusal shows it, however large it is."""
    return (
        f"{value:f}" if value.is_finite() and abs(value.adjusted()) < _MOST_PLACES else str(value)
    )


def finite(value: Decimal | None) -> Decimal | None:
    """Return the number, or None where it is none or too large or too small to reckon with."""
    if value is None or not value.is_finite() or abs(value.adjusted()) > _MOST_DIGITS:
        return None
    return value if -int(value.as_tuple().exponent) <= _MOST_PLACES else None


def _fine(value: Decimal | None) -> bool:
    if value is None:
        return True
    try:
        bounded = SMALLEST <= value < BOUND
    except InvalidOperation:
        return False
    return bounded and (len(str(value)) <= _SURELY_FINE or value == value.quantize(SMALLEST))


def _tell(faults: list[Fault], field: Field, pointer: str, value: Decimal | None) -> bool:
    """Tell what is wrong with a number; return whether anything is."""
    problem = None if value is None else wrong_with(value)
    if problem is None or value is None:
        return False
    faults.append(problem.at(pointer, field=field, value=shown(value)))
    return True


def _tell_count(faults: list[Fault], field: Field, pointer: str, value: int | None) -> bool:
    if value is None or 0 < value < COUNT_BOUND:
        return False
    problem = problems.NOT_ABOVE_ZERO if value <= 0 else problems.TOO_MANY_DIGITS
    faults.append(problem.at(pointer, field=field, value=value))
    return True


def _tell_permits(permits: tuple[Permit, ...], at: str, faults: list[Fault]) -> bool:
    """Tell wrong numbers of licences; return whether there are any."""
    spoiled = False
    for index, permit in enumerate(permits):
        place = f"{at}/permits/{index}"
        if permit.quantity is not None:
            value = permit.quantity.value
            spoiled |= _tell(faults, PERMIT_QUANTITY, f"{place}/quantity/value", value)
        spoiled |= _tell(faults, PERMIT_AMOUNT, f"{place}/amount", permit.amount)
        spoiled |= _tell_count(faults, PERMIT_LINE, f"{place}/line", permit.line)
    return spoiled


def _tell_rest(line: Line, at: str, faults: list[Fault]) -> bool:
    """Tell wrong numbers of what a line has beside its own figures; return whether there are."""
    spoiled = _tell_permits(line.permits, at, faults)
    for place, field, value in _taxes(line, at):
        if not value.is_zero():
            spoiled |= _tell(faults, field, place, value)
    for index, packages in enumerate(line.packages):
        place = f"{at}/packages/{index}/count"
        spoiled |= _tell_count(faults, LINE_PACKAGES, place, packages.count)
    if line.preference is not None:
        place = f"{at}/preference/line"
        spoiled |= _tell_count(faults, CERTIFICATE_LINE, place, line.preference.line)
    return spoiled


def _taxes(line: Line, at: str) -> Iterator[tuple[str, Field, Decimal]]:
    """Yield what the trader computed: a tax may be nothing."""
    for index, tax in enumerate(line.taxes):
        for name, value in (("base", tax.base), ("rate", tax.rate), ("amount", tax.amount)):
            if value is not None:
                yield f"{at}/taxes/{index}/{name}", COMPUTED_TAX, value


def _without_header(submission: Submission) -> Submission:
    mass, invoice = submission.mass, submission.invoice
    return replace(
        submission,
        mass=Mass(finite(mass.gross), finite(mass.net)),
        invoice=replace(invoice, total=finite(invoice.total)),
    )


def _without_numbers(permits: tuple[Permit, ...]) -> tuple[Permit, ...]:
    """Return the licences without quantities that are none: each then counts for all its lines."""
    return tuple(
        permit
        if permit.quantity is None
        else replace(permit, quantity=replace(permit.quantity, value=finite(permit.quantity.value)))
        for permit in permits
    )


def _without(line: Line) -> Line:
    def kept(quantity: Quantity) -> Quantity:
        return replace(quantity, value=finite(quantity.value))

    return replace(
        line,
        quantity=kept(line.quantity),
        first=kept(line.first),
        second=kept(line.second),
        mass=Mass(finite(line.mass.gross), finite(line.mass.net)),
        price=finite(line.price),
        total=finite(line.total),
        permits=_without_numbers(line.permits),
    )
