"""Assessments as they are computed, kept and explained; receipts of banks."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final, Literal, Self
from uuid import UUID

from msgspec import Struct, convert, json

from tongguan.domain.declarations.values import Kind
from tongguan.domain.permits.values import CertificateKind
from tongguan.domain.revenue.notes import LOWERED, UNDETERMINED, Note
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.money import Money
from tongguan.kernel.text import Term, _

FORMAT: Final = 1
"""Version of the stored form. A reader of all earlier forms stays here for good."""

ZERO: Final = Decimal(0)


class Tax(Term):
    """What is levied."""

    DUTY = "DUTY", _("import duty")
    EXPORT_DUTY = "EXPORT_DUTY", _("export duty")
    ANTI_DUMPING = "ANTI_DUMPING", _("anti-dumping duty")
    COUNTERVAILING = "COUNTERVAILING", _("countervailing duty")
    SAFEGUARD = "SAFEGUARD", _("safeguard duty")
    CONSUMPTION = "CONSUMPTION", _("consumption tax")
    VAT = "VAT", _("value added tax")
    LATE_DECLARATION = "LATE_DECLARATION", _("late-declaration fee")


class Source(Struct, frozen=True, array_like=True, gc=False):
    """Where a rate stands: the law or table, and the day from which it holds."""

    text: str
    valid_from: date | None = None


class Cost(Struct, frozen=True, array_like=True, gc=False):
    """Freight, insurance or another cost, in CNY: rule and inputs say how it came about.

    `line` is 0 where it is shared over all lines, else the number of the line that states it.
    """

    kind: Literal["freight", "insurance", "other"]
    amount: Decimal
    rule: str
    version: int
    inputs: tuple[Decimal, ...]
    source: int = -1
    notes: tuple[str, ...] = ()
    line: int = 0


class LineValue(Struct, frozen=True, array_like=True, gc=False):
    """The customs value of one line, in CNY."""

    line: int
    amount: Decimal
    rule: str
    version: int
    inputs: tuple[Decimal, ...]
    source: int = -1


class Charge(Struct, frozen=True, array_like=True, gc=False):
    """One tax on one line (line 0: on the whole declaration), in CNY.

    Attributes:
        amount: what the formula gives, rounded.
        levied: what is owed of it: less where relief is granted or a threshold is not reached.
        rule: code of the rule in `rules.catalogue`, with `version`.
        inputs: the figures of the formula, in the rule's order.
        source: index into `Assessment.sources`; -1 where no table was read.
        notes: codes of `Note`.
    """

    line: int
    tax: str
    amount: Decimal
    levied: Decimal
    rule: str
    version: int
    inputs: tuple[Decimal, ...]
    source: int = -1
    notes: tuple[str, ...] = ()


class CertificateUsed(Struct, frozen=True, array_like=True, gc=False):
    """How much of a certificate one line uses: so much of `unit`, or CNY of customs value.

    `share` is what is levied all the same of `taxes`, codes of `Tax`; a certificate of origin
    lowers none by itself. `kind` is a code of `CertificateKind`.
    """

    line: int
    certificate_id: int
    number: str
    quantity: Decimal
    unit: str
    share: Decimal
    taxes: tuple[str, ...]
    kind: str = CertificateKind.RELIEF.value


class Total(Struct, frozen=True, array_like=True, gc=False):
    """One tax over all lines: computed, and levied."""

    tax: str
    computed: Decimal
    levied: Decimal


class Assessment(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What one version of a declaration owes, with everything to compute it again.

    Attributes:
        day: the day whose rates apply.
        value_rounding, tax_rounding, fee_rounding: names of `kernel.money.Rounding`.
        value: customs value of all lines, in CNY.
        payable: all that is levied, in CNY.
        transport: the day the transport was declared; None while an import is provisional.
        reached: the day goods in transit reached their destination.
        used: what is drawn on certificates for it.
    """

    format: int
    day: date
    value_rounding: str
    tax_rounding: str
    fee_rounding: str
    sources: tuple[Source, ...]
    costs: tuple[Cost, ...]
    values: tuple[LineValue, ...]
    charges: tuple[Charge, ...]
    totals: tuple[Total, ...]
    value: Decimal
    payable: Decimal
    transport: date | None = None
    reached: date | None = None
    used: tuple[CertificateUsed, ...] = ()

    def levied(self, tax: Tax) -> Decimal:
        """Return what is levied of one tax, in CNY."""
        for total in self.totals:
            if total.tax == tax.value:
                return total.levied
        return ZERO

    @property
    def fee(self) -> Decimal:
        """Return the late-declaration fee: it is paid, never secured. Source: Order 128."""
        return self.levied(Tax.LATE_DECLARATION)

    @property
    def undetermined(self) -> bool:
        """Return whether a rate was not known, so that an officer has to assess a tax."""
        return bool(self.undetermined_lines)

    @property
    def undetermined_lines(self) -> tuple[int, ...]:
        """Return the numbers of the lines of which a rate or quantity was not known."""
        found = {one.line for one in self.charges if not UNDETERMINED.isdisjoint(one.notes)}
        return tuple(sorted(found))

    def certificate(self, charge: Charge) -> str:
        """Return the number of the certificate that lowered a charge; empty where none did."""
        if LOWERED.isdisjoint(charge.notes):
            return ""
        reliefs = (one for one in self.used if one.kind == CertificateKind.RELIEF.value)
        return next((one.number for one in reliefs if one.line == charge.line), "")

    @property
    def unproven(self) -> bool:
        """Return whether a relief is claimed that no certificate grants: an officer has to look."""
        return any(Note.RELIEF_UNPROVEN.value in charge.notes for charge in self.charges)

    def stored(self) -> bytes:
        """Return the assessment as JSON, to be kept."""
        return json.encode(self)

    def as_json(self) -> dict[str, Any]:
        """Return what is stored as plain values, for a column of JSON."""
        found: dict[str, Any] = json.decode(self.stored())
        return found

    @classmethod
    def read(cls, stored: bytes | str | dict[str, Any]) -> Self:
        """Return the assessment that was stored, as it was.

        Raises:
            ValueError: it is of a form that this release does not know.
        """
        if isinstance(stored, dict):
            found = convert(stored, cls, strict=True)
        else:
            found = json.decode(stored, type=cls)
        if found.format != FORMAT:
            raise ValueError(f"assessments of form {found.format} are not known")
        return found


@dataclass(frozen=True, slots=True)
class BankReceipt:
    """What a bank confirms under its signature: this much was received, at this moment.

    Attributes:
        bank: name under which the bank is registered.
        bank_reference: the bank's own number, unique with that bank.
        paid_at: when the money was received: the day of payment. Source: Order 124.
        signature: Ed25519, over `signed_content`.
    """

    bank: str
    bank_reference: str
    paid: Money
    paid_at: datetime
    signature: bytes = b""

    def signed_content(self, number: str) -> bytes:
        """Return the bytes a bank signs: a receipt is good for one customs number only."""
        facts = (
            "tongguan bank receipt 1",
            self.bank,
            self.bank_reference,
            number,
            f"{self.paid.amount.normalize():f} {self.paid.currency}",
            self.paid_at.astimezone(UTC).isoformat(),
        )
        return json.encode(facts)


@dataclass(frozen=True, slots=True)
class ExplainedInput:
    """One figure of a formula, in the reader's words."""

    words: str
    value: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """How one amount came about, in the reader's words.

    Attributes:
        line: number of the line; 0 for the whole declaration.
        tax: code of `Tax`, or nothing for a value or a cost.
        formula: with words: "customs value × rate"; `worked`: with figures.
        rule: name and version; `source`: the law behind the formula.
        notes: sentences beside it.
    """

    line: int
    tax: str
    title: str
    amount: Decimal
    levied: Decimal
    currency: str
    formula: str
    worked: str
    rule: str
    source: str
    inputs: tuple[ExplainedInput, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwedRow:
    """One assessment, as a list shows it: `total` is what is to be paid of it, in `currency`."""

    id: UUID
    declaration_id: DeclarationId
    number: str
    reference: str
    trader: str
    office: str
    district: str
    version: int
    total: Decimal
    currency: str
    issued_at: datetime
    due_date: date
    paid_at: datetime | None
    secured_by: str
    kind: str = Kind.FULL.value

    @property
    def estimated(self) -> bool:
        """Return whether it is a summary's estimate, which is secured and never paid."""
        return self.kind == Kind.SUMMARY.value


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """One payment, as a declaration's page shows it: `amount` with the surcharge in it."""

    bank: str
    bank_reference: str
    amount: Decimal
    surcharge: Decimal
    paid_at: datetime


@dataclass(frozen=True, slots=True)
class Charges:
    """All that is known of what one version of a declaration owes."""

    row: OwedRow
    assessment: Assessment
    payments: tuple[PaymentRow, ...]


@dataclass(frozen=True, slots=True)
class GuaranteeRow:
    """One guarantee: its limit and what is drawn on it, in CNY; and when it was withdrawn."""

    number: str
    enterprise_id: int
    limit_cny: Decimal
    drawn_cny: Decimal
    valid_from: date
    valid_until: date
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class BankRow:
    """A bank with one of its keys, an Ed25519 key in hexadecimal, and how long it is believed."""

    name: str
    public_key: str
    registered_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class DueRow:
    """What is owed at one office, in CNY: how many, how much, and how much of it is late."""

    office: str
    count: int
    owed: Decimal
    late_count: int
    late: Decimal


@dataclass(frozen=True, slots=True)
class CollectedRow:
    """What was paid at one office to be booked to one district."""

    office: str
    district: str
    count: int
    amount: Decimal
    surcharge: Decimal


@dataclass(frozen=True, slots=True)
class Debit:
    """An amount to be drawn on a guarantee of an enterprise, for one assessment, in CNY."""

    guarantee: str
    enterprise_id: int
    assessment_id: UUID
    amount: Decimal
