"""Signing and verifying receipts of banks. Source: RFC 8032 (Ed25519)."""

from dataclasses import replace

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tongguan.domain.revenue.values import BankReceipt
from tongguan.kernel.signing import Signer


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


def key_sound(public_key: bytes) -> bool:
    """Return whether these bytes are an Ed25519 public key."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key)
    except ValueError:
        return False
    return True
