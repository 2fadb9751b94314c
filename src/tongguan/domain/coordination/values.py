"""Instructions as they travel."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class InstructionRow:
    """One instruction that stopped a declaration, and how far its lifting has come.

    Attributes:
        hold_id: the hold it opened.
        reason: why the declaration was stopped.
        lift_words: why it may go on, as the officer said who asked for that; else empty.
        lift_asked_by: who asked; another has to confirm.
        lifted_by: who confirmed.
    """

    hold_id: UUID
    reason: str
    stopped_by: str
    stopped_at: datetime
    lift_words: str
    lift_asked_by: str
    lift_asked_at: datetime | None
    lifted_by: str
    lifted_at: datetime | None
