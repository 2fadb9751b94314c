"""In what standing an officer acts, as the ledger tells it."""

from collections.abc import Collection
from typing import Final

REGION: Final = "region"


def capacity(home_office: str, posted: Collection[str]) -> str:
    """Return an officer's standing: where he acts, and where he comes from if that is elsewhere.

    An officer posted elsewhere acts in two identities, and the ledger shows both.

    Args:
        home_office: the office he belongs to, or empty.
        posted: offices and districts he is posted to; an empty one stands for the region.

    >>> capacity("0401", ["0202"])
    '0401 at 0202'
    >>> capacity("0202", ["0202"])
    '0202'
    >>> capacity("0210", [""])
    '0210 at region'
    """
    acting = ", ".join(sorted({place or REGION for place in posted}))
    return f"{home_office} at {acting}" if acting and home_office not in {"", acting} else acting
