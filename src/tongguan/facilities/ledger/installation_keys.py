"""The signing keys of an installation: the database says which are in use, nodes hold the private.

A key is made only where the database names none for its purpose. A node that has a key that the
database names neither in a file nor in its token signs nothing and makes none.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import connection, transaction

from tongguan.facilities import keys
from tongguan.facilities.ledger import problems
from tongguan.facilities.ledger.models import SigningKey
from tongguan.kernel.problems import Fault, ProblemError
from tongguan.kernel.signing import Signer
from tongguan.kernel.time import utc_now

PURPOSES: Final = ("ledger", "release")
"""What every installation signs."""
FILE: Final = "file"
TOKEN: Final = "token"  # noqa: S105 -- a device, no secret


@dataclass(frozen=True, slots=True)
class SigningKeyRow:
    """A key of the installation.

    Attributes:
        purpose: what is signed with it.
        key: the public key (Ed25519) in hexadecimal.
        since: when it came into use.
        retired_at: when another one took its place; None where it is in use.
        place: where this node has the private key: `FILE`, `TOKEN`, or nowhere.
    """

    purpose: str
    key: str
    since: datetime
    retired_at: datetime | None
    place: str

    @property
    def here(self) -> bool:
        """Whether this node has the private key."""
        return bool(self.place)


def signing_key(purpose: str) -> Signer:
    """Return the key that signs for a purpose now; made where the database names none.

    Raises:
        ProblemError: LED-012 or LED-017 this node does not have it, HSM-001 to HSM-008 it is in a
            token that cannot be asked.
    """
    public = public_key(purpose)
    found = keys.signer(purpose, public)
    if found is None:
        raise ProblemError(_not_here(purpose, public.hex()))
    return found


def public_key(purpose: str) -> bytes:
    """Return the 32 bytes with which anyone can check what is signed for a purpose now.

    Raises:
        ProblemError: the database names none for it, and this node lacks another one, or cannot
            make one; as `signing_key`.
    """
    return bytes.fromhex(_in_use().get(purpose) or _make(purpose))


def ensure_keys() -> None:
    """See that this node can sign; make the keys of a new installation.

    A token that the settings name has to answer, even where all keys still are files.

    Raises:
        ProblemError: LED-012 or LED-017 for each key that this node lacks, HSM-001 to HSM-008.
    """
    hsm = keys.token()
    if hsm is not None:
        hsm.check()
    for purpose in PURPOSES:
        public_key(purpose)
    require_keys()


def require_keys() -> None:
    """Require that this node has every key that the database names.

    Raises:
        ProblemError: LED-012 or LED-017 for each key that it lacks, HSM-001 to HSM-008.
    """
    if faults := missing_keys():
        raise ProblemError(*faults)


def missing_keys() -> tuple[Fault, ...]:
    """Return a fault for each key that the database names and this node lacks; one statement.

    Where a token cannot be asked, that is the one fault: nobody knows what it holds.
    """
    in_use = sorted(_in_use().items())
    try:
        return tuple(
            _not_here(purpose, key)
            for purpose, key in in_use
            if keys.signer(purpose, bytes.fromhex(key)) is None
        )
    except ProblemError as error:
        return error.faults


def installation_keys() -> tuple[SigningKeyRow, ...]:
    """Return the keys in use and those that were retired, by purpose, the newest first.

    Raises:
        ProblemError: HSM-001 to HSM-008.
    """
    found = SigningKey.objects.order_by("purpose", "-since", "-id")
    places = {purpose: places_of(purpose) for purpose in {row.purpose for row in found}}
    return tuple(
        SigningKeyRow(
            row.purpose,
            row.key,
            row.since,
            row.retired_at,
            places[row.purpose].get(row.key, ""),
        )
        for row in found
    )


def places_of(purpose: str) -> dict[str, str]:
    """Return where this node has each key for a purpose, by the public key in hexadecimal.

    Raises:
        ProblemError: HSM-001 to HSM-008.
    """
    filed = keys.filed_keys(purpose)
    kept = keys.kept_keys(purpose)
    return {public.hex(): FILE if public in filed else TOKEN for public in kept}


def replace(purpose: str, key: str, *, now: datetime) -> str:
    """Take another key of this node into use, in the caller's transaction; return the former one.

    Raises:
        ProblemError: LED-012 or LED-017 this node does not have it, LED-013 it is in use, or was,
            HSM-001 to HSM-008.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ledger.signing_key'))")
    if SigningKey.objects.filter(purpose=purpose, key=key).exists():
        raise problems.KEY_IN_USE.error(purpose=purpose, key=key)
    if key not in places_of(purpose):
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
    facts = {"purpose": purpose, "key": key, "folder": settings.KEYS_DIR}
    if settings.PKCS11_TOKEN:
        return problems.KEY_NOT_IN_TOKEN.at("", token=settings.PKCS11_TOKEN, **facts)
    return problems.KEY_NOT_HERE.at("", **facts)
