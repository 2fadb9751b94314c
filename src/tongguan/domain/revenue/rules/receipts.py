"""Signing and verifying receipts of banks. Source: RFC 8032 (Ed25519)."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tongguan.domain.revenue import problems
from tongguan.domain.revenue.values import BankReceipt
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.signing import Signer
from tongguan.kernel.time import LOCAL

CLOCKS_DIFFER: Final = timedelta(minutes=5)
"""So much a bank's clock and ours may differ."""


def signed(receipt: BankReceipt, number: str, key: Signer) -> BankReceipt:
    """Return the receipt as a bank with this key signs it, for one customs number."""
    return replace(receipt, signature=key.sign(receipt.signed_content(number)))


def genuine(receipt: BankReceipt, number: str, public_key: bytes) -> bool:
    """Return whether a receipt carries the signature of the bank with this key (32 raw bytes)."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(
            receipt.signature, receipt.signed_content(number)
        )
    except InvalidSignature:
        return False
    return True


def require_possible(receipt: BankReceipt, *, since: datetime, now: datetime) -> None:
    """Refuse a moment of payment that cannot be one. Source: ours.

    What is owed is known from the acceptance of the declaration on, and no bank confirms what it
    has yet to receive.

    Raises:
        ProblemError: REV-017.
    """
    if not since - CLOCKS_DIFFER <= receipt.paid_at <= now + CLOCKS_DIFFER:
        told = {"paid_at": _local(receipt.paid_at), "since": _local(since)}
        raise ProblemError(problems.PAID_AT_NO_TIME.at("#/paid_at", **told))


def _local(at: datetime) -> str:
    return at.astimezone(LOCAL).isoformat(sep=" ", timespec="seconds")


def key_sound(public_key: bytes) -> bool:
    """Return whether these bytes are an Ed25519 public key."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key)
    except ValueError:
        return False
    return True
