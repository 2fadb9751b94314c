"""Keys of pages in the address: where the next page of a list begins."""

from datetime import date, datetime
from uuid import UUID


def key(moment: date, id_: UUID) -> str:
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


def day_and_id(given: str) -> tuple[date, UUID] | None:
    """Return the same of a list in order of days."""
    day, _comma, id_ = given.partition(",")
    try:
        return date.fromisoformat(day), UUID(id_)
    except ValueError:
        return None
