"""Which numbers may be declared: above zero, and no more places than are kept.

Source: ours, between the formats' own limits: 19 digits, 6 of them behind the point.
"""

from decimal import Decimal, InvalidOperation
from operator import attrgetter
from typing import Final

from msgspec.structs import replace

from tongguan.domain.declarations import problems
from tongguan.domain.declarations.rules.fields import HEADER, LINE, Field
from tongguan.domain.declarations.values import Line, Mass, Quantity, Submission
from tongguan.kernel.problems import Fault

BOUND: Final = Decimal(10) ** 13
SMALLEST: Final = Decimal("0.000001")
ZERO: Final = Decimal(0)
_SURELY_FINE: Final = 8
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

    Return the submission without the numbers that are none (infinite, not a number), so that all
    later checks can compare.
    """
    spoiled = not all(map(_fine, _header_numbers(submission)))
    if spoiled:
        for field, value in zip(_HEADER_FIELDS, _header_numbers(submission), strict=True):
            _tell(faults, field, field.pointer, value)
        submission = _without_header(submission)
    lines: list[Line] | None = None
    for index, line in enumerate(submission.lines):
        if all(map(_fine, _line_numbers(line))):
            continue
        for field, value in zip(_LINE_FIELDS, _line_numbers(line), strict=True):
            _tell(faults, field, field.on(index), value)
        lines = lines or list(submission.lines)
        lines[index] = _without(line)
    return submission if lines is None else replace(submission, lines=tuple(lines))


def _fine(value: Decimal | None) -> bool:
    if value is None:
        return True
    try:
        bounded = SMALLEST <= value < BOUND
    except InvalidOperation:
        return False
    return bounded and (len(str(value)) <= _SURELY_FINE or value == value.quantize(SMALLEST))


def _tell(faults: list[Fault], field: Field, pointer: str, value: Decimal | None) -> None:
    if value is None or _fine(value):
        return
    if not value.is_finite():
        faults.append(problems.NO_NUMBER.at(pointer, field=field, value=str(value)))
    elif value <= ZERO:
        faults.append(problems.NOT_ABOVE_ZERO.at(pointer, field=field, value=_plain(value)))
    else:
        faults.append(problems.TOO_MANY_DIGITS.at(pointer, field=field, value=_plain(value)))


def _plain(value: Decimal) -> str:
    return f"{value:f}" if abs(value.adjusted()) < 30 else str(value)


def finite(value: Decimal | None) -> Decimal | None:
    """Return the number, or None where it is none or too large to reckon with."""
    if value is None or not value.is_finite() or abs(value.adjusted()) > 30:
        return None
    return value


def _without_header(submission: Submission) -> Submission:
    mass, invoice = submission.mass, submission.invoice
    return replace(
        submission,
        mass=Mass(finite(mass.gross), finite(mass.net)),
        invoice=replace(invoice, total=finite(invoice.total)),
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
    )
