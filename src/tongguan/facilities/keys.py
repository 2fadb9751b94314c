"""Keys of this installation, one a purpose, kept as files that only it can read or in an HSM.

Signing keys are Ed25519; a secret key is 32 bytes that something is sealed with, always a file.
"""

import secrets
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings

from tongguan.facilities.hsm import problems
from tongguan.facilities.private_files import private_folder, write_once
from tongguan.kernel.signing import Signer

if TYPE_CHECKING:
    from tongguan.facilities.hsm.token import Token

SECRET_BYTES: Final = 32
NAME_DIGITS: Final = 16
"""So many digits of its public key stand in the name of the file of a further key."""
_TOKEN: Final = "tongguan.facilities.hsm.token"  # noqa: S105 -- loaded only where an HSM is set


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


def kept_keys(purpose: str) -> dict[bytes, Signer]:
    """Return the signing keys for a purpose that this node has, by their public keys.

    Those in files come first, then those in the token. Which of them is in use is said in the
    database (`ledger.installation_keys`).

    Raises:
        TypeError: a file holds no Ed25519 key.
        ProblemError: HSM-001 to HSM-008, a token is set and cannot be asked.
    """
    hsm = token()
    in_token = {} if hsm is None else hsm.keys(purpose)
    filed = filed_keys(purpose)
    return {**filed, **{public: key for public, key in in_token.items() if public not in filed}}


def signer(purpose: str, public: bytes) -> Signer | None:
    """Return the signing key with this public key; None where this node does not have it.

    A token is asked only where no file holds it.

    Raises:
        TypeError, ProblemError: as `kept_keys`.
    """
    filed = filed_keys(purpose).get(public)
    hsm = token() if filed is None else None
    return filed if hsm is None else hsm.keys(purpose).get(public)


def filed_keys(purpose: str) -> dict[bytes, Ed25519PrivateKey]:
    """Return the signing keys in the files `PURPOSE.pem` and `PURPOSE-….pem`, by their public keys.

    Raises:
        TypeError: a file holds no Ed25519 key.
    """
    folder = Path(settings.KEYS_DIR)
    paths = [folder / f"{purpose}.pem", *sorted(folder.glob(f"{purpose}-*.pem"))]
    keys = [_key(path, path.stat().st_mtime_ns) for path in paths if path.exists()]
    return {_public(key): key for key in keys}


def public_keys(purpose: str) -> frozenset[bytes]:
    """Return with what signatures of a purpose are checked: 32 bytes for each key of this node.

    Raises:
        TypeError, ProblemError: as `kept_keys`.
    """
    return frozenset(kept_keys(purpose))


def believed_keys(purpose: str) -> Iterator[bytes]:
    """Yield the same keys one by one; a token is asked only by who wants more than is known of it.

    So what was signed can be checked while the HSM is away.

    Raises:
        TypeError, ProblemError: as `kept_keys`.
    """
    yield from filed_keys(purpose)
    hsm = token()
    if hsm is not None:
        yield from hsm.known(purpose)
        yield from hsm.keys(purpose)


def token() -> "Token | None":
    """Return the token that the settings name; None where they name none and keys are files.

    Raises:
        ProblemError: HSM-001 they name only a part of what is needed, HSM-002 the extra `hsm` is
            not installed.
    """
    named = {
        "TONGGUAN_PKCS11_MODULE": settings.PKCS11_MODULE,
        "TONGGUAN_PKCS11_TOKEN": settings.PKCS11_TOKEN,
        "TONGGUAN_PKCS11_PIN_FILE": settings.PKCS11_PIN_FILE,
    }
    if not any(named.values()):
        return None
    if not all(named.values()):
        lacking = ", ".join(name for name, value in named.items() if not value)
        raise problems.PARTLY_SET.error(lacking=lacking)
    try:
        module = import_module(_TOKEN)
    except ModuleNotFoundError as error:
        raise problems.NOT_INSTALLED.error(package=error.name) from error
    found: Token = module.token(*named.values())
    return found


def make_key(purpose: str) -> bytes:
    """Make the first signing key of a home for a purpose, or a further one; return its public key.

    It is made in the token where one is set. Several may make the first file at once: the key of
    whoever writes first is everybody's.

    Raises:
        TypeError, ProblemError: as `kept_keys`.
    """
    hsm = token()
    if hsm is not None:
        return hsm.make(purpose)
    folder = private_folder(Path(settings.KEYS_DIR))
    if not filed_keys(purpose):
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
