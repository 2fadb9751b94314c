"""What signs: a key, wherever it lies."""

from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Signer(Protocol):
    """An Ed25519 key pair that signs: read from a file, or in a device that never gives it out."""

    def public_key(self) -> Ed25519PublicKey:
        """Return with what anyone can check what it signs."""
        ...

    def sign(self, data: bytes, /) -> bytes:
        """Return the signature, 64 bytes."""
        ...
