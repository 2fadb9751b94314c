"""Release orders and what a gate is told, as they travel."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from tongguan.domain.clearance.lifecycle import HoldKind, Turn
from tongguan.domain.release.lifecycle import ORDERS, OrderAct, OrderState
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.text import Term, _


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One release order: a unit (container or bill) that may leave the office of the goods."""

    id: UUID
    declaration_id: DeclarationId
    number: str
    unit: str
    office: str
    site: str
    state: OrderState
    made_at: datetime
    sent_at: datetime | None
    acknowledged_at: datetime | None
    executed_at: datetime | None
    recalled_at: datetime | None
    recall_asked_by: str
    recall_asked_at: datetime | None
    recall_reason: str
    signature: str

    @property
    def may_be_recalled(self) -> bool:
        """Return whether the goods are still inside on this order."""
        return ORDERS.move(OrderAct.RECALL, self.state) is not None


class GateVerdict(Term):
    """What a gate is told when it asks whether something may leave."""

    OPEN = "OPEN", _("May leave")
    HELD = "HELD", _("Not released")
    LEFT = "LEFT", _("Has left already")
    ELSEWHERE = "ELSEWHERE", _("Released at another site")
    RECALLED = "RECALLED", _("Release recalled")
    UNKNOWN = "UNKNOWN", _("Nothing is declared for it")
    IN_CONTAINERS = "IN_CONTAINERS", _("Its goods are in containers")


NOT_DECLARED: Final = _("Not declared under bill {bill}")
"""What a gate is told of a bill that keeps a container inside because nobody declared it."""
ASK_FOR: Final = _("Ask for container {container}")
"""What a gate is told that asks for a bill whose goods are in containers."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What one hold waits for, as a gate may know it: kind and whose turn, no more."""

    kind: HoldKind
    turn: Turn
    office: str
    since: datetime


@dataclass(frozen=True, slots=True)
class GateAnswer:
    """The answer to `may this leave?`, with its ground.

    `undeclared` are the bills that a manifest lists a container under and nobody declared it by;
    `containers` those of a bill that was asked for by its own number and leaves by theirs only.
    """

    verdict: GateVerdict
    site: str
    unit: str
    number: str = ""
    declaration_office: str = ""
    released_at: datetime | None = None
    left_at: datetime | None = None
    orders: tuple[OrderRow, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    undeclared: tuple[str, ...] = ()
    containers: tuple[str, ...] = ()

    @property
    def may_leave(self) -> bool:
        """Return whether the gate may open."""
        return self.verdict is GateVerdict.OPEN
