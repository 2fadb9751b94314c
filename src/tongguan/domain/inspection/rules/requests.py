"""What somebody confirms who lets others take over an examination."""

from collections.abc import Sequence
from hashlib import sha256

from msgspec import json

from tongguan.kernel.identifiers import HoldId


def request_hash(
    hold_id: HoldId,
    number: int,
    *,
    absent: Sequence[str],
    named: Sequence[str],
    ground: str,
    why: str,
    asked_by: str,
) -> str:
    """Return the hash of a request that others act: whoever confirms it names what he read.

    Args:
        hold_id: the examination.
        number: of the round that it asks for, so that a request of an earlier round is another.
        absent: who is to act no more.
        named: who is named instead; nobody where a substitute is drawn.
        ground: code of `ReplacementGround`.
        why: the ground in words.
        asked_by: account of who asks.
    """
    facts = [str(hold_id), number, [*absent], [*named], ground, why, asked_by]
    return sha256(json.encode(["tongguan replacement request 1", *facts])).hexdigest()
