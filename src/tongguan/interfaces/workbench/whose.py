"""Whose turn it is at a desk: the reader's only where the rules let him act now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext

from tongguan.domain.clearance.lifecycle import HoldKind, Turn
from tongguan.domain.clearance.queries import unanswered
from tongguan.domain.clearance.values import Doer, HoldRow
from tongguan.domain.review.queries import decided_last_by
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.kernel.identifiers import HoldId

OWN: Final[dict[Role, frozenset[HoldKind]]] = {
    Role.REVIEWER: frozenset({HoldKind.REVIEW, HoldKind.CASE}),
    Role.INSPECTOR: frozenset({HoldKind.INSPECTION}),
    Role.COORDINATOR: frozenset({HoldKind.INSTRUCTION, HoldKind.CASE}),
    Role.CARRIER: frozenset({HoldKind.ARRIVAL, HoldKind.TRANSIT}),
    Role.AGENCY: frozenset({HoldKind.PERMIT}),
}
"""What each may end: there it is the reader's turn, and of all else that of whoever it is."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose turn it is at one hold, as its reader is told.

    Attributes:
        turn: whose.
        mine: the reader's own.
        words: why it is another's, where the reader might expect it to be his.
        stopped: its clock stands until the declarant has answered.
    """

    turn: Turn
    mine: bool
    words: str = ""
    stopped: bool = False


def doer(viewer: Actor) -> Doer:
    """Return what somebody can end, and which cases the rules leave to another."""
    kinds = frozenset(kind for role, kinds in OWN.items() if viewer.is_(role) for kind in kinds)
    decided = decided_last_by(viewer.name) if HoldKind.CASE in kinds else frozenset()
    return Doer(viewer.name, kinds, decided)


def may_decide(row: HoldRow, by: Doer) -> bool:
    """Return whether the rules let somebody decide a case: not on his finding, nor on his word."""
    found = by.name in row.opened_by
    return row.kind is HoldKind.CASE and not found and row.id not in by.decided


def standings(rows: Sequence[HoldRow], viewer: Actor) -> dict[HoldId, Whose]:
    """Return whose turn it is at each of these holds."""
    by = doer(viewer)
    reviews = [row.declaration_id for row in rows if _open(row, HoldKind.REVIEW)]
    asked = unanswered(reviews) if reviews else frozenset()
    return {
        row.id: _elsewhere(row, viewer) or _whose(row, by, asked=row.declaration_id in asked)
        for row in rows
    }


def _elsewhere(row: HoldRow, viewer: Actor) -> Whose | None:
    """Return that goods are examined by inspectors of another office, or None."""
    if row.kind is not HoldKind.INSPECTION or viewer.at(row.office, Role.INSPECTOR):
        return None
    return Whose(row.turn, mine=False)


def _whose(row: HoldRow, by: Doer, *, asked: bool) -> Whose:
    if row.ended_at is not None:
        return Whose(row.turn, mine=False)
    if row.kind is HoldKind.REVIEW and asked:
        words = gettext("It goes on when the declarant has answered.")
        return Whose(Turn.TRADER, mine=False, words=words, stopped=True)
    if row.starts_anew:
        words = gettext("It was decided that the declaration is to be amended.")
        return Whose(row.turn, mine=False, words=words)
    if row.kind in by.kinds and row.kind is HoldKind.CASE and not may_decide(row, by):
        if row.id in by.decided:
            words = gettext("Your decision stands: another officer decides that it is done.")
        else:
            words = gettext("You found it: another reviewer or the coordination centre decides it.")
        return Whose(row.turn, mine=False, words=words)
    return Whose(row.turn, mine=row.kind in by.kinds and row.turn is row.kind.turn)


def _open(row: HoldRow, kind: HoldKind) -> bool:
    return row.kind is kind and row.ended_at is None
