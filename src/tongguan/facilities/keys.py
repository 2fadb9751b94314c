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
NAME_DIGITS: Final = 16
"""So many digits of its public key stand in the name of the file of a further key."""


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


def kept_keys(purpose: str) -> dict[bytes, Ed25519PrivateKey]:
    """Return the signing keys for a purpose that this home holds, by their public keys.

    They are the files `PURPOSE.pem` and `PURPOSE-….pem`. Which of them is in use is said in the
    database (`ledger.installation_keys`).

    Raises:
        TypeError: a file holds no Ed25519 key.
    """
    folder = Path(settings.KEYS_DIR)
    paths = [folder / f"{purpose}.pem", *sorted(folder.glob(f"{purpose}-*.pem"))]
    keys = [_key(path, path.stat().st_mtime_ns) for path in paths if path.exists()]
    return {_public(key): key for key in keys}


def public_keys(purpose: str) -> frozenset[bytes]:
    """Return with what signatures of a purpose are checked: 32 bytes for each key of this home."""
    return frozenset(kept_keys(purpose))


def make_key(purpose: str) -> bytes:
    """Make the first signing key of a home for a purpose, or a further one; return its public key.

    Several may make the first at once: the key of whoever writes first is everybody's.
    """
    folder = private_folder(Path(settings.KEYS_DIR))
    if not kept_keys(purpose):
        return _public(key_of(folder / f"{purpose}.pem"))
    key = Ed25519PrivateKey.generate()
    public = _public(key)
    write_once(folder / f"{purpose}-{public.hex()[:NAME_DIGITS]}.pem", _pem(key))
    return public


def key_of(path: Path) -> Ed25519PrivateKey:
    """Return the key in a file; made when there is none.

    Raises:
        TypeError: the file holds no Ed25519 key.
    """
    private_folder(path.parent)
    if not path.exists():
        write_once(path, _pem(Ed25519PrivateKey.generate()))
    return _key(path, path.stat().st_mtime_ns)


@cache
def _key(path: Path, _written: int) -> Ed25519PrivateKey:
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path.name} holds no Ed25519 key")
    return key


def _public(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def _pem(key: Ed25519PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
