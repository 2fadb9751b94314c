"""What this room tells: a declaration was accepted."""

from dataclasses import dataclass
from datetime import datetime

from tongguan.kernel.identifiers import DeclarationId


@dataclass(frozen=True, slots=True)
class DeclarationAccepted:
    """A declaration got its number."""

    subject: DeclarationId
    at: datetime
    number: str
    reference: str
    office: str
