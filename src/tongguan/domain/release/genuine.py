"""Whether a release order is one that this installation signed, and says what was signed."""

import logging
from collections.abc import Iterable
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tongguan.domain.release import problems
from tongguan.domain.release.rules.signature import Slip, read
from tongguan.domain.release.values import OrderRow
from tongguan.facilities.keys import believed_keys

KEY: Final = "release"
_LOG: Final = logging.getLogger(__name__)


def is_genuine(row: OrderRow) -> bool:
    """Return whether an order bears a signature over what its row says; the log tells if not.

    What was signed with a key before the one in use still counts. Cost: 0.2 ms.

    Raises:
        ProblemError: HSM-001 to HSM-008, no known key fits and the token cannot be asked for more.
    """
    said = Slip(str(row.id), row.number, row.unit, row.office, row.site, row.made_at)
    keys = map(Ed25519PublicKey.from_public_bytes, believed_keys(KEY))
    if any(read(row.signature, key) == said for key in keys):
        return True
    told = "release order %s of %s for %s at %s is not as it was signed"
    _LOG.error(told, row.id, row.number, row.unit, row.site or row.office)
    return False


def require_genuine(rows: Iterable[OrderRow]) -> None:
    """Refuse to answer a gate by orders that are not as they were signed.

    Raises:
        ProblemError: REL-010 one of them is not.
    """
    for row in rows:
        if not is_genuine(row):
            place = row.site or row.office
            raise problems.NOT_GENUINE.error(unit=row.unit, order=row.id, site=place)
