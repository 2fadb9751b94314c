"""Queries as they travel."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class QueryRow:
    """One question or summons, with its answer."""

    hold_id: UUID
    kind: str
    question: str
    ground: str
    document: str
    asked_by: str
    asked_at: datetime
    answer: str
    answered_by: str
    answered_at: datetime | None
