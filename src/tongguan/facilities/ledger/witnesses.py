"""Countersigning another district's checkpoints, and keeping what others countersigned of ours."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from pathlib import Path

from django.db import transaction
from msgspec import DecodeError, json

from tongguan.facilities.ledger import problems
from tongguan.facilities.ledger.lines import checkpoint_line, read_checkpoint
from tongguan.facilities.ledger.models import Checkpoint, Countersigned
from tongguan.facilities.ledger.rules.witnessing import is_genuine, refusal, statement
from tongguan.facilities.ledger.values import CheckpointRow, Countersignature
from tongguan.facilities.private_files import write_anew
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.signing import Signer


def countersign(
    rows: Sequence[CheckpointRow],
    *,
    state: Path,
    keys: Collection[bytes],
    witness: str,
    signing: Signer,
    now: datetime,
) -> Countersignature:
    """Countersign the last of another ledger's checkpoints, if they follow the last one seen.

    What was seen is kept before the signature is given out: a witness never signs two histories.

    Args:
        rows: the checkpoints since the last one seen.
        state: the file that keeps the last one seen; made the first time.
        keys: public keys of that ledger.
        witness: the name of who countersigns.
        signing: his key.
        now: the moment.

    Raises:
        ProblemError: LED-002 to LED-006, LED-008.
    """
    fault = refusal(rows, seen=_seen(state), keys=keys)
    if fault is not None:
        raise ProblemError(fault)
    last = rows[-1]
    write_anew(state, json.encode(checkpoint_line(last)) + b"\n")
    said = statement(witness=witness, number=last.number, hash=last.hash, at=now)
    key = signing.public_key().public_bytes_raw()
    return Countersignature(witness, last.number, last.hash, now, key, signing.sign(said))


@transaction.atomic(durable=True)
def keep_countersignatures(found: Iterable[Countersignature], *, keys: Collection[bytes]) -> int:
    """Keep what witnesses countersigned of our checkpoints; the same again changes nothing.

    Args:
        found: from witnesses.
        keys: public keys of the witnesses that count; any where there are none.

    Returns:
        How many are new.

    Raises:
        ProblemError: LED-007 one is not genuine, or of a checkpoint that this ledger does not have.
    """
    new = 0
    for one in found:
        checkpoint = Checkpoint.objects.filter(pk=one.number).first()
        fits = checkpoint is not None and bytes(checkpoint.hash) == one.hash
        if not fits or not is_genuine(one, keys):
            raise problems.NOT_GENUINE.error(witness=one.witness, number=one.number)
        _row, made = Countersigned.objects.get_or_create(
            checkpoint_id=one.number,
            key=one.key,
            defaults={
                "witness": one.witness,
                "hash": one.hash,
                "at": one.at,
                "signature": one.signature,
            },
        )
        new += made
    return new


def _seen(state: Path) -> CheckpointRow | None:
    if not state.exists():
        return None
    try:
        return read_checkpoint(json.decode(state.read_bytes()))
    except (DecodeError, KeyError, TypeError, ValueError) as error:
        raise problems.WITNESS_UNREADABLE.error(file=state.name) from error
