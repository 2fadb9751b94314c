"""What this room tells."""

from dataclasses import dataclass
from datetime import datetime

from tongguan.kernel.identifiers import DeclarationId


@dataclass(frozen=True, slots=True)
class QueryAsked:
    """A reviewer asks the declarant for a document or a fact."""

    subject: DeclarationId
    at: datetime
    hold: str
    question: str


@dataclass(frozen=True, slots=True)
class QueryAnswered:
    """The declarant answered."""

    subject: DeclarationId
    at: datetime
    hold: str


@dataclass(frozen=True, slots=True)
class ReviewClosed:
    """The documentary check is finished."""

    subject: DeclarationId
    at: datetime
    finding: str


@dataclass(frozen=True, slots=True)
class CaseDecided:
    """A finding has a decision that names its consequence."""

    subject: DeclarationId
    at: datetime
    hold: str
    consequence: str
