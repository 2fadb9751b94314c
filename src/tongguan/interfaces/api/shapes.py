"""What the API takes and gives, as OpenAPI describes it."""

from datetime import datetime
from decimal import Decimal

from ninja import Schema


class HoldOut(Schema):
    """Something that stands in the way: what, whose turn, where, why, since and until when."""

    id: str
    kind: str
    turn: str
    office: str
    why: str
    since: datetime
    due: datetime | None
    ended: datetime | None


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


class GateOut(Schema):
    """The answer to `may this leave?`."""

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
    orders: list[str]


class ReceiptIn(Schema):
    """What a bank received, under its signature (Ed25519, hex)."""

    bank: str
    bank_reference: str
    amount: Decimal
    currency: str = "CNY"
    paid_at: datetime
    signature: str


class CloseIn(Schema):
    """How a review ended: nothing found, or a finding with words."""

    finding: str = ""
    words: str = ""


class SignedIn(Schema):
    """The record of an inspection as it is signed."""

    officers: tuple[str, str]
    witness: str
    result: str
    finding: str = ""
    seals_before: str = ""
    seals_after: str = ""
    packages_opened: int = 0


class ArrivalIn(Schema):
    """Goods of a bill, or a container, that are at a site."""

    number: str
    site: str


class DepartureIn(Schema):
    """Goods that left under seal."""

    carrier: str = ""
    vehicle: str
    seals: str


class TransitArrivalIn(Schema):
    """Goods that arrived at the office of destination; whether the seals are whole."""

    intact: bool


class WordsIn(Schema):
    """A text."""

    text: str


class QueryIn(Schema):
    """What a reviewer asks, and on what ground."""

    question: str
    ground: str
    document: str = ""


class Done(Schema):
    """An act that was done."""

    done: bool = True
