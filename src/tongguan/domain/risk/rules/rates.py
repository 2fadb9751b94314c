"""Shares with their intervals, and whether two shares differ."""

from decimal import Decimal
from typing import Final

Z_95: Final = Decimal("1.959963985")
_PLACES: Final = Decimal("0.0001")

Interval = tuple[Decimal, Decimal, Decimal]
"""A share, and the least and greatest that its 95 per cent interval holds; to four places."""


def wilson(found: int, of: int) -> Interval | None:
    """Return a share with its 95 per cent interval, or None of nothing.

    Source: Wilson 1927, without correction for continuity.

    >>> [str(one) for one in wilson(3, 200)]
    ['0.0150', '0.0051', '0.0432']
    """
    if not of:
        return None
    n, share = Decimal(of), Decimal(found) / of
    centre = share + Z_95 * Z_95 / (2 * n)
    margin = Z_95 * (share * (1 - share) / n + Z_95 * Z_95 / (4 * n * n)).sqrt()
    whole = 1 + Z_95 * Z_95 / n
    low, high = (centre - margin) / whole, (centre + margin) / whole
    return (
        share.quantize(_PLACES),
        max(low, Decimal(0)).quantize(_PLACES),
        min(high, Decimal(1)).quantize(_PLACES),
    )


def verdict(own: Interval, others: Decimal | None) -> int:
    """Return 1 where others' share lies below the interval, -1 where above, 0 within or unknown."""
    if others is None:
        return 0
    _share, low, high = own
    return int(others < low) - int(others > high)
