"""What this room tells."""

from dataclasses import dataclass
from datetime import datetime

from tongguan.kernel.identifiers import DeclarationId


@dataclass(frozen=True, slots=True)
class TransitDeparted:
    """Goods left under seal."""

    subject: DeclarationId
    at: datetime
    vehicle: str
    destination: str


@dataclass(frozen=True, slots=True)
class TransitArrived:
    """Goods arrived at the office of destination."""

    subject: DeclarationId
    at: datetime
    destination: str
    intact: bool
