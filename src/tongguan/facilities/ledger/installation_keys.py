"""The signing keys of an installation: the database says which are in use, homes hold the private.

A key is made only where the database names none for its purpose. A node whose home lacks a key
that the database names signs nothing and makes none.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import connection, transaction

from tongguan.facilities import keys
from tongguan.facilities.ledger import problems
from tongguan.facilities.ledger.models import SigningKey
from tongguan.kernel.problems import Fault, ProblemError
from tongguan.kernel.time import utc_now

PURPOSES: Final = ("ledger", "release")
"""What every installation signs."""


@dataclass(frozen=True, slots=True)
class SigningKeyRow:
    """A key of the installation.

    Attributes:
        purpose: what is signed with it.
        key: the public key (Ed25519) in hexadecimal.
        since: when it came into use.
        retired_at: when another one took its place; None where it is in use.
        here: whether this home holds the private key.
    """

    purpose: str
    key: str
    since: datetime
    retired_at: datetime | None
    here: bool


def signing_key(purpose: str) -> Ed25519PrivateKey:
    """Return the key that signs for a purpose now; made where the database names none.

    Raises:
        ProblemError: LED-012 this home does not hold it.
    """
    public = public_key(purpose)
    found = keys.kept_keys(purpose).get(public)
    if found is None:
        raise ProblemError(_not_here(purpose, public.hex()))
    return found


def public_key(purpose: str) -> bytes:
    """Return the 32 bytes with which anyone can check what is signed for a purpose now.

    Raises:
        ProblemError: LED-012 the database names none for it, and this home lacks another one.
    """
    return bytes.fromhex(_in_use().get(purpose) or _make(purpose))


def ensure_keys() -> None:
    """See that this node can sign; make the keys of a new installation.

    Raises:
        ProblemError: LED-012 for each key that this home lacks.
    """
    for purpose in PURPOSES:
        public_key(purpose)
    require_keys()


def require_keys() -> None:
    """Require that this home holds every key that the database names.

    Raises:
        ProblemError: LED-012 for each key that it lacks.
    """
    if faults := missing_keys():
        raise ProblemError(*faults)


def missing_keys() -> tuple[Fault, ...]:
    """Return a fault for each key that the database names and this home lacks; one statement."""
    return tuple(
        _not_here(purpose, key)
        for purpose, key in sorted(_in_use().items())
        if bytes.fromhex(key) not in keys.kept_keys(purpose)
    )


def installation_keys() -> tuple[SigningKeyRow, ...]:
    """Return the keys in use and those that were retired, by purpose, the newest first."""
    found = SigningKey.objects.order_by("purpose", "-since", "-id")
    return tuple(
        SigningKeyRow(
            row.purpose,
            row.key,
            row.since,
            row.retired_at,
            bytes.fromhex(row.key) in keys.kept_keys(row.purpose),
        )
        for row in found
    )


def replace(purpose: str, key: str, *, now: datetime) -> str:
    """Take another key of this home into use, in the caller's transaction; return the former one.

    Raises:
        ProblemError: LED-012 this home does not hold it, LED-013 it is in use, or was.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ledger.signing_key'))")
    if SigningKey.objects.filter(purpose=purpose, key=key).exists():
        raise problems.KEY_IN_USE.error(purpose=purpose, key=key)
    if key not in {one.hex() for one in keys.kept_keys(purpose)}:
        raise ProblemError(_not_here(purpose, key))
    former = _in_use().get(purpose, "")
    SigningKey.objects.filter(purpose=purpose, retired_at=None).update(retired_at=now)
    SigningKey.objects.create(purpose=purpose, key=key, since=now)
    return former


@transaction.atomic
def _make(purpose: str) -> str:
    """Make the first key for a purpose, or take the one that an earlier release made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ledger.signing_key'))")
    known = _in_use()
    if purpose in known:
        return known[purpose]
    require_keys()  # a home that lacks other keys is not the first of its installation
    kept = next(iter(keys.kept_keys(purpose)), None)  # PURPOSE.pem comes first
    key = (kept or keys.make_key(purpose)).hex()
    SigningKey.objects.create(purpose=purpose, key=key, since=utc_now())
    return key


def _in_use() -> dict[str, str]:
    return dict(SigningKey.objects.filter(retired_at=None).values_list("purpose", "key"))


def _not_here(purpose: str, key: str) -> Fault:
    folder = settings.KEYS_DIR
    return problems.KEY_NOT_HERE.at("", purpose=purpose, key=key, folder=folder)
