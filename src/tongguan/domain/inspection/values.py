"""Inspection records as they travel."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct

from tongguan.kernel.identifiers import DeclarationId, HoldId
from tongguan.kernel.text import Term, _


class Finding(Term):
    """What an inspection found."""

    NONE = "", _("as declared")
    QUANTITY = "QUANTITY", _("quantity differs")
    DESCRIPTION = "DESCRIPTION", _("goods differ from the description")
    ORIGIN = "ORIGIN", _("origin differs")
    MARKS = "MARKS", _("marks or brand in doubt")
    PROHIBITED = "PROHIBITED", _("prohibited goods")


class Signed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is signed at the site: two officers and the witness, what was done and found.

    Attributes:
        officers: account names of the two officers.
        witness: name of the enterprise's witness, or the ground of absence.
        result: what was seen, in words.
        finding: code of `Finding`; empty where all is as declared.
        seals_before, seals_after: seal numbers.
        packages_opened: how many packages were opened.
        quantity: what was counted or weighed, with its unit.
    """

    officers: tuple[str, str]
    witness: str
    result: str
    finding: str = ""
    seals_before: str = ""
    seals_after: str = ""
    packages_opened: int = 0
    quantity: str = ""


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One signed record."""

    hold_id: HoldId
    office: str
    signed: Signed
    signed_at: datetime
    signed_by: str


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """When and where an enterprise attends as witness."""

    hold_id: HoldId
    at: datetime
    place: str
    told_at: datetime


@dataclass(frozen=True, slots=True)
class DrawRow:
    """The officers of one inspection: drawn of those present, by the seed of a day, or replaced.

    Attributes:
        office: where the inspection is held.
        seed_day: whose seed was drawn with, so that anyone entitled can draw again.
        present: who was on duty and qualified, in order of name.
        drawn: the two that were drawn.
        officers: the two that hold it; the same, or others for the reason `why`.
    """

    hold_id: HoldId
    declaration_id: DeclarationId
    office: str
    seed_day: date
    present: tuple[str, ...]
    drawn: tuple[str, ...]
    drawn_at: datetime
    officers: tuple[str, ...]
    why: str = ""
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class DutyRow:
    """An inspector posted at an office, and whether he is marked present on a day.

    Attributes:
        elsewhere: another office at which he is marked present that day, or nothing.
    """

    officer: str
    present: bool
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """Who attends for the enterprise, or why nobody does, and since when goods are unpacked."""

    hold_id: HoldId
    witness: str
    absence: str
    noted_at: datetime
    seals_before: str
    started_at: datetime | None
    started_by: str

    @property
    def told(self) -> str:
        """Return the witness, or the ground of absence, as the record names it."""
        return self.witness or self.absence


@dataclass(frozen=True, slots=True)
class LoadRow:
    """How busy a control site is on a day, against the inspections that it can hold.

    Attributes:
        site: where the goods are inspected; empty where the office has none.
        waiting: inspections that are open now.
        done: records signed today.
        a_day: how many it can hold; None where nobody says, `source` says who does.
    """

    office: str
    site: str
    waiting: int
    done: int
    a_day: int | None
    source: str

    @property
    def share(self) -> Decimal | None:
        """Return the part of the day's capacity that is taken, of 1, or None."""
        return Decimal(self.waiting + self.done) / self.a_day if self.a_day else None
