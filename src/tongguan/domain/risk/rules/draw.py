"""Random choice that anyone entitled can recompute: a seed, committed before its day.

A choice is HMAC-SHA256(seed, key); its first eight bytes are a number between 0 and 1, and what is
below the share is drawn. The seed's SHA-256 is published the day before, the seed itself after.
"""

import hmac
from collections.abc import Sequence
from decimal import Decimal
from hashlib import sha256
from typing import Final

_WHOLE: Final = 1 << 64


def commitment(seed: bytes) -> str:
    """Return what is published of a seed before its day."""
    return sha256(seed).hexdigest()


def fraction(seed: bytes, key: str) -> int:
    """Return the number of a key, from 0 to 2**64 - 1."""
    return int.from_bytes(hmac.digest(seed, key.encode(), "sha256")[:8], "big")


def drawn(seed: bytes, key: str, share: Decimal) -> bool:
    """Return whether a key is drawn, where `share` of 1 of all keys shall be. Cost: 3 µs."""
    if share <= 0:
        return False
    return share >= 1 or fraction(seed, key) < int(share * _WHOLE)


def officers(seed: bytes, key: str, present: Sequence[str], count: int = 2) -> tuple[str, ...]:
    """Return the officers drawn for an order, from those present, whatever their order."""
    return tuple(sorted(present, key=lambda name: fraction(seed, f"{key}/{name}"))[:count])
