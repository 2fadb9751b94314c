"""Events as they travel: what happened, to what, when."""

import re
from dataclasses import Field, dataclass, fields
from datetime import datetime
from typing import Any, ClassVar, Final, Protocol
from uuid import UUID

_CURSOR: Final = re.compile(r"([0-9]{1,18})-([0-9]{1,18})")


class Event(Protocol):
    """What happened: a frozen dataclass in a room's `events.py`, named in the past tense.

    `subject` is the declaration, or the thing that the event is about; `at` is the moment; all
    other fields are plain text, numbers or None.
    """

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def subject(self) -> UUID:
        """Return the declaration, or the thing that the event is about."""

    @property
    def at(self) -> datetime:
        """Return the moment."""


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """A place in the stream of events: all before it are known, nothing earlier will come.

    `transaction` is PostgreSQL's number of the transaction that announced, `id` the row.
    """

    transaction: int = 0
    id: int = 0

    def __str__(self) -> str:
        """Return the cursor as it is handed out: `731-12`."""
        return f"{self.transaction}-{self.id}"

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """Return the cursor that was handed out as `text`; an empty one is the beginning.

        Raises:
            ValueError: it was not one of ours.
        """
        if not text:
            return cls()
        known = _CURSOR.fullmatch(text)
        if known is None:
            raise ValueError(text)
        return cls(int(known[1]), int(known[2]))


@dataclass(frozen=True, slots=True)
class Announced:
    """An event as it is read back: its kind is the event's class name."""

    cursor: Cursor
    kind: str
    subject: UUID
    at: datetime
    facts: dict[str, str]


@dataclass(frozen=True, slots=True)
class FailedEventRow:
    """An event whose consequences failed.

    Attributes:
        id: the number of the event.
        kind: the event.
        subject: what it is about.
        tries: so many times its consequences were tried.
        first_at: when they failed first.
        tried_at: when they were tried last.
        next_at: when they are tried again; None where the event is parked.
        parked_at: since when nothing is tried any more; None where it still is.
        error: what went wrong; empty where the worker ended while it tried.
        behind: so many later events of the same subject wait for it.
    """

    id: int
    kind: str
    subject: UUID
    tries: int
    first_at: datetime
    tried_at: datetime
    next_at: datetime | None
    parked_at: datetime | None
    error: str
    behind: int


@dataclass(frozen=True, slots=True)
class PeriodicJobRow:
    """A periodic job of a node: when it ran last, when it last succeeded, and what went wrong.

    Attributes:
        name: the job.
        node: the host and home whose worker runs it.
        at: when it was last begun.
        done_at: when it last succeeded; None where it never did.
        failures: so many times in a row it failed; 0 where the last run succeeded.
        error: what went wrong last; empty where the last run succeeded.
    """

    name: str
    node: str
    at: datetime
    done_at: datetime | None
    failures: int
    error: str


def facts_of(event: Event) -> dict[str, str]:
    """Return what an event says beyond its subject and moment, as text."""
    told = ((field.name, getattr(event, field.name)) for field in fields(event))
    return {
        name: str(value)
        for name, value in told
        if name not in {"subject", "at"} and value is not None
    }
