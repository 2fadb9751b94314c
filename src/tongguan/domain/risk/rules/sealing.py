"""Seeds as they are kept until their day is over: encrypted, and bound to their day.

ChaCha20-Poly1305 (RFC 8439) under a key that is kept outside the database, so that whoever reads
the tables or a dump of them reads no seed. What was moved to another day does not open.
"""

from datetime import date
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

NONCE_BYTES: Final = 12


def seal(key: bytes, day: date, seed: bytes, *, nonce: bytes) -> bytes:
    """Return the seed of a day sealed: the nonce, then what is encrypted.

    The key has 32 bytes; the nonce 12, never the same twice under one key.
    """
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, seed, _bound_to(day))


def unseal(key: bytes, day: date, sealed: bytes) -> bytes | None:
    """Return the seed of a day, or None where this key did not seal it for this day."""
    nonce, encrypted = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    if len(nonce) < NONCE_BYTES:
        return None
    try:
        return ChaCha20Poly1305(key).decrypt(nonce, encrypted, _bound_to(day))
    except InvalidTag:
        return None


def _bound_to(day: date) -> bytes:
    return f"tongguan seed {day.isoformat()}".encode()
