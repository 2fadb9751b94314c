"""Holds and states as they travel between rooms."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final, TypedDict

from tongguan.domain.clearance.lifecycle import (
    TURNS,
    Act,
    HoldKind,
    State,
    Turn,
    Why,
    blocked_by,
)
from tongguan.domain.reference.calendar import CALENDAR_ENDS
from tongguan.kernel.identifiers import DeclarationId, HoldId, new_id
from tongguan.kernel.text import _

UNDATED: Final = timedelta(days=1)
"""A hold without a deadline stands among those that have one as if it were due so long after it was
opened."""
BEYOND_CALENDAR: Final = _(
    "Counted Monday to Friday: holidays after {day} were not announced when it was counted."
)


def reason(why: Why, facts: Mapping[str, str], translate: Callable[[str], str]) -> str:
    """Return the reason of a hold in the reader's words, and how its deadline was counted.

    Args:
        why: the reason.
        facts: of the hold, as the reader sees them.
        translate: to the reader's language.
    """
    return f"{translate(why.label).format(**facts)} {beyond_calendar(facts, translate)}".rstrip()


def beyond_calendar(facts: Mapping[str, str], translate: Callable[[str], str]) -> str:
    """Return the sentence about a deadline that lies beyond the announced holidays, or nothing."""
    ends = facts.get(CALENDAR_ENDS, "")
    return translate(BEYOND_CALENDAR).format(day=ends) if ends else ""


@dataclass(frozen=True, slots=True)
class NewHold:
    """Something that is to stand in the way of a declaration.

    `opened_by` names the accounts on whose finding it is opened; where it is empty and an act opens
    the hold, that is whoever acts.
    """

    declaration_id: DeclarationId
    kind: HoldKind
    office: str
    why: Why
    facts: dict[str, str]
    opened_at: datetime
    due_at: datetime | None = None
    id: HoldId = field(default_factory=lambda: HoldId(new_id()))
    opened_by: tuple[str, ...] = ()

    @property
    def blocks(self) -> Act:
        """Return the act that it stands in the way of."""
        return blocked_by(self.kind, self.why)

    @property
    def turn(self) -> Turn:
        """Return whose turn it is."""
        return TURNS.get(self.why, self.kind.turn)


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
    opened_by: tuple[str, ...] = ()

    @property
    def blocks(self) -> Act:
        """Return the act that it stands in the way of."""
        return blocked_by(self.kind, self.why)

    @property
    def pressing_at(self) -> datetime:
        """Return the moment by which it stands in a list of the most urgent."""
        return self.due_at or self.opened_at + UNDATED

    @property
    def starts_anew(self) -> bool:
        """Return whether the goods come free by another declaration only.

        So it is where a case was decided to need an amendment, which is not taken here yet.
        """
        return self.kind is HoldKind.CASE and self.turn is Turn.TRADER and self.ended_at is None


@dataclass(frozen=True, slots=True)
class Doer:
    """Who ends holds, and what the rules leave to another.

    Attributes:
        name: the account; a case on its own finding is another's.
        kinds: what it may end where it is the turn of that kind.
        decided: cases on which its own decision stands.
    """

    name: str
    kinds: frozenset[HoldKind]
    decided: Collection[HoldId] = ()


class Sought(TypedDict, total=False):
    """What of the open holds is sought; what is left out is not asked about.

    Attributes:
        turn: whose turn it is.
        kinds: of these kinds only; all where empty.
        offices: at these offices only; all where empty.
        text: part of a number or reference from its beginning, or a whole bill.
        overdue_at: only those whose deadline has passed at this moment.
        doer: only those that this person can end now.
    """

    turn: Turn | None
    kinds: Collection[HoldKind]
    offices: Collection[str]
    text: str
    overdue_at: datetime | None
    doer: Doer | None


@dataclass(frozen=True, slots=True)
class LoadRow:
    """How much waits at one office for one thing and whose turn it is, how late, since when."""

    office: str
    kind: HoldKind
    turn: Turn
    count: int
    late: int
    oldest_at: datetime


@dataclass(frozen=True, slots=True)
class SiteLoadRow:
    """How many declarations wait whose goods are at one site.

    Attributes:
        count: all that wait, whoever's turn it is.
        own: those of them that wait for customs at the office of the goods.
        late: those of `own` whose moment has passed there: the delay that is the site's.
    """

    site: str
    count: int
    own: int
    late: int

    @property
    def share_late(self) -> Decimal:
        """Return the late share of what waits for the site's own office, of 1."""
        return Decimal(self.late) / self.own if self.own else Decimal(0)


@dataclass(frozen=True, slots=True)
class Promise:
    """How customs kept its deadlines in a time: how many in time, how many not."""

    kept: int
    broken: int

    @property
    def share(self) -> Decimal | None:
        """Return the share kept, of 1; None where nothing was due."""
        total = self.kept + self.broken
        return Decimal(self.kept) / total if total else None


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
