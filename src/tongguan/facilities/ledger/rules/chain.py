"""How an entry is sealed to the one before it, and how a chain is checked."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final
from uuid import UUID

from msgspec import json

from tongguan.facilities.ledger.values import EntryRow

BEGINNING: Final = bytes(32)


def seal(
    previous: bytes,
    *,
    chain: UUID,
    number: int,
    kind: str,
    at: datetime,
    by: str,
    facts: Mapping[str, str],
) -> bytes:
    """Return the hash (SHA-256, 32 bytes) that ties an entry to all before it.

    What is hashed is the previous hash and a JSON list of chain, number, kind, moment in UTC,
    account and facts by name: anyone can compute it without this program.
    """
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    told = [str(chain), number, kind, moment, by, sorted(facts.items())]
    return sha256(previous + json.encode(told)).digest()


def broken_at(entries: Sequence[EntryRow]) -> int | None:
    """Return the number of the first entry of one chain that does not fit, or None.

    Args:
        entries: one whole chain, by number.
    """
    previous = BEGINNING
    for expected, entry in enumerate(entries, start=1):
        sealed = seal(
            previous,
            chain=entry.chain,
            number=expected,
            kind=entry.kind,
            at=entry.at,
            by=entry.by,
            facts=entry.facts,
        )
        if entry.number != expected or entry.previous != previous or entry.hash != sealed:
            return expected
        previous = entry.hash
    return None
