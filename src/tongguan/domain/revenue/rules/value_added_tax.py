"""Value added tax on imported goods, on one line, before rounding, in CNY.

Source: Decree 538, art. 14; from 2026-01-01 VAT Law, ch. 3.
"""

from decimal import Decimal


def tax(base: Decimal, rate: Decimal) -> Decimal:
    """Return the tax; `base` is customs value, duties and consumption tax as far as levied.

    >>> tax(Decimal(600), Decimal("0.13"))
    Decimal('78.00')
    """
    return base * rate
