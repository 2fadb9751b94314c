"""Fees for being late: declaring late, paying late."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final, Protocol

from tongguan.kernel.money import Rounding
from tongguan.kernel.time import LOCAL

DAY: Final = timedelta(days=1)
NOTHING: Final = Decimal(0)


class Calendar(Protocol):
    """What is needed to know of working days."""

    def next_working(self, day: date) -> date:
        """Return `day` if people work on it, else the next day on which they do."""


def days_declared_late(
    arrived: date, declared: date, *, allowed: int, sold_after: int, calendar: Calendar
) -> int:
    """Return for how many days a late-declaration fee is due.

    The first day of the fee is the day after the last allowed; on a holiday it moves to the next
    working day. The day of declaration counts. After three months customs may sell the goods, and
    a fee taken from the proceeds ends with that term; our reading: so it does for goods that were
    not sold and are declared at last. Source: Customs Law, arts 24 and 30; Order 128.

    Args:
        arrived: day on which the means of transport was declared.
        declared: day of acceptance.
        allowed: days after arrival that are free, 14.
        sold_after: days after arrival whose last is the last of the fee, 90.
        calendar: working days.
    """
    free_until = arrived + allowed * DAY
    last = min(declared, arrived + sold_after * DAY)
    if last <= free_until:
        return 0
    first = calendar.next_working(free_until + DAY)
    return max((last - first).days + 1, 0)


def late_declaration(value: Decimal, rate: Decimal, days: Decimal) -> Decimal:
    """Return the late-declaration fee before rounding: a share of the value for each day.

    >>> late_declaration(Decimal("748284.14"), Decimal("0.0005"), Decimal(6))
    Decimal('2244.852420')
    """
    return value * rate * days


def payment_due(issued: date, *, allowed: int, calendar: Calendar) -> date:
    """Return the last day to pay without surcharge; on a holiday, the next working day.

    Our reading counts from the day after issue. Source: Order 124; Tariff Law from 2024-12-01.
    """
    return calendar.next_working(issued + allowed * DAY)


def end_of(day: date) -> datetime:
    """Return the moment at which the last day of a term is over."""
    return datetime.combine(day + DAY, time(), LOCAL)


def surcharge(tax: Decimal, *, due: date, paid: date, rate: Decimal, threshold: Decimal) -> Decimal:
    """Return what is added to taxes paid late: a share for each day after the last, in fen.

    Below the threshold nothing is levied. Source: Order 124, arts 20 to 22.

    >>> surcharge(Decimal(84000), due=date(2026, 3, 2), paid=date(2026, 3, 12),
    ...           rate=Decimal("0.0005"), threshold=Decimal(50))
    Decimal('420.00')
    """
    days = (paid - due).days
    if days <= 0:
        return NOTHING
    amount = Rounding.HALF_UP.apply(tax * rate * days)
    return amount if amount >= threshold else NOTHING
