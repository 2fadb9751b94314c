"""Consumption tax on imported goods, on one line, before rounding, in CNY.

The tax is part of its own base. Dividing last keeps ties exact. Source: Decree 539, arts 4 and 9.
"""

from decimal import Decimal

ONE = Decimal(1)


def ad_valorem(base: Decimal, rate: Decimal) -> Decimal:
    """Return the tax by value; `base` is customs value with duties, `rate` a share of 1.

    >>> ad_valorem(Decimal("245129.40"), Decimal("0.09")).quantize(Decimal("0.01"))
    Decimal('24243.57')
    """
    return base * rate / (ONE - rate)


def specific(quantity: Decimal, amount: Decimal, each: Decimal) -> Decimal:
    """Return the tax by quantity: `amount` CNY for `each` units of `quantity`.

    A tonne of beer is 988 litres:

    >>> specific(Decimal(20000), Decimal(250), Decimal(988)).quantize(Decimal("0.01"))
    Decimal('5060.73')
    """
    return quantity * amount / each


def compound(
    base: Decimal, rate: Decimal, quantity: Decimal, amount: Decimal, each: Decimal
) -> Decimal:
    """Return the tax by value and by quantity together; the second is part of the first's base.

    >>> compound(Decimal(105000), Decimal("0.2"), Decimal(1000), Decimal("0.912"), ONE)
    Decimal('27390.000')
    """
    by_quantity = quantity * amount / each
    return (base + by_quantity) * rate / (ONE - rate) + by_quantity
