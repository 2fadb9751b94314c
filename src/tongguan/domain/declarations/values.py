"""The canonical declaration: what every channel is read into, and what is kept.

Codes are text, amounts and masses decimals written as text, days ISO 8601; what is absent is
left out. The names are the paths of our JSON.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from msgspec import Struct

MAX_LINES: Final = 999


class Value(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """A frozen part of a declaration. Unknown members are refused by name."""


class Function(StrEnum):
    """What a submission asks for."""

    ORIGINAL = "original"
    AMEND = "amend"
    CANCEL = "cancel"
    COMPLETE = "complete"
    ARRIVE = "arrive"


class Flow(StrEnum):
    """Which way the goods go."""

    IMPORT = "import"
    EXPORT = "export"


class Kind(StrEnum):
    """How much of a declaration this is."""

    FULL = "full"
    SUMMARY = "summary"
    SUPPLEMENTARY = "supplementary"
    BONDED_LIST = "bonded_list"


class Mode(StrEnum):
    """The five ways of clearing in the region. Found from the offices, never asked.

    Source: GACC announcements 58/2013 and 65/2014.
    """

    PORT = "port"
    TRANSIT = "transit"
    LOCAL_DECLARED = "local_declared"
    LOCAL_RELEASED = "local_released"
    REGIONAL = "regional"


class Offices(Value, frozen=True):
    """The four offices of a declaration, four digits each; they may lie in different districts."""

    declaration: str | None = None
    goods: str | None = None
    payment: str | None = None
    inspection: str | None = None


class Party(Value, frozen=True):
    """An enterprise as declared: unified social credit code, customs code, name."""

    scc: str | None = None
    code: str | None = None
    name: str | None = None


class Parties(Value, frozen=True):
    """Who stands behind a declaration; `agent` acts for the declarant where a format names both."""

    trader: Party = Party()
    owner: Party = Party()
    declarant: Party = Party()
    overseas: Party = Party()
    agent: Party = Party()


class Inland(Value, frozen=True):
    """The leg inside the country, for goods that move under customs control."""

    mode: str | None = None
    name: str | None = None
    voyage: str | None = None


class Transport(Value, frozen=True):
    """The means the goods crossed the border on."""

    mode: str | None = None
    name: str | None = None
    voyage: str | None = None
    inland: Inland | None = None


class Place(Value, frozen=True):
    """Where the goods lie: a control site of the region, or its name; and the port of entry.

    `inspection` is the site that the declarant asks to have them inspected at.
    """

    id: str | None = None
    name: str | None = None
    port: str | None = None
    inspection: str | None = None


class Countries(Value, frozen=True):
    """Trading country, where the goods were sent from, where they go."""

    trading: str | None = None
    dispatch: str | None = None
    destination: str | None = None


class Ports(Value, frozen=True):
    """Port of departure, and last port of call (import) or port of destination (export)."""

    departure: str | None = None
    call: str | None = None


class Charge(Value, frozen=True):
    """Freight, insurance or another cost: mark 1 per cent, 2 per unit, 3 total.

    A cost to be left out of the value has a rate below zero. `kind` is the sender's own code.
    """

    mark: str | None = None
    rate: Decimal | None = None
    currency: str | None = None
    kind: str | None = None


class Charges(Value, frozen=True):
    """What is added to the price of the goods."""

    freight: Charge | None = None
    insurance: Charge | None = None
    other: Charge | None = None


class Packages(Value, frozen=True):
    """How the goods are packed."""

    count: int | None = None
    kind: str | None = None
    marks: str | None = None


class Mass(Value, frozen=True):
    """Gross mass with packing, net mass without, both in kg."""

    gross: Decimal | None = None
    net: Decimal | None = None


class Regime(Value, frozen=True):
    """Supervision mode, nature of levy, record (handbook) number; procedures of other systems."""

    supervision: str | None = None
    levy: str | None = None
    record: str | None = None
    requested: str | None = None
    previous: str | None = None
    additional: tuple[str, ...] = ()


class Container(Value, frozen=True):
    """A container, its seals, and the lines it holds (line numbers)."""

    id: str
    size: str | None = None
    shared: bool | None = None
    seals: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()


class Quantity(Value, frozen=True):
    """A quantity in a unit of the unit table."""

    value: Decimal | None = None
    unit: str | None = None


class Permit(Value, frozen=True):
    """A licence the goods need: kind, number, line of the licence, and how much of it they use.

    `status` and `words` say why none is needed or how it stands, where a format states that.
    """

    kind: str | None = None
    number: str | None = None
    line: int | None = None
    status: str | None = None
    words: str | None = None
    quantity: Quantity | None = None
    amount: Decimal | None = None
    currency: str | None = None


class Document(Value, frozen=True):
    """A paper behind the declaration: kind, number, format, hash of the stored file."""

    kind: str | None = None
    number: str | None = None
    format: str | None = None
    sha256: str | None = None


class Confirmations(Value, frozen=True):
    """What the trader confirms about the value, import only."""

    relationship: bool | None = None
    price_effect: bool | None = None
    royalties: bool | None = None
    formula_price: bool | None = None
    provisional_price: bool | None = None


class Invoice(Value, frozen=True):
    """Total of the invoice as declared, where the format states one."""

    total: Decimal | None = None
    currency: str | None = None


class Preference(Value, frozen=True):
    """A preference claimed: agreement, certificate, its line, origin under it; regime and quota.

    `regime` is the duty regime as the WCO data model codes it; 100 claims none.
    """

    agreement: str | None = None
    certificate: str | None = None
    line: int | None = None
    quota: str | None = None
    origin: str | None = None
    regime: str | None = None


class Tax(Value, frozen=True):
    """A duty or tax as the trader computed it."""

    kind: str | None = None
    base: Decimal | None = None
    rate: Decimal | None = None
    amount: Decimal | None = None
    currency: str | None = None
    method: str | None = None


class Line(Value, frozen=True):
    """One line of goods.

    `region` is the customs code of the place inside the country, `division` its administrative
    code; `adjustments` are valuation marks as the WCO data model writes them.
    """

    number: int | None = None
    commodity: str | None = None
    quarantine: str | None = None
    classifications: tuple[str, ...] = ()
    name: str | None = None
    elements: str | None = None
    record_item: str | None = None
    quantity: Quantity = Quantity()
    first: Quantity = Quantity()
    second: Quantity = Quantity()
    mass: Mass = Mass()
    price: Decimal | None = None
    total: Decimal | None = None
    currency: str | None = None
    origin: str | None = None
    destination: str | None = None
    region: str | None = None
    division: str | None = None
    levy_mode: str | None = None
    use: str | None = None
    preference: Preference | None = None
    valuation: str | None = None
    adjustments: str | None = None
    charges: Charges | None = None
    regime: Regime | None = None
    taxes: tuple[Tax, ...] = ()
    packages: tuple[Packages, ...] = ()
    permits: tuple[Permit, ...] = ()
    documents: tuple[Document, ...] = ()


class Change(Value, frozen=True):
    """Why an accepted declaration is to change: reason code, words."""

    reason: str | None = None
    words: str | None = None


class Submission(Value, frozen=True, kw_only=True):
    """One declaration as it was sent, read into the canonical form.

    `reference` together with the declarant is the idempotency key. `of` names the accepted
    declaration that an amendment, a cancellation or a second step belongs to. `mode_asked` is
    the mode that the sender's own format marks, where it does; it has to agree with the offices.
    """

    reference: str | None = None
    function: Function = Function.ORIGINAL
    flow: Flow
    kind: Kind = Kind.FULL
    of: str | None = None
    advance: bool = False
    mode_asked: Mode | None = None
    offices: Offices = Offices()
    parties: Parties = Parties()
    transport: Transport = Transport()
    bill: str | None = None
    place: Place = Place()
    containers: tuple[Container, ...] = ()
    countries: Countries = Countries()
    ports: Ports = Ports()
    terms: str | None = None
    charges: Charges = Charges()
    packages: Packages = Packages()
    mass: Mass = Mass()
    regime: Regime = Regime()
    contract: str | None = None
    guarantee: str | None = None
    released_on_guarantee: bool = False
    entry_date: date | None = None
    permits: tuple[Permit, ...] = ()
    documents: tuple[Document, ...] = ()
    confirmations: Confirmations = Confirmations()
    invoice: Invoice = Invoice()
    remarks: str | None = None
    change: Change | None = None
    lines: tuple[Line, ...] = ()
