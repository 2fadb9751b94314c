"""What this room tells."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Arrived:
    """The goods of a bill were reported at a site. The subject is the bill."""

    subject: UUID
    at: datetime
    bill: str
    site: str


@dataclass(frozen=True, slots=True)
class ManifestReceived:
    """A carrier's manifest was taken. The subject is its first bill."""

    subject: UUID
    at: datetime
    manifest: str
    bills: int
