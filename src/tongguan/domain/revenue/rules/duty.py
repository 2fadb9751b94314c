"""Import, export and anti-dumping duty on one line, before rounding, in CNY.

Source: Customs Law, art. 55; duty: Decree 392, art. 36; from 2024-12-01 Tariff Law, ch. 3. That
anti-dumping duty is taken on the customs value alone is our reading of Decree 328.
"""

from decimal import Decimal


def ad_valorem(value: Decimal, rate: Decimal) -> Decimal:
    """Return duty by value; `rate` is a share of 1.

    >>> ad_valorem(Decimal("748284.14"), Decimal("0.08"))
    Decimal('59862.7312')
    """
    return value * rate


def specific(quantity: Decimal, amount: Decimal, each: Decimal) -> Decimal:
    """Return duty by quantity: `amount` CNY for `each` units of `quantity`."""
    return quantity * amount / each


def compound(
    value: Decimal, rate: Decimal, quantity: Decimal, amount: Decimal, each: Decimal
) -> Decimal:
    """Return duty by value and by quantity together."""
    return value * rate + quantity * amount / each
