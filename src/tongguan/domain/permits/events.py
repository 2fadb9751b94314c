"""What this room tells."""

from dataclasses import dataclass
from datetime import datetime

from tongguan.kernel.identifiers import DeclarationId


@dataclass(frozen=True, slots=True)
class LicenceConfirmed:
    """An agency confirmed a licence, and its quantity was debited."""

    subject: DeclarationId
    at: datetime
    hold: str
    licence: str


@dataclass(frozen=True, slots=True)
class LicenceDeclined:
    """An agency does not confirm a licence; a case is opened."""

    subject: DeclarationId
    at: datetime
    hold: str
    licence: str


@dataclass(frozen=True, slots=True)
class LicenceNamed:
    """The declarant named a licence that was missing; its agency is asked."""

    subject: DeclarationId
    at: datetime
    hold: str
    licence: str
