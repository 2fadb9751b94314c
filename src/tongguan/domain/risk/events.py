"""What this room tells."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class CriteriaChanged:
    """Another set of criteria is in force. The subject is the chain of the house."""

    subject: UUID
    at: datetime
    stamp: int
