"""What the API gives, as OpenAPI describes it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field


class HoldOut(Schema):
    """Something that stands in the way: what, whose turn, where, why, since and until when.

    `due` is the moment at which the term has ended: the end of its last day.
    """

    id: str
    kind: str
    turn: str
    office: str
    why: str
    since: datetime
    due: datetime | None
    ended: datetime | None


class WarningOut(Schema):
    """What is told of a message that was taken: code, where, what, and what to do."""

    code: str
    pointer: str
    title: str
    detail: str
    remedy: str


class ManifestOut(Schema):
    """How many bills a manifest touched, and what its sender should look at."""

    bills: int
    warnings: list[WarningOut]


class StatusOut(Schema):
    """One declaration, how far it has come, and what it waits for."""

    number: str
    reference: str
    state: str
    since: datetime
    flow: str
    mode: str
    offices: dict[str, str]
    accepted_at: datetime
    holds: list[HoldOut]


class Decided(Schema):
    """What a decision on a case does to the goods: GOES_ON, STAYS or REFUSED.

    `follow_up` says what has to follow and whose it is; empty where nothing has to.
    """

    effect: str
    follow_up: str = ""


class Drawn(Schema):
    """Officers who were chosen for an examination."""

    officers: list[str]


class ReplacementOut(Schema):
    """A replacement that waits to be confirmed, and the hash by which who confirms it names it.

    `asked_by` asks for it as it is; `askers` are all who asked since officers were chosen last,
    and none of them confirms it. Without `named`, substitutes are drawn.
    """

    absent: list[str]
    named: list[str]
    ground: str
    why: str
    asked_by: str
    askers: list[str]
    sha256: str


class Sealed(Schema):
    """The hash of a record as it is signed."""

    sha256: str


class GivenCode(Schema):
    """A one-time code, told once, and when it ends."""

    code: str
    until: datetime


class MissingOut(Schema):
    """Whether all have signed; if not, the parts that are missing and from whom."""

    complete: bool
    missing: list[str]


class SignatureOut(Schema):
    """One signature: in what part, by whom, by what, when."""

    part: str
    name: str
    how: str
    at: datetime


class ExaminationOut(Schema):
    """The record of an examination, its hash, who has signed it and who is still to sign."""

    number: str
    officers: list[str]
    witness: str
    refused: str
    version: int
    result: str
    finding: str
    line: int
    declared: str
    quantity_found: Decimal | None
    packages_found: int | None
    mass_found_kg: Decimal | None
    packages_opened: int | None
    quantity: str
    seals_before: str
    seals_listed: list[str]
    containers: list[str]
    early: str
    drawn_of: list[int]
    named: list[str]
    seals_after: str
    sha256: str
    complete: bool
    signatures: list[SignatureOut]
    missing: list[str]


class EventOut(Schema):
    """One event; `cursor` is where the next call goes on."""

    cursor: str
    kind: str
    subject: str
    number: str
    at: datetime
    facts: dict[str, str]


class EventsOut(Schema):
    """Events after a cursor, and the cursor to go on from."""

    events: list[EventOut]
    cursor: str


class ReceiptOut(Schema):
    """What customs told: `code` of the single window, `function` of a WCO response, in words.

    `forms` names the documents it is handed out as.
    """

    cursor: str
    kind: str
    code: str
    function: str
    text: str
    words: str
    office: str
    at: datetime
    due: datetime | None
    version: int | None
    forms: list[str]


class ReceiptsOut(Schema):
    """Receipts after a cursor, and the cursor to go on from."""

    receipts: list[ReceiptOut]
    cursor: str


class InputOut(Schema):
    """A figure that an amount was computed from, and the row of law it was read in."""

    words: str
    value: str
    source: str


class AmountOut(Schema):
    """One amount, in CNY, and how it came about; line 0 is the whole declaration."""

    line: int
    tax: str
    title: str
    amount: Decimal
    levied: Decimal
    formula: str
    worked: str
    rule: str
    source: str
    inputs: list[InputOut]
    notes: list[str]


class ChargesOut(Schema):
    """What a declaration owes, and until when."""

    version: int
    currency: str
    payable: Decimal
    due: date
    paid_at: datetime | None
    secured_by: str
    totals: dict[str, Decimal]
    amounts: list[AmountOut]


class GateOut(Schema):
    """The answer to `may this leave?`; `undeclared` are bills of it that wait to be declared.

    `containers` are those that the goods of a bill leave in, by their own numbers only.
    """

    may_leave: bool
    verdict: str
    words: str
    site: str
    unit: str
    number: str
    declaration_office: str
    released_at: datetime | None
    left_at: datetime | None
    waiting: list[dict[str, str]]
    undeclared: list[str]
    containers: list[str]
    orders: list[str]


class PermitOut(Schema):
    """What an agency is asked; `left` is the balance where the licence is registered.

    `cursor` is where the next page begins, after this row.
    """

    cursor: str
    hold: str
    declaration: str
    trader: str
    agency: str
    kind: str
    number: str
    quantity: Decimal
    unit: str
    left: Decimal | None
    since: datetime


class DisputeOut(Schema):
    """A claim to a voyage or a bill; `outcome` is empty until it is decided."""

    cursor: str
    id: UUID
    manifest: str
    voyage: str
    office: str
    bills: list[str]
    raised_at: datetime
    outcome: str
    reason: str


class DiversionOut(Schema):
    """A request to bring goods elsewhere; `approved` is null until it is decided."""

    cursor: str
    id: UUID
    bill: str
    from_: Annotated[str, Field(alias="from")]
    to: str
    reason: str
    asked_at: datetime
    approved: bool | None
    words: str


class HoldingOut(Schema):
    """A certificate or licence; `granted`, `drawn` and `left` are null where not for the caller.

    `valid_until` is the day after the last. `unit` is of the unit table, or CNY of customs value.
    """

    id: int
    kind: str
    number: str
    holder: str
    basis: str
    origin: str
    levy_modes: list[str]
    frees: list[str]
    share: Decimal | None
    commodities: list[str]
    granted: Decimal | None
    drawn: Decimal | None
    left: Decimal | None
    unit: str
    valid_from: date
    valid_until: date
    issuer: str
    port: str
    withdrawn_at: datetime | None


class HoldingsOut(Schema):
    """A page of certificates or licences; `after` asks for the next one, empty at the end."""

    rows: list[HoldingOut]
    after: str


class DrawingOut(Schema):
    """What one declaration drew on a certificate or licence, and what was given back."""

    declaration: str
    reference: str
    drawn: Decimal
    given_back: Decimal
    at: datetime


class DrawingsOut(Schema):
    """A page of declarations that drew on it; `after` asks for the next one, empty at the end."""

    rows: list[DrawingOut]
    after: str


class Done(Schema):
    """An act that was done."""

    done: bool = True
