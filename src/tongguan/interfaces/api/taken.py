"""What the API takes, as OpenAPI describes it: objects of known members, in one form each."""

from typing import Annotated

from pydantic import Field

from tongguan.domain.inspection.values import Finding
from tongguan.domain.review.values import Consequence
from tongguan.interfaces.api.identifiers import (
    Bill,
    CodeOrNone,
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
    SiteOrNone,
    Vehicle,
)
from tongguan.interfaces.api.values import (
    Account,
    Amount,
    Code,
    Count,
    Day,
    Long,
    Measure,
    Moment,
    Name,
    OneTime,
    Reason,
    Seals,
    Sha256,
    Signature,
    Statement,
    Taken,
    Text,
    Truth,
)


class ReceiptIn(Taken):
    """What a bank received, under its signature (Ed25519, hex)."""

    bank: Name
    bank_reference: Reference
    amount: Amount
    currency: Currency = "CNY"
    paid_at: Moment
    signature: Signature


class CloseIn(Taken):
    """How a review ended: nothing found, or a finding with words."""

    finding: Code = ""
    words: Statement = ""


class DecisionIn(Taken):
    """What follows from a finding, and why."""

    consequence: Consequence
    words: Long


class DutyIn(Taken):
    """Whether an officer is on duty at an office today."""

    officer: Account
    office: Office
    present: Truth = True


class AppointmentIn(Taken):
    """When and where an examination is held."""

    at: Moment
    place: Name


class ReplacementIn(Taken):
    """Who of the two is to act no more, why in words, and the code of the ground.

    Grounds: ILL, AWAY, INTEREST, SKILL. Who acts instead is drawn; only on SKILL somebody is
    `named`, one for each, as an exception from the draw.
    """

    absent: Annotated[list[Account], Field(min_length=1, max_length=2)]
    named: Annotated[list[Account], Field(max_length=2, default_factory=list)]
    ground: Text
    why: Reason


class ConfirmedIn(Taken):
    """The hash of the replacement that is asked for, as it was read."""

    sha256: Sha256


class AbsenceIn(Taken):
    """What an enterprise says beforehand: that it sends nobody, in words, and on what ground.

    Grounds: DELEGATED (who is delegated stands in the words), DECLARED.
    """

    ground: Text
    words: Text


class WitnessIn(Taken):
    """The attending person of the enterprise, or the code of the ground on which nobody attends.

    Grounds: DELEGATED and DECLARED, where the enterprise said so, and NOT_COME.
    """

    witness: Name = ""
    absence: Code = ""


class StartIn(Taken):
    """That unpacking begins, and the seals that were found before it.

    `why` is the ground on which it begins before the appointed time.
    """

    seals_before: Seals = ""
    why: Reason = ""


class RecordIn(Taken):
    """What the officers write into the record of an examination, before anybody signs it.

    Who holds it and who attends stand fixed: the record names them by itself. `why` is the ground
    on which it says otherwise of a finding that somebody has signed.
    """

    result: Statement
    finding: Finding = Finding.NONE
    line: Count = 0
    quantity_found: Measure | None = None
    packages_found: Count | None = None
    mass_found_kg: Measure | None = None
    seals_after: Seals = ""
    packages_opened: Count | None = None
    quantity: Name = ""
    why: Reason = ""


class SignIn(Taken):
    """The hash of the record as it was read; with a code, an attending person's signature."""

    sha256: Sha256
    code: OneTime = ""


class ArrivalIn(Taken):
    """Goods of a bill, or a container, that are at a site."""

    number: Bill
    site: Site


class UnitIn(Taken):
    """A container, or a bill whose goods are in none."""

    unit: Bill


class TransportIn(Taken):
    """A means of transport that was declared at entry; without a moment, now.

    With a reason it corrects what was declared before.
    """

    manifest: Manifest
    declared_at: Moment | None = None
    reason: Statement = ""


class DepartureIn(Taken):
    """Goods that left under seal."""

    carrier: Name = ""
    vehicle: Vehicle
    seals: Text


class TransitArrivalIn(Taken):
    """Goods that arrived at the office of destination: at which site, under which seals.

    The reason is an inspector's, who confirms an arrival that looks too early.
    """

    intact: Truth
    seals: Text = ""
    site: SiteOrNone = ""
    reason: Reason = ""


class GuaranteeIn(Taken):
    """The number of a guarantee."""

    text: Licence


class WordsIn(Taken):
    """A text."""

    text: Long


class QueryIn(Taken):
    """What a reviewer asks, on what ground, and the code of the document that is wanted."""

    question: Statement
    ground: Text
    document: CodeOrNone = ""


class RevocationIn(Taken):
    """On what ground an accepted declaration is revoked, and why in words."""

    ground: Text
    words: Statement


class LicenceIn(Taken):
    """A licence: letter and number, holder by credit code, how much of which unit, its days."""

    kind: PermitKind
    number: Licence
    holder: Enterprise
    granted: Measure
    unit: MeasureUnit
    valid_from: Day
    valid_until: Day
    commodities: list[Commodity] = Field(default=[])
    port: CodeOrNone = ""


class NamedLicenceIn(Taken):
    """Letter and number of a licence that a declaration lacks."""

    kind: PermitKind
    number: Licence
