"""How the secrets of software are kept: as one SHA-256."""

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.contrib.auth.hashers import BasePasswordHasher
from django.utils.crypto import constant_time_compare

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


class RandomSecretHasher(BasePasswordHasher):
    """A plain SHA-256, for secrets of 256 random bits only; never for what people choose.

    Slow hashes and salts protect passwords, which can be guessed from lists. A secret that this
    product made at random (`commands.register_client`) cannot be guessed at any speed: 2^255 tries
    on average. So a slow hash would add no safety, and would let anybody who asks for tokens keep
    the processors busy. Source: NIST SP 800-63B, 5.1.1.2 (slow hashes are asked for memorized
    secrets), 5.1.2.2 (look-up secrets of 112 bits or more: an approved hash).
    """

    algorithm = "sha256_of_random"

    def salt(self) -> str:
        """Return none: no two secrets are the same."""
        return ""

    def encode(self, password: str, salt: str = "") -> str:
        """Return the hash as it is kept."""
        return f"{self.algorithm}${sha256(password.encode()).hexdigest()}"

    def decode(self, encoded: str) -> dict[str, str]:
        """Return the parts of a hash as it is kept."""
        algorithm, _, hash_ = encoded.partition("$")
        return {"algorithm": algorithm, "hash": hash_, "salt": ""}

    def verify(self, password: str, encoded: str) -> bool:
        """Return whether this is the secret."""
        return constant_time_compare(self.encode(password), encoded)

    def safe_summary(self, encoded: str) -> "dict[str | StrPromise, Any]":
        """Return what may be shown of a hash: how it was made."""
        return {"algorithm": self.algorithm}

    def must_update(self, encoded: str) -> bool:
        """Return that there is nothing to strengthen."""
        return False

    def harden_runtime(self, password: str, encoded: str) -> None:
        """Do nothing: all hashes of this kind take the same time."""
