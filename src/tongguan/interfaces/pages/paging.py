"""Keys of pages in the address: where the next page of a list begins."""

from datetime import datetime
from uuid import UUID


def key(moment: datetime, id_: UUID) -> str:
    """Return what the address of the next page holds."""
    return f"{moment.isoformat()},{id_}"


def moment_and_id(given: str) -> tuple[datetime, UUID] | None:
    """Return the key that stood in an address; None for the first page, or for what is no key."""
    moment, _comma, id_ = given.partition(",")
    try:
        found = datetime.fromisoformat(moment), UUID(id_)
    except ValueError:
        return None
    return found if found[0].tzinfo is not None else None
