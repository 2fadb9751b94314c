"""The secret of an installation: the database knows it by a fingerprint, nodes hold it.

Sessions, tokens and second factors of one node are nonsense on a node with another SECRET_KEY. The
fingerprint is a keyed hash of a key that scrypt derives with a salt of its own: it tells nothing of
the secret, and each guess at a weak one takes 32 MB of memory.
"""

import hashlib
import hmac
import os
from datetime import datetime
from functools import cache
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.utils.encoding import force_bytes

from tongguan.facilities.ledger import problems
from tongguan.facilities.ledger.models import SecretFingerprint
from tongguan.kernel.problems import Fault, ProblemError

SALT_BYTES: Final = 16
_LABEL: Final = b"tongguan fingerprint of an installation's secret"
_ROUNDS: Final = 2**15
_MEMORY: Final = 64 * 1024 * 1024


def secret_faults() -> tuple[Fault, ...]:
    """Return LED-015 where this node does not know the secret in use; one statement."""
    in_use = SecretFingerprint.objects.filter(in_use=True).first()
    return () if in_use is None or _is_known(in_use) else (problems.OTHER_SECRET.at(""),)


@transaction.atomic
def ensure_secret(*, now: datetime) -> None:
    """See that this node has the secret of the installation.

    The first node decides. A new secret comes into use with the first node that has it and knows
    the former one too. One that was in use before never comes back by itself: while a change goes
    from node to node, those that still have the former secret and know the new one are served.

    Raises:
        ProblemError: LED-015 this node does not know the secret that is in use.
    """
    _one_at_a_time()
    if faults := secret_faults():
        raise ProblemError(*faults)
    own = settings.SECRET_KEY
    if not any(_fits(row, own) for row in SecretFingerprint.objects.all()):
        _take_into_use(now)


def require_own_secret() -> None:
    """Require that no other secret than that of this node is in use.

    Raises:
        ProblemError: LED-015 another one is.
    """
    in_use = SecretFingerprint.objects.filter(in_use=True).first()
    if in_use is not None and not _fits(in_use, settings.SECRET_KEY):
        raise problems.OTHER_SECRET.error()


def replace_lost_secret(*, now: datetime) -> None:
    """Take this node's secret into use though it does not know the former, in the caller's act.

    Raises:
        ProblemError: LED-016 the node knows the secret in use, so that nothing is lost.
    """
    _one_at_a_time()
    if not secret_faults():
        raise problems.SECRET_NOT_LOST.error()
    _take_into_use(now)


def _take_into_use(now: datetime) -> None:
    salt = os.urandom(SALT_BYTES)
    made = _fingerprint(force_bytes(settings.SECRET_KEY), salt)
    SecretFingerprint.objects.filter(in_use=True).update(in_use=False)
    SecretFingerprint.objects.create(salt=salt, fingerprint=made, since=now, in_use=True)


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ledger.secret'))")


def _is_known(row: SecretFingerprint) -> bool:
    return any(_fits(row, one) for one in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


def _fits(row: SecretFingerprint, secret: str | bytes) -> bool:
    made = _fingerprint(force_bytes(secret), bytes(row.salt))
    return hmac.compare_digest(made, row.fingerprint)


@cache
def _fingerprint(secret: bytes, salt: bytes) -> str:
    key = hashlib.scrypt(secret, salt=salt, n=_ROUNDS, r=8, p=1, maxmem=_MEMORY)
    return hmac.digest(key, _LABEL, "sha256").hex()
