"""Queries as they travel."""

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
