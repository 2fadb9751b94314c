"""What this room tells."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ProfilesChanged:
    """The set of profiles in force is another one. The subject is the chain of the house."""

    subject: UUID
    at: datetime
    profile: int
    version: int
