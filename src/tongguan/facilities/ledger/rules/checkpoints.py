"""How a checkpoint is sealed to the one before it and signed, and how it is checked."""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from msgspec import json

from tongguan.facilities.ledger.values import CheckpointRow, HeadRow, Wrong


def digest(heads: Iterable[HeadRow]) -> tuple[int, bytes]:
    """Return how many heads there are, and the hash (SHA-256) over them.

    What is hashed is a line a head: chain, number, hash in hexadecimal, with spaces between.

    Args:
        heads: in order of chain.
    """
    count, hashed = 0, sha256()
    for head in heads:
        count += 1
        hashed.update(f"{head.chain} {head.number} {head.hash.hex()}\n".encode())
    return count, hashed.digest()


def seal(
    previous: bytes,
    *,
    number: int,
    at: datetime,
    count: int,
    digest: bytes,
    totals: tuple[int, int, int] | None,
) -> bytes:
    """Return the hash (SHA-256) that ties a checkpoint to all before it; this is what is signed.

    What is hashed is the previous hash and a JSON list of number, moment in UTC, count, digest in
    hexadecimal and, unless it is of an earlier version, the totals: anyone can compute it without
    this program.

    Args:
        previous: the hash of the checkpoint before it.
        number: its own.
        at: the moment of signing.
        count: so many heads.
        digest: the hash over them.
        totals: how much has been signed in all: entries, chains, and the last entry looked at.
    """
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    told = [number, moment, count, digest.hex(), *(totals or ())]
    return sha256(previous + json.encode(told)).digest()


def wrong_with(
    row: CheckpointRow,
    *,
    previous: bytes,
    number: int,
    counted: tuple[int, bytes],
    keys: Collection[bytes],
) -> Wrong | None:
    """Return what is wrong with a checkpoint, or None.

    Args:
        row: as it is kept.
        previous: the hash of the checkpoint before it.
        number: its place by counting.
        counted: `digest` of its heads as they are kept.
        keys: public keys whose signatures count.
    """
    sealed = seal(
        previous,
        number=number,
        at=row.at,
        count=row.count,
        digest=row.digest,
        totals=row.totals,
    )
    places = (row.number, row.previous, row.hash, row.count, row.digest)
    if places != (number, previous, sealed, *counted):
        return Wrong.CHECKPOINT
    if row.key not in keys or not is_signed(row):
        return Wrong.SIGNATURE
    return None


def is_signed(row: CheckpointRow) -> bool:
    """Return whether the signature of a checkpoint is of the key that it names."""
    try:
        Ed25519PublicKey.from_public_bytes(row.key).verify(row.signature, row.hash)
    except (InvalidSignature, ValueError):
        return False
    return True
