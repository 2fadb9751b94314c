"""Keys of this installation, one a purpose, kept as files that only it can read.

Signing keys are Ed25519; a secret key is 32 bytes that something is sealed with.
"""

import secrets
from functools import cache
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings

from tongguan.facilities.private_files import private_folder, write_once

SECRET_BYTES: Final = 32


class KeyMissingError(LookupError):
    """A key that was made before is not here, and making another would hide that."""

    def __init__(self, path: Path) -> None:
        """Take the file that is missing."""
        super().__init__(f"no key {path}")
        self.name = path.name


def secret_key(purpose: str, *, make: bool = False) -> bytes:
    """Return the 32 bytes that are kept secret for a purpose.

    Args:
        purpose: as `seeds`.
        make: make it where it is not there. Only who knows that none was made before asks for that.

    Raises:
        KeyMissingError: it is not there, or the file holds something else.
    """
    path = Path(settings.KEYS_DIR) / f"{purpose}.key"
    if not path.exists():
        if not make:
            raise KeyMissingError(path)
        private_folder(path.parent)
        write_once(path, secrets.token_bytes(SECRET_BYTES))
    found = path.read_bytes()
    if len(found) != SECRET_BYTES:
        raise KeyMissingError(path)
    return found


def signing_key(purpose: str) -> Ed25519PrivateKey:
    """Return the key for a purpose (`release`, `ledger`); made when first asked for.

    Raises:
        TypeError: the file holds no Ed25519 key.
    """
    return _key(Path(settings.KEYS_DIR) / f"{purpose}.pem")


def public_key(purpose: str) -> bytes:
    """Return the 32 bytes with which anyone can check what was signed for a purpose."""
    return _public(signing_key(purpose))


def key_of(path: Path) -> Ed25519PrivateKey:
    """Return the key in a file; made when there is none.

    Raises:
        TypeError: the file holds no Ed25519 key.
    """
    return _key(path)


def public_keys(purpose: str) -> frozenset[bytes]:
    """Return with what signatures of a purpose are checked: the key in use, and those before it.

    A key that was replaced stays beside the new one as `PURPOSE-….pem`.
    """
    retired = Path(settings.KEYS_DIR).glob(f"{purpose}-*.pem")
    return frozenset({public_key(purpose), *(_public(_key(path)) for path in retired)})


@cache
def _key(path: Path) -> Ed25519PrivateKey:
    private_folder(path.parent)
    if not path.exists():
        _make(path)
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path.name} holds no Ed25519 key")
    return key


def _public(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def _make(path: Path) -> None:
    made = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    write_once(path, made)  # several may ask at once: the first to write its key decides
