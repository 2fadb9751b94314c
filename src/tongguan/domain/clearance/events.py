"""What this room tells: a declaration moved, a hold was opened or discharged."""

from dataclasses import dataclass
from datetime import datetime

from tongguan.kernel.identifiers import DeclarationId


@dataclass(frozen=True, slots=True)
class Released:
    """Nothing holds the declaration any more; release orders follow."""

    subject: DeclarationId
    at: datetime


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The declaration was revoked before release."""

    subject: DeclarationId
    at: datetime


@dataclass(frozen=True, slots=True)
class Refused:
    """Customs refused the declaration after acceptance."""

    subject: DeclarationId
    at: datetime


@dataclass(frozen=True, slots=True)
class Departed:
    """All goods of the declaration have left through a gate."""

    subject: DeclarationId
    at: datetime


@dataclass(frozen=True, slots=True)
class Closed:
    """Goods gone, taxes settled: nothing is left to do."""

    subject: DeclarationId
    at: datetime


@dataclass(frozen=True, slots=True)
class HoldOpened:
    """Something stands in the way: what, whose turn, at which office."""

    subject: DeclarationId
    at: datetime
    hold: str
    kind: str
    turn: str
    office: str


@dataclass(frozen=True, slots=True)
class HoldDischarged:
    """A hold was ended."""

    subject: DeclarationId
    at: datetime
    hold: str
    kind: str
