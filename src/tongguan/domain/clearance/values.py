"""Holds and states as they travel between rooms."""

from dataclasses import dataclass, field
from datetime import datetime

from tongguan.domain.clearance.lifecycle import HoldKind, State, Turn, Why
from tongguan.kernel.identifiers import DeclarationId, HoldId, new_id


@dataclass(frozen=True, slots=True)
class NewHold:
    """Something that is to stand in the way of a declaration."""

    declaration_id: DeclarationId
    kind: HoldKind
    office: str
    why: Why
    facts: dict[str, str]
    opened_at: datetime
    due_at: datetime | None = None
    id: HoldId = field(default_factory=lambda: HoldId(new_id()))


@dataclass(frozen=True, slots=True)
class HoldRow:
    """One hold, as a list or a declaration's page shows it."""

    id: HoldId
    declaration_id: DeclarationId
    number: str
    reference: str
    kind: HoldKind
    turn: Turn
    office: str
    why: Why
    facts: dict[str, str]
    opened_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    ended_by: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a declaration has come, and since when."""

    declaration_id: DeclarationId
    state: State
    moved_at: datetime


@dataclass(frozen=True, slots=True)
class Locked:
    """Proof that a declaration is locked until the transaction ends."""

    declaration_id: DeclarationId
