"""Licences and what is asked of agencies, as they travel."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from tongguan.kernel.identifiers import DeclarationId, HoldId
from tongguan.kernel.text import Term, _


class Answer(Term):
    """What an agency said."""

    WAITING = "", _("not answered yet")
    CONFIRMED = "confirmed", _("confirmed")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("no longer needed")


class Asked(NamedTuple):
    """A licence to be confirmed: `quantity` of `unit` is used of it."""

    agency: str
    kind: str
    number: str
    quantity: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class NewLicence:
    """A licence as its agency registers it.

    Attributes:
        kind: letter of the list of permit documents.
        number: unique with that kind.
        holder_id: the enterprise that may use it.
        granted: so much of `unit`, a code of the unit table.
        valid_from: first day on which a declaration may be accepted on it.
        valid_until: the day after the last.
        commodities: codes from their beginning that it is for; all where none are named.
        port: the office or district that it names; one of the region is all of the region.
    """

    kind: str
    number: str
    holder_id: int
    granted: Decimal
    unit: str
    valid_from: date
    valid_until: date
    commodities: tuple[str, ...] = ()
    port: str = ""


@dataclass(frozen=True, slots=True)
class RequestRow:
    """What an agency is asked, or was: with the licence's balance where one is registered."""

    hold_id: HoldId
    declaration_id: DeclarationId
    declaration: str
    trader: str
    agency: str
    kind: str
    number: str
    quantity: Decimal
    unit: str
    asked_at: datetime
    answer: Answer
    words: str
    answered_by: str
    answered_at: datetime | None
    left: Decimal | None
