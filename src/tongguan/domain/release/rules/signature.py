"""What a release order says to a gate that has no network, and its signature.

The order is a compact JWS (RFC 7515) signed with Ed25519 (RFC 8037): header, payload and signature
in base64url, with points between. Any gate checks it with the published key.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from msgspec import DecodeError, Struct, ValidationError, json

from tongguan.kernel.signing import Signer

_HEADER: Final = {"alg": "EdDSA", "typ": "tongguan-release+jws"}


class Slip(Struct, frozen=True, forbid_unknown_fields=True):
    """What a release order says: which order, number, unit, office, site and since when."""

    order: str
    number: str
    unit: str
    office: str
    site: str
    at: datetime


def sign(slip: Slip, key: Signer) -> str:
    """Return the slip as a signed compact JWS, about 330 characters. Cost: 60 µs with a file."""
    told = f"{_part(json.encode(_HEADER))}.{_part(json.encode(slip))}"
    return f"{told}.{_part(key.sign(told.encode()))}"


def read(signed: str, key: Ed25519PublicKey) -> Slip | None:
    """Return what a signed slip says, or None where the signature or the form is wrong."""
    told, _, signature = signed.rpartition(".")
    try:
        key.verify(_whole(signature), told.encode())
        header, _, payload = told.partition(".")
        if json.decode(_whole(header)) != _HEADER:
            return None
        return json.decode(_whole(payload), type=Slip)
    except (InvalidSignature, ValueError, DecodeError, ValidationError):
        return None


def _part(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _whole(part: str) -> bytes:
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))
