"""Random choice that anyone entitled can recompute: a seed, committed before its day.

A choice is HMAC-SHA256(seed, key); its first eight bytes are a number between 0 and 1, and what is
below the share is drawn. A hash of the seed is published the day before, the seed itself after.
"""

import hmac
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Final

SEED_BYTES: Final = 32
_WHOLE: Final = 1 << 64


def commitment(day: date, seed: bytes) -> str:
    """Return what is published of the seed of a day before it begins."""
    return sha256(f"tongguan seed {day.isoformat()}\n".encode() + seed).hexdigest()


def fraction(seed: bytes, key: str) -> int:
    """Return the number of a key, from 0 to 2**64 - 1. Cost: 1.5 µs."""
    return int.from_bytes(hmac.digest(seed, key.encode(), "sha256")[:8], "big")


def limit(share: Decimal) -> int:
    """Return the number below which a key is drawn, where `share` of 1 of all keys shall be."""
    return max(0, min(_WHOLE, int(share * _WHOLE)))


def drawn(seed: bytes, key: str, share: Decimal) -> bool:
    """Return whether a key is drawn, where `share` of 1 of all keys shall be."""
    return fraction(seed, key) < limit(share)


def draw_officers(
    seed: bytes, order_key: str, present: Iterable[str], n: int = 2
) -> tuple[str, ...]:
    """Return the officers drawn for an order from those present, whatever their order.

    Source: 双随机, random choice of the goods and of the officers; WCO News 83 on its ground.
    """
    numbered = ((fraction(seed, f"officer/{order_key}/{name}"), name) for name in set(present))
    return tuple(name for _number, name in sorted(numbered)[:n])
