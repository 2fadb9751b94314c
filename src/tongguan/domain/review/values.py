"""Queries and revocations as they travel."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.text import Term, _


class ReviewFinding(Term):
    """What a documentary check found."""

    NONE = "", _("as declared")
    PRICE = "PRICE", _("value in doubt")
    CODE = "CODE", _("classification in doubt")
    ORIGIN = "ORIGIN", _("origin in doubt")
    PAPERS = "PAPERS", _("papers do not agree")


class Ground(Term):
    """On what ground an accepted declaration is revoked.

    Source: Order 220 (2014); goods that did not come: announcement 74/2014.
    """

    SHUT_OUT = "SHUT_OUT", _("export goods shut out, or carried by another transport")
    LOSS = "LOSS", _("overflow, shortage, loss or force majeure")
    REFUND = "REFUND", _("refund, recovery or guarantee business")
    PRICE = "PRICE", _("provisional price, the final one came later")
    RETURN = "RETURN", _("approved direct return")
    ERROR = "ERROR", _("wrong data from a computer or network")
    NOT_COME = "NOT_COME", _("declared in advance, and the goods did not come")


@dataclass(frozen=True, slots=True)
class QueryRow:
    """One question or summons, with its answer."""

    hold_id: UUID
    kind: str
    question: str
    ground: str
    document: str
    asked_by: str
    asked_at: datetime
    answer: str
    answered_by: str
    answered_at: datetime | None
    office: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """How a documentary check of like goods ended: whose, where it stands, what was found."""

    declaration_id: DeclarationId
    number: str
    commodity: str
    finding: str
    words: str
    closed_by: str
    closed_at: datetime


@dataclass(frozen=True, slots=True)
class RevocationRow:
    """Why a declaration was revoked (`CANCEL`, with its ground) or refused (`REFUSE`)."""

    act: str
    ground: Ground | None
    words: str
    decided_by: str
    decided_at: datetime
