"""Numbers, days and moments that a person typed: the one that is meant, or none."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from tongguan.kernel.time import LOCAL, in_utc

LONGEST: Final = 40
"""Characters of a number; no quantity or amount of the trade needs as many."""
_BLANKS: Final = " \u00a0\u2009\u202f\u3000"
_WIDE: Final = {
    **{0xFF10 + digit: str(digit) for digit in range(10)},
    ord("\uff0c"): ",",
    ord("\uff0e"): ".",
    ord("\uff0d"): "-",
    **dict.fromkeys(map(ord, _BLANKS), " "),
}
_TYPED: Final = re.compile(
    r"(-?)([0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+)(\.[0-9]+)?"
)
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
    r"(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)
_EARLIEST: Final = 1900
_LATEST: Final = 9000


def typed_number(text: str) -> Decimal | None:
    """Return the number that a person typed, or None where what was typed is none, or may be two.

    The decimal sign is a point. A comma or a blank only stands between thousands, always the same
    one: `16440,00` and `1 000,5` are no numbers here, for a comma before two digits is a decimal
    comma elsewhere. Full-width digits and signs are read as plain ones; digits of other scripts,
    exponents, units and signs of currencies are not read.

    >>> typed_number("16,440.00"), typed_number("１６ 440.5"), typed_number("-3")
    (Decimal('16440.00'), Decimal('16440.5'), Decimal('-3'))
    >>> typed_number("16440,00"), typed_number("1 000,5"), typed_number("1.000,5")
    (None, None, None)
    """
    plain = text.strip(f"{_BLANKS}\t\r\n")
    found = _TYPED.fullmatch(plain.translate(_WIDE)) if len(plain) <= LONGEST else None
    if found is None:
        return None
    sign, whole, fraction = found.groups()
    return Decimal(f"{sign}{whole.replace(',', '').replace(' ', '')}{fraction or ''}")


def typed_whole(text: str) -> int | None:
    """Return the whole number that a person typed, or None where it is none.

    >>> typed_whole("1,250"), typed_whole("42"), typed_whole("42.0"), typed_whole("1,25")
    (1250, 42, None, None)
    """
    found = typed_number(text)
    return int(found) if found is not None and found.as_tuple().exponent == 0 else None


def typed_day(text: str) -> date | None:
    """Return the day that a person typed as `2026-11-20`, or None: no other order is guessed.

    >>> typed_day(" 2026-11-20 "), typed_day("20.11.2026"), typed_day("0001-01-01")
    (datetime.date(2026, 11, 20), None, None)
    """
    plain = text.strip(f"{_BLANKS}\t\r\n")
    plain = plain.translate(_WIDE) if len(plain) <= LONGEST else ""
    if not _DAY.fullmatch(plain):
        return None
    try:
        found = date.fromisoformat(plain)
    except ValueError:
        return None
    return found if _EARLIEST <= found.year < _LATEST else None


def typed_moment(text: str) -> datetime | None:
    """Return in UTC the moment that a person typed; where no zone is said, the region's is meant.

    A day without a time is no moment.

    >>> typed_moment("2026-11-20T14:30").isoformat(), typed_moment("2026-11-20")
    ('2026-11-20T06:30:00+00:00', None)
    """
    plain = text.strip(f"{_BLANKS}\t\r\n").translate(_WIDE)
    if not _MOMENT.fullmatch(plain):
        return None
    try:
        found = datetime.fromisoformat(plain)
    except ValueError:
        return None
    return in_utc(found if found.tzinfo else found.replace(tzinfo=LOCAL))
