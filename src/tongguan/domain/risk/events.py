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


@dataclass(frozen=True, slots=True)
class ModelWithdrawn:
    """A model was taken out of use because what was watched passed its bounds.

    `restored` is the version that is in use again, 0 for none of this model.
    """

    subject: UUID
    at: datetime
    model: int
    version: int
    restored: int
    why: str


@dataclass(frozen=True, slots=True)
class BacktestAsked:
    """Somebody wants a policy tried on the past. The subject is the backtest."""

    subject: UUID
    at: datetime
