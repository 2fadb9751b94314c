"""What this room tells: taxes were paid, secured, or are given back."""

from dataclasses import dataclass
from datetime import datetime

from tongguan.kernel.identifiers import DeclarationId


@dataclass(frozen=True, slots=True)
class TaxesPaid:
    """A bank confirmed that all that was owed for a declaration has been paid."""

    subject: DeclarationId
    at: datetime
    total: str
    surcharge: str
    bank_reference: str


@dataclass(frozen=True, slots=True)
class TaxesSecured:
    """What is owed for a declaration was drawn on a guarantee."""

    subject: DeclarationId
    at: datetime
    total: str
    guarantee: str


@dataclass(frozen=True, slots=True)
class AssessedAnew:
    """What a declaration owes was computed anew, and differs from what was told before."""

    subject: DeclarationId
    at: datetime
    earlier: str
    total: str


@dataclass(frozen=True, slots=True)
class RefundOrdered:
    """What was paid too much, or for a declaration that is no more, is given back."""

    subject: DeclarationId
    at: datetime
    total: str
    bank: str
    bank_reference: str
