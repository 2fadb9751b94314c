"""Keys of pages in the address: where the next page of a list begins."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, TypeVar
from uuid import UUID

MOST_DIGITS: Final = 18
"""No row of the database has a longer number."""

T = TypeVar("T")


def cut(found: Sequence[T], rows: int) -> tuple[Sequence[T], T | None]:
    """Return a page of so many rows, and its last one where the list goes on; None at its end.

    Asked for is one row more than a page has: whether it is there says whether the list goes on.
    """
    shown = found[:rows]
    return shown, shown[-1] if len(found) > rows else None


def key(moment: date, id_: UUID | int) -> str:
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


def day_and_row(given: str) -> tuple[date, int] | None:
    """Return the same of rows that are numbered."""
    day, _comma, row = given.partition(",")
    try:
        return date.fromisoformat(day), int(row[:MOST_DIGITS])
    except ValueError:
        return None
