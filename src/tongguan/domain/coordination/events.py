"""What this room tells."""

from dataclasses import dataclass
from datetime import datetime

from tongguan.kernel.identifiers import DeclarationId


@dataclass(frozen=True, slots=True)
class Stopped:
    """A coordination centre stopped a declaration by hand."""

    subject: DeclarationId
    at: datetime
    hold: str


@dataclass(frozen=True, slots=True)
class InstructionLifted:
    """Two officers lifted what had stopped a declaration."""

    subject: DeclarationId
    at: datetime
    hold: str
