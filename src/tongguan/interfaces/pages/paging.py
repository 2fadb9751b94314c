"""Keys of pages in the address: where the next page of a list begins."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, TypeVar
from uuid import UUID

from tongguan.kernel.time import in_use

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
    at = moment_of(moment)
    try:
        return None if at is None else (at, UUID(id_))
    except ValueError:
        return None


def row_of(given: str) -> int | None:
    """Return the number of a row that stood in an address or a form; None for what is none."""
    fits = given.isascii() and given.isdecimal() and len(given) <= MOST_DIGITS
    return int(given) if fits else None


def moment_of(given: str) -> datetime | None:
    """Return a moment that stood in an address, with its zone; None for what is none."""
    try:
        found = datetime.fromisoformat(given)
    except ValueError:
        return None
    return found if found.tzinfo is not None and in_use(found.date()) else None


def word_and_key(given: str) -> tuple[str, datetime, UUID] | None:
    """Return the same of a list in order of a word before the moment, which may be empty."""
    word, _comma, rest = given.partition(",")
    found = moment_and_id(rest)
    return None if found is None else (word, *found)


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
    number = row_of(row)
    try:
        return None if number is None else (date.fromisoformat(day), number)
    except ValueError:
        return None
