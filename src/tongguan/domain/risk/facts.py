"""One declaration as criteria and models see it, and the history behind it."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from msgspec import Struct, json

FORMAT: Final = 1
"""Version of the stored form. Later forms add members at the end only."""

Fact = str | int | Decimal | bool | tuple[str, ...] | None


class LineFacts(Struct, frozen=True, array_like=True, gc=False):
    """One line of goods. Amounts in CNY, masses in kg, rates as shares of 1.

    Attributes:
        value: customs value.
        value_per_kg, value_per_unit: of the net mass, of the transaction quantity.
        price_ratio: value per kg against what a kg of this commodity usually costs here.
        rate: most-favoured-nation rate of the tariff.
        origin_differs: the goods were sent from another country than they come from.
        first_goods: the trader has not declared this heading (six digits) before.
        seen_90: lines with this commodity in the last 90 days, by anybody.
    """

    number: int = 0
    commodity: str | None = None
    name: str | None = None
    origin: str | None = None
    destination: str | None = None
    quantity: Decimal | None = None
    unit: str | None = None
    net_kg: Decimal | None = None
    price: Decimal | None = None
    total: Decimal | None = None
    currency: str | None = None
    value: Decimal | None = None
    value_per_kg: Decimal | None = None
    value_per_unit: Decimal | None = None
    price_ratio: Decimal | None = None
    rate: Decimal | None = None
    levy_mode: str | None = None
    use: str | None = None
    preference: str | None = None
    permits: tuple[str, ...] = ()
    origin_differs: bool | None = None
    first_goods: bool | None = None
    seen_90: int | None = None


class Facts(Struct, frozen=True, array_like=True, gc=False):
    """One declaration, flat and frozen: head, parties, history, and its lines.

    What happened before is as of the history that stood when it was accepted: counts are of
    declarations accepted in the last 7, 30 or 90 days; `first` says that it never happened before.

    Attributes:
        declared, goods, payment, inspection: the four offices.
        districts: those of the offices of declaration and goods.
        pair: both together, `02>04`; `route`: port of departure and office of the goods.
        trader_office: home office of the trader.
        trader_days, declarant_days: days since registration.
        first_partner: this trader and this overseas party together.
        findings: of the trader, in the last 365 days.
        duty_share: duty and taxes against the customs value.
        net_share: net mass against gross mass.
    """

    format: int = FORMAT
    flow: str | None = None
    kind: str | None = None
    mode: str | None = None
    advance: bool | None = None
    declared: str | None = None
    goods: str | None = None
    payment: str | None = None
    inspection: str | None = None
    districts: tuple[str, ...] = ()
    pair: str | None = None
    site: str | None = None
    port: str | None = None
    transport: str | None = None
    vessel: str | None = None
    bill: str | None = None
    terms: str | None = None
    supervision: str | None = None
    levy: str | None = None
    record: str | None = None
    contract: str | None = None
    trading: str | None = None
    dispatch: str | None = None
    destination: str | None = None
    departure: str | None = None
    call: str | None = None
    route: str | None = None
    package_kind: str | None = None
    packages: int | None = None
    gross_kg: Decimal | None = None
    net_kg: Decimal | None = None
    containers: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    permits: tuple[str, ...] = ()
    on_guarantee: bool | None = None
    relationship: bool | None = None
    price_effect: bool | None = None
    royalties: bool | None = None
    formula_price: bool | None = None
    provisional_price: bool | None = None
    remarks: str | None = None
    trader: str | None = None
    trader_name: str | None = None
    credit: str | None = None
    trader_office: str | None = None
    trader_days: int | None = None
    owner: str | None = None
    declarant: str | None = None
    declarant_name: str | None = None
    declarant_credit: str | None = None
    declarant_days: int | None = None
    self_declared: bool | None = None
    overseas: str | None = None
    first_trader: bool | None = None
    first_declarant: bool | None = None
    first_overseas: bool | None = None
    first_partner: bool | None = None
    first_route: bool | None = None
    trader_7: int | None = None
    trader_30: int | None = None
    trader_90: int | None = None
    declarant_7: int | None = None
    declarant_30: int | None = None
    overseas_90: int | None = None
    route_90: int | None = None
    findings: int | None = None
    total_value: Decimal | None = None
    payable: Decimal | None = None
    duty_share: Decimal | None = None
    net_share: Decimal | None = None
    value_per_package: Decimal | None = None
    line_count: int = 0
    lines: tuple[LineFacts, ...] = ()

    def stored(self) -> str:
        """Return the facts as a JSON array, to be kept. Cost: 6 µs for five lines."""
        return _ENCODER.encode(self).decode()

    @classmethod
    def read(cls, stored: str | bytes) -> "Facts":
        """Return the facts that were stored.

        Raises:
            ValueError: they are of a form that this release does not know.
        """
        found = _DECODER.decode(stored)
        if found.format != FORMAT:
            raise ValueError(f"facts of form {found.format} are not known")
        return found


_ENCODER: Final = json.Encoder(decimal_format="string")
_DECODER: Final = json.Decoder(Facts)


class Seen(NamedTuple):
    """How often somebody or something was declared: last 7, 30 and 90 days."""

    last_7: int = 0
    last_30: int = 0
    last_90: int = 0


class History(Struct, frozen=True):
    """What happened before, gathered: all that facts need to know of other declarations.

    Keys: enterprises by credit code, overseas parties by name, partners as `code|name`, goods of
    a trader as `code|six digits`, routes and commodities as they stand in the facts. What is not
    in a mapping was never seen.

    Attributes:
        day: the windows end with the day before it.
        usual: what one kg of a commodity usually costs (median), in CNY.
        findings: of a trader, in the last 365 days.
    """

    day: date | None = None
    traders: Mapping[str, Seen] = {}
    declarants: Mapping[str, Seen] = {}
    overseas: Mapping[str, Seen] = {}
    routes: Mapping[str, Seen] = {}
    commodities: Mapping[str, int] = {}
    partners: AbstractSet[str] = frozenset()
    goods: AbstractSet[str] = frozenset()
    usual: Mapping[str, Decimal] = {}
    findings: Mapping[str, int] = {}


NO_HISTORY: Final = History()
