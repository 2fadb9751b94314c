"""What this room tells."""

from dataclasses import dataclass
from datetime import datetime

from tongguan.kernel.identifiers import DeclarationId


@dataclass(frozen=True, slots=True)
class InspectionAppointed:
    """The enterprise is to attend, at a moment and a place."""

    subject: DeclarationId
    at: datetime
    hold: str
    when: str
    place: str


@dataclass(frozen=True, slots=True)
class InspectionRecorded:
    """The record is signed."""

    subject: DeclarationId
    at: datetime
    hold: str
    finding: str
