"""What this room tells."""

from dataclasses import dataclass
from datetime import datetime

from tongguan.kernel.identifiers import DeclarationId


@dataclass(frozen=True, slots=True)
class OrderSent:
    """A release order reached the office of the goods."""

    subject: DeclarationId
    at: datetime
    order: str
    unit: str
    office: str
    site: str


@dataclass(frozen=True, slots=True)
class OrderRecalled:
    """A release order was recalled before the goods left."""

    subject: DeclarationId
    at: datetime
    order: str
    unit: str


@dataclass(frozen=True, slots=True)
class GateOut:
    """A unit left through a gate on its release order."""

    subject: DeclarationId
    at: datetime
    order: str
    unit: str
    site: str
