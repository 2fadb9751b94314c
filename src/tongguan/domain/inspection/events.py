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
class InspectionPrepared:
    """The record is prepared: the officers and the enterprise sign it."""

    subject: DeclarationId
    at: datetime
    hold: str


@dataclass(frozen=True, slots=True)
class InspectionRecorded:
    """The record is signed by all who have to sign it."""

    subject: DeclarationId
    at: datetime
    hold: str
    finding: str
