"""Keys of pages in the address: where the next page of a list begins.

A key is read as it was handed out: what would be written otherwise is none.
"""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from typing import Final, TypeVar
from uuid import UUID

from tongguan.kernel.time import in_use, sent_moment

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
    at = moment.astimezone(UTC) if isinstance(moment, datetime) else moment
    return f"{at.isoformat()},{id_}"


def moment_and_id(given: str) -> tuple[datetime, UUID] | None:
    """Return the key that stood in an address; None for the first page, or for what is no key."""
    moment, _comma, id_ = given.partition(",")
    at = moment_of(moment)
    row = _uuid_of(id_)
    return None if at is None or row is None else (at, row)


def row_of(given: str) -> int | None:
    """Return the number of a row that stood in an address or a form; None for what is none."""
    fits = given.isascii() and given.isdecimal() and len(given) <= MOST_DIGITS
    return int(given) if fits else None


def moment_of(given: str) -> datetime | None:
    """Return a moment that stood in an address, in UTC; None for what is none."""
    found = sent_moment(given)
    return found if found is not None and found.isoformat() == given else None


def word_and_key(given: str, words: Collection[str]) -> tuple[str, datetime, UUID] | None:
    """Return the same of a list in order of one of these words, then of moments."""
    word, _comma, rest = given.partition(",")
    found = moment_and_id(rest)
    return None if found is None or word not in words else (word, *found)


def day_and_id(given: str) -> tuple[date, UUID] | None:
    """Return the same of a list in order of days."""
    written, _comma, id_ = given.partition(",")
    day, row = _day_of(written), _uuid_of(id_)
    return None if day is None or row is None else (day, row)


def day_and_row(given: str) -> tuple[date, int] | None:
    """Return the same of rows that are numbered."""
    written, _comma, row = given.partition(",")
    day, number = _day_of(written), row_of(row)
    return None if day is None or number is None else (day, number)


def _day_of(given: str) -> date | None:
    try:
        found = date.fromisoformat(given)
    except ValueError:
        return None
    return found if in_use(found) and found.isoformat() == given else None


def _uuid_of(given: str) -> UUID | None:
    try:
        found = UUID(given)
    except ValueError:
        return None
    return found if str(found) == given else None
