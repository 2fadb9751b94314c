"""The hash of a criterion and of a set of them, and how a set is committed to.

Anyone can compute both without this program (docs/verify): a criterion is hashed as JSON with its
members by name and no spaces; a set as one line a criterion, in order.
"""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import Final

from msgspec import json

from tongguan.domain.risk.criteria import Criterion, Share

_ENCODER: Final = json.Encoder(decimal_format="string", order="sorted")


def canonical(criterion: Criterion) -> str:
    """Return a criterion as the text that is hashed, and kept."""
    return _ENCODER.encode(criterion).decode()


def shares_text(shares: Iterable[Share]) -> str:
    """Return the shares of the region pack as they are kept with a commitment: one a line."""
    return "\n".join(canonical(one) for one in shares)


def read_shares(text: str) -> tuple[Share, ...]:
    """Return the shares that are kept with a commitment."""
    return tuple(json.decode(line, type=Share) for line in text.splitlines())


def changed_shares(day: date, then: Iterable[Share], now: Iterable[Share]) -> tuple[str, ...]:
    """Tell which shares of the region pack a set of a day has otherwise than the pack has today."""
    before, today = (
        {(one.treatment, one.credit): one.share for one in shares} for shares in (then, now)
    )
    return tuple(
        f"{day}: share of {' '.join(filter(None, key))}: {before.get(key, 'none')} in the set, "
        f"{today.get(key, 'none')} in the region pack today"
        for key in sorted(before.keys() | today.keys())
        if before.get(key) != today.get(key)
    )


def set_line(criterion: Criterion) -> str:
    """Return the line that stands for a criterion in its set: kind, id, version, hash."""
    hashed = sha256(_ENCODER.encode(criterion)).hexdigest()
    return f"{criterion.kind} {criterion.id} {criterion.version} {hashed}"


def set_version(lines: Iterable[str]) -> str:
    """Return the hash of a set from its lines."""
    return sha256("\n".join(sorted(lines)).encode()).hexdigest()


def set_commitment(salt: bytes, version: str) -> str:
    """Return what is published of a set: without the salt nobody can try guesses against it."""
    return sha256(salt + version.encode()).hexdigest()
