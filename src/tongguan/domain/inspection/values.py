"""Inspection records as they travel."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

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
    SEALS = "SEALS", _("seals differ from the manifest")


class AbsenceGround(Term):
    """On what ground goods are examined without anybody of the enterprise.

    Source: announcement 24/2020 for the first two; Order 138, art. 12 (2) for the third.
    """

    DELEGATED = "DELEGATED", _("the enterprise delegated the keeper of the goods or the carrier")
    DECLARED = "DECLARED", _("the enterprise declared that nobody comes")
    NOT_COME = "NOT_COME", _("nobody came after a notice given in time")


BEFOREHAND: Final = (AbsenceGround.DELEGATED, AbsenceGround.DECLARED)
"""Grounds that the enterprise itself gives before the examination."""


class Measured(Term):
    """What can be counted or weighed at an examination."""

    PACKAGES = "PACKAGES", _("packages")
    MASS = "MASS", _("gross mass, kg")
    QUANTITY = "QUANTITY", _("quantity of the line")


class Whereabouts(Term):
    """Where goods are that are to be examined at an office."""

    HERE = "HERE", _("they are here")
    AWAITED = "AWAITED", _("their arrival has not been reported yet")
    MOVING = "MOVING", _("they are still to come there under seal")
    ELSEWHERE = "ELSEWHERE", _("they lie at another office")


class ReplacementGround(Term):
    """On what ground another officer than the one drawn acts."""

    ILL = "ILL", _("illness")
    AWAY = "AWAY", _("called away or off duty")
    INTEREST = "INTEREST", _("conflict of interest")
    SKILL = "SKILL", _("goods that need special knowledge")


HAVE_LEFT: Final = (ReplacementGround.ILL, ReplacementGround.AWAY)
"""Grounds on which an officer is not on duty any more, as a mark says."""
BY_HAND: Final = (ReplacementGround.SKILL,)
"""Grounds on which another officer is named by hand; on all others he is drawn."""


class Part(Term):
    """In what part somebody signs an examination record."""

    OFFICER = "OFFICER", _("officer")
    ATTENDING = "ATTENDING", _("attending person")
    KEEPER = "KEEPER", _("keeper of the goods as witness")


class How(Term):
    """By what somebody signs."""

    SIGN_IN = "SIGN_IN", _("under his own sign-in")
    CODE = "CODE", _("with the one-time code of the enterprise")


class Seen(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the officers write into the record of an examination, before anybody signs it.

    Attributes:
        result: what was seen, in words.
        finding: code of `Finding`; empty where all is as declared.
        line: the line of goods that the finding is about; 0 for the whole consignment.
        quantity_found: of that line, in its declared unit.
        packages_found: of the whole consignment.
        mass_found_kg: gross, of the whole consignment.
        seals_after: seal numbers.
        packages_opened: how many packages were opened; None where nobody stated it.
        quantity: what was counted or weighed, with its unit.
    """

    result: str
    finding: str = ""
    line: int = 0
    quantity_found: Decimal | None = None
    packages_found: int | None = None
    mass_found_kg: Decimal | None = None
    seals_after: str = ""
    packages_opened: int | None = None
    quantity: str = ""


class Signed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole record: what was seen, and who attended and signed.

    Attributes:
        officers: account names of the two officers.
        witness: name of the attending person, or the ground on which nobody attended.
        seals_before: seal numbers found before opening.
        seals_listed: seal numbers of the manifest, as it stood when unpacking began.
        containers: the declared ones.
        early: why it began before the appointed time, if it did.
        number: customs number of the declaration, empty in records of earlier releases.
        refused: what was noted where the attending person refuses to sign.
        declared: what was declared of what the finding is about.
        version: counts what was written for this examination; 0 in records of earlier releases.
        drawn_of: of how many officers present each draw was made: of the two, then of a substitute.
        named: those officers who were named by hand, as an exception from the draw.
        The others are those of `Seen`.
    """

    officers: tuple[str, str]
    witness: str
    result: str
    finding: str = ""
    seals_before: str = ""
    seals_listed: tuple[str, ...] = ()
    containers: tuple[str, ...] = ()
    early: str = ""
    seals_after: str = ""
    packages_opened: int | None = None
    quantity: str = ""
    number: str = ""
    refused: str = ""
    version: int = 0
    line: int = 0
    declared: str = ""
    quantity_found: Decimal | None = None
    packages_found: int | None = None
    mass_found_kg: Decimal | None = None
    drawn_of: tuple[int, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One signed record."""

    hold_id: HoldId
    office: str
    signed: Signed
    signed_at: datetime
    signed_by: str
    sha256: str = ""
    signatures: "tuple[SignatureRow, ...]" = ()
    supplements: "tuple[SupplementRow, ...]" = ()


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """When and where an enterprise attends as witness.

    `agreed_by` is who agreed for the enterprise that it begins earlier, if somebody did.
    """

    hold_id: HoldId
    at: datetime
    place: str
    told_at: datetime
    agreed_by: str = ""


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """Who attends for the enterprise, or why nobody does, and since when goods are unpacked.

    Attributes:
        witness: name of the attending person; empty where nobody attends.
        absence: code of `AbsenceGround`, or words of records of earlier releases.
        keeper: account name of the keeper of the goods who attends as witness, once he said so.
        refused: what was noted where the attending person refuses to sign.
        seals_listed: seal numbers of the manifest, as it stood when unpacking began.
        early: why it began before the appointed time, if it did.
    """

    hold_id: HoldId
    witness: str
    absence: str
    noted_at: datetime
    seals_before: str
    started_at: datetime | None
    started_by: str
    keeper: str = ""
    refused: str = ""
    seals_listed: tuple[str, ...] = ()
    early: str = ""

    @property
    def told(self) -> str:
        """Return the attending person, or the ground of absence, as the record names it."""
        return self.witness or self.absence

    @property
    def by_keeper(self) -> bool:
        """Return whether the keeper of the goods signs in place of an attending person."""
        return not self.witness or bool(self.refused)

    @property
    def complete(self) -> bool:
        """Return whether somebody attends who may: the enterprise, or the keeper as witness."""
        return bool(self.witness or self.keeper)


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """One signature: in what part, by whom, by what, when."""

    part: Part
    by: str
    name: str
    how: How
    at: datetime


@dataclass(frozen=True, slots=True)
class PreparedRow:
    """A record that is being signed.

    Attributes:
        signed: the record as everybody signs it.
        sha256: hash of its content in hex; a signature is over this.
        signatures: those over this content, in order.
        missing: who is still to sign: the part, and the account where one is known.
    """

    hold_id: HoldId
    signed: Signed
    sha256: str
    prepared_by: str
    prepared_at: datetime
    signatures: tuple[SignatureRow, ...]
    missing: tuple[tuple[Part, str], ...]


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of a record: what it says, who wrote it, and who signed it.

    Attributes:
        version: its number within the examination, from 1.
        why: the ground on which it changes a finding that somebody had signed, or nothing.
        signatures: those over this version; they count only while it is the last.
    """

    hold_id: HoldId
    version: int
    signed: Signed
    sha256: str
    why: str
    by: str
    at: datetime
    signatures: tuple[SignatureRow, ...]


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """What an enterprise said beforehand: on what ground nobody comes."""

    ground: AbsenceGround
    words: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SupplementRow:
    """What was added to a record after it was signed."""

    hold_id: HoldId
    words: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class KeeperTaskRow:
    """An examination at a site that its operator attends as witness, or whose record he signs."""

    hold_id: HoldId
    declaration_id: DeclarationId
    number: str
    site: str
    absence: str
    attends: bool
    sha256: str


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
