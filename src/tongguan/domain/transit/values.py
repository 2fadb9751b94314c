"""Movements under customs control as they travel."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class MovementRow:
    """One movement: where from, where to, on what, under which seals, until when.

    `early_at` is when its arrival was reported sooner than the way allows; `enquired_at` when
    customs asked for it because it was overdue, `called_at` when its guarantor was called.
    """

    declaration_id: UUID
    number: str
    departure: str
    destination: str
    carrier: str
    vehicle: str
    seals: str
    departed_at: datetime
    due_at: datetime
    arrived_at: datetime | None
    intact: bool | None
    from_site: str = ""
    to_site: str = ""
    early_at: datetime | None = None
    enquired_at: datetime | None = None
    called_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Moving:
    """How many movements are under way from one office to another, and how many are late."""

    departure: str
    destination: str
    count: int
    late: int
