"""What a signature is over, who signs a record, and the one-time code of the enterprise."""

import hmac
import secrets
from collections.abc import Collection, Iterator
from hashlib import scrypt, sha256
from typing import Final

from msgspec import json

from tongguan.domain.inspection.values import Finding, Part, Seen, SignatureRow, Signed
from tongguan.kernel.identifiers import HoldId

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and letters that nobody confuses when he reads them out."""
SIGNS: Final = 8
GROUP: Final = 4
SALT_BYTES: Final = 16


def content_hash(hold_id: HoldId, signed: Signed) -> str:
    """Return the hash that a signature is over: of the whole record of this examination."""
    content = json.encode(["tongguan examination record 3", str(hold_id), signed], order="sorted")
    return sha256(content).hexdigest()


def missing(
    officers: Collection[str], keeper: str | None, signatures: Collection[SignatureRow]
) -> Iterator[tuple[Part, str]]:
    """Yield who is still to sign: both officers, and the attending person or the keeper.

    Args:
        officers: account names of the two who hold the examination.
        keeper: account of the keeper who signs as witness, empty where any of the site does; None
            where an attending person signs.
        signatures: over the content as it stands.

    Source: Order 138, arts. 10 and 12.
    """
    signed = {(one.part, one.by) for one in signatures}
    for name in officers:
        if (Part.OFFICER, name) not in signed:
            yield Part.OFFICER, name
    third = Part.ATTENDING if keeper is None else Part.KEEPER
    if all(part is not third for part, _by in signed):
        yield third, keeper or ""


def changes_finding(signed: Signed, seen: Seen) -> bool:
    """Return whether a record says otherwise of a finding than a version that somebody signed.

    Of a version that found nothing, nothing is lost: what is found later needs no ground.
    """
    if signed.finding == str(Finding.NONE):
        return False
    told = ("finding", "line", "quantity_found", "packages_found", "mass_found_kg")
    return any(getattr(signed, name) != getattr(seen, name) for name in told)


def new_code() -> str:
    """Return a one-time code, in groups as people read it out."""
    signs = "".join(secrets.choice(ALPHABET) for _place in range(SIGNS))
    return f"{signs[:GROUP]}-{signs[GROUP:]}"


def new_salt() -> bytes:
    """Return a salt for one code."""
    return secrets.token_bytes(SALT_BYTES)


def seal(code: str, salt: bytes) -> bytes:
    """Return the hash that is kept of a code; spaces, hyphens and case do not matter."""
    tidy = "".join(sign for sign in code.upper() if sign.isalnum())
    return scrypt(tidy.encode(), salt=salt, n=2**13, r=8, p=1, dklen=32)


def fits(code: str, salt: bytes, sealed: bytes) -> bool:
    """Return whether a code is the one whose hash is kept; it takes as long either way."""
    return hmac.compare_digest(seal(code, salt), sealed)
