"""What the API takes, as OpenAPI describes it: no text is longer than its place, none holds NUL."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Annotated, Final

from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, Field, StringConstraints

from tongguan.domain.inspection.values import Finding
from tongguan.domain.review.values import Consequence
from tongguan.interfaces.api.identifiers import (
    Bill,
    CodeOf,
    Commodity,
    Currency,
    Enterprise,
    Licence,
    Manifest,
    MeasureUnit,
    Office,
    PermitKind,
    Reference,
    Site,
    Vehicle,
)
from tongguan.kernel.time import FIRST_DAY, LAST_DAY

PLAIN: Final = r"^[^\x00]*$"
Code = Annotated[str, StringConstraints(max_length=12, pattern=r"^[A-Z0-9_]*$")]
Name = Annotated[str, StringConstraints(max_length=100, pattern=PLAIN)]
Number = Annotated[str, StringConstraints(max_length=64, pattern=PLAIN)]
Text = Annotated[str, StringConstraints(max_length=200, pattern=PLAIN)]
Words = Annotated[str, StringConstraints(max_length=500, pattern=PLAIN)]
Seals = Annotated[str, StringConstraints(max_length=2000, pattern=PLAIN)]
Long = Annotated[str, StringConstraints(max_length=10_000, pattern=PLAIN)]
Amount = Annotated[Decimal, Field(max_digits=19, decimal_places=2, ge=0)]
Measure = Annotated[Decimal, Field(max_digits=19, decimal_places=5, ge=0)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
Account = Annotated[str, StringConstraints(max_length=150, pattern=PLAIN)]
Signature = Annotated[str, StringConstraints(pattern=r"^[0-9a-fA-F]{128}$")]
Day = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY)]
Moment = Annotated[
    AwareDatetime,
    Field(ge=datetime.combine(FIRST_DAY, time(), UTC), le=datetime.combine(LAST_DAY, time(), UTC)),
]


class ReceiptIn(Schema):
    """What a bank received, under its signature (Ed25519, hex)."""

    bank: Name
    bank_reference: Reference
    amount: Amount
    currency: Currency = "CNY"
    paid_at: Moment
    signature: Signature


class CloseIn(Schema):
    """How a review ended: nothing found, or a finding with words."""

    finding: Code = ""
    words: Words = ""


class DecisionIn(Schema):
    """What follows from a finding, and why."""

    consequence: Consequence
    words: Long


class DutyIn(Schema):
    """Whether an officer is on duty at an office today."""

    officer: Account
    office: Office
    present: bool = True


class AppointmentIn(Schema):
    """When and where an examination is held."""

    at: Moment
    place: Name


class ReplacementIn(Schema):
    """Who of the two is to act no more, why in words, and the code of the ground.

    Grounds: ILL, AWAY, INTEREST, SKILL. Who acts instead is drawn; only on SKILL somebody is
    `named`, one for each, as an exception from the draw.
    """

    absent: Annotated[list[Account], Field(min_length=1, max_length=2)]
    named: Annotated[list[Account], Field(max_length=2, default_factory=list)]
    ground: Text
    why: Annotated[str, StringConstraints(max_length=300, pattern=PLAIN)]


class ConfirmedIn(Schema):
    """The hash of the replacement that is asked for, as it was read."""

    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class AbsenceIn(Schema):
    """What an enterprise says beforehand: that it sends nobody, in words, and on what ground.

    Grounds: DELEGATED (who is delegated stands in the words), DECLARED.
    """

    ground: Text
    words: Text


class WitnessIn(Schema):
    """The attending person of the enterprise, or the code of the ground on which nobody attends.

    Grounds: DELEGATED and DECLARED, where the enterprise said so, and NOT_COME.
    """

    witness: Name = ""
    absence: Code = ""


class StartIn(Schema):
    """That unpacking begins, and the seals that were found before it.

    `why` is the ground on which it begins before the appointed time.
    """

    seals_before: Seals = ""
    why: Annotated[str, StringConstraints(max_length=300, pattern=PLAIN)] = ""


class RecordIn(Schema):
    """What the officers write into the record of an examination, before anybody signs it.

    Who holds it and who attends stand fixed: the record names them by itself. `why` is the ground
    on which it says otherwise of a finding that somebody has signed.
    """

    model_config = ConfigDict(extra="forbid")

    result: Words
    finding: Finding = Finding.NONE
    line: Count = 0
    quantity_found: Measure | None = None
    packages_found: Count | None = None
    mass_found_kg: Measure | None = None
    seals_after: Seals = ""
    packages_opened: Count | None = None
    quantity: Name = ""
    why: Annotated[str, StringConstraints(max_length=300, pattern=PLAIN)] = ""


class SignIn(Schema):
    """The hash of the record as it was read; with a code, an attending person's signature."""

    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    code: Annotated[str, StringConstraints(max_length=20, pattern=PLAIN)] = ""


class ArrivalIn(Schema):
    """Goods of a bill, or a container, that are at a site."""

    number: Bill
    site: Site


class UnitIn(Schema):
    """A container, or a bill whose goods are in none."""

    unit: Bill


class TransportIn(Schema):
    """A means of transport that was declared at entry; without a moment, now.

    With a reason it corrects what was declared before.
    """

    manifest: Manifest
    declared_at: Moment | None = None
    reason: Words = ""


class DepartureIn(Schema):
    """Goods that left under seal."""

    carrier: Name = ""
    vehicle: Vehicle
    seals: Text


class TransitArrivalIn(Schema):
    """Goods that arrived at the office of destination: at which site, under which seals.

    The reason is an inspector's, who confirms an arrival that looks too early.
    """

    intact: bool
    seals: Annotated[str, StringConstraints(max_length=200, pattern=PLAIN)] = ""
    site: Site = ""
    reason: Annotated[str, StringConstraints(max_length=300, pattern=PLAIN)] = ""


class GuaranteeIn(Schema):
    """The number of a guarantee."""

    text: Licence


class WordsIn(Schema):
    """A text."""

    text: Long


class QueryIn(Schema):
    """What a reviewer asks, on what ground, and the code of the document that is wanted."""

    question: Words
    ground: Text
    document: CodeOf = ""


class RevocationIn(Schema):
    """On what ground an accepted declaration is revoked, and why in words."""

    ground: Text
    words: Words


class LicenceIn(Schema):
    """A licence: letter and number, holder by credit code, how much of which unit, its days."""

    kind: PermitKind
    number: Licence
    holder: Enterprise
    granted: Annotated[Decimal, Field(max_digits=19, decimal_places=5)]
    unit: MeasureUnit
    valid_from: Day
    valid_until: Day
    commodities: list[Commodity] = Field(default=[])
    port: CodeOf = ""


class NamedLicenceIn(Schema):
    """Letter and number of a licence that a declaration lacks."""

    kind: PermitKind
    number: Licence
