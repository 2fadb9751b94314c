"""How a witness outside sees to it that a ledger only grows, and what he signs.

A witness keeps the last checkpoint that he saw. He countersigns another only when it follows that
one without a gap, so that nobody who has the ledger's own key can show him a shorter history or a
second one. Source of the idea: C2SP tlog-witness.
"""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tongguan.facilities.ledger import problems
from tongguan.facilities.ledger.rules.checkpoints import is_signed, seal
from tongguan.facilities.ledger.values import CheckpointRow, Countersignature
from tongguan.kernel.problems import Fault


def statement(*, witness: str, number: int, hash: bytes, at: datetime) -> bytes:
    """Return what a witness signs: five lines that anyone can write without this program."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    lines = ("tongguan countersignature", witness, str(number), hash.hex(), moment)
    return "".join(f"{line}\n" for line in lines).encode()


def is_genuine(one: Countersignature, keys: Collection[bytes]) -> bool:
    """Return whether a countersignature is of one of these keys, or of its own where none is."""
    if keys and one.key not in keys:
        return False
    said = statement(witness=one.witness, number=one.number, hash=one.hash, at=one.at)
    try:
        Ed25519PublicKey.from_public_bytes(one.key).verify(one.signature, said)
    except (InvalidSignature, ValueError):
        return False
    return True


def refusal(
    rows: Sequence[CheckpointRow], *, seen: CheckpointRow | None, keys: Collection[bytes]
) -> Fault | None:
    """Return why a witness does not countersign the last of these checkpoints, or None.

    Args:
        rows: as they came, in their order.
        seen: the last one that he saw; None for his first, which he takes as it is.
        keys: the public keys of the ledger.
    """
    if not rows:
        return problems.NOTHING_TO_COUNTERSIGN.at("")
    if seen is not None and rows[-1].number < seen.number:
        return problems.ROLLED_BACK.at("", number=rows[-1].number, seen=seen.number)
    before = seen
    for row in rows:
        if row.key not in keys or not is_signed(row):
            told = ", ".join(sorted(key.hex() for key in keys))
            return problems.NOT_SIGNED.at("", number=row.number, key=told)
        if not _is_sealed(row) or not _follows(row, before):
            known = 0 if before is None else before.number
            return problems.NOT_FOLLOWING.at("", number=row.number, seen=known)
        if before is not None and _shrank(before, row):
            return problems.COUNTS_FALL.at("", number=row.number)
        if before is None or row.number >= before.number:
            before = row
    return None


def _follows(row: CheckpointRow, before: CheckpointRow | None) -> bool:
    if before is None or row.number < before.number:
        return True
    if row.number == before.number:
        return row.hash == before.hash
    return row.number == before.number + 1 and row.previous == before.hash


def _is_sealed(row: CheckpointRow) -> bool:
    return row.hash == seal(
        row.previous,
        number=row.number,
        at=row.at,
        count=row.count,
        digest=row.digest,
        totals=row.totals,
    )


def _shrank(before: CheckpointRow, row: CheckpointRow) -> bool:
    if before.totals is None or row.number <= before.number:
        return False
    return row.totals is None or any(
        later < earlier for later, earlier in zip(row.totals, before.totals, strict=True)
    )
