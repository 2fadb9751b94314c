"""The fields of a declaration: where each stands, and what people call it."""

from dataclasses import dataclass
from typing import Final

from tongguan.kernel.text import _


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its path from the declaration or from a line, and its words."""

    path: str
    label: str

    def __str__(self) -> str:
        """Return the words, as they are kept with a fault; a later reader translates them."""
        return self.label

    @property
    def pointer(self) -> str:
        """Return the JSON pointer of a header field, as URI fragment."""
        return f"#/{self.path.replace('.', '/')}"

    def on(self, index: int) -> str:
        """Return the JSON pointer of this field on a line counted from 0."""
        return f"#/lines/{index}/{self.path.replace('.', '/')}"


# fmt: off
_HEADER: Final = (
    Field("reference", _("reference")),
    Field("of", _("declaration it belongs to")),
    Field("offices.declaration", _("office of declaration")),
    Field("offices.goods", _("office of the goods")),
    Field("offices.payment", _("office of payment")),
    Field("offices.inspection", _("office of examination")),
    Field("parties.trader.scc", _("credit code of the domestic party")),
    Field("parties.trader.code", _("customs code of the domestic party")),
    Field("parties.trader.name", _("name of the domestic party")),
    Field("parties.owner.scc", _("credit code of the consuming or producing unit")),
    Field("parties.owner.code", _("customs code of the consuming or producing unit")),
    Field("parties.owner.name", _("name of the consuming or producing unit")),
    Field("parties.declarant.scc", _("credit code of the declarant")),
    Field("parties.declarant.code", _("customs code of the declarant")),
    Field("parties.declarant.name", _("name of the declarant")),
    Field("parties.overseas.code", _("code of the overseas party")),
    Field("parties.overseas.name", _("name of the overseas party")),
    Field("transport.mode", _("mode of transport")),
    Field("transport.name", _("means of transport")),
    Field("transport.voyage", _("voyage or flight")),
    Field("bill", _("bill of lading or air waybill")),
    Field("place.id", _("control site")),
    Field("place.name", _("place of the goods")),
    Field("place.port", _("port of entry or exit")),
    Field("countries.trading", _("trading country")),
    Field("countries.dispatch", _("country of dispatch")),
    Field("countries.destination", _("country of destination")),
    Field("ports.departure", _("port of departure")),
    Field("ports.call", _("port of call or destination")),
    Field("terms", _("terms of delivery")),
    Field("packages.count", _("number of packages")),
    Field("packages.kind", _("kind of packages")),
    Field("packages.marks", _("marks")),
    Field("mass.gross", _("gross mass")),
    Field("mass.net", _("net mass")),
    Field("regime.supervision", _("supervision mode")),
    Field("regime.levy", _("nature of levy")),
    Field("regime.record", _("record number")),
    Field("contract", _("contract")),
    Field("guarantee", _("guarantee")),
    Field("entry_date", _("date of entry")),
    Field("confirmations.relationship", _("special relationship")),
    Field("confirmations.price_effect", _("effect on the price")),
    Field("confirmations.royalties", _("royalties")),
    Field("invoice.total", _("invoice total")),
    Field("invoice.currency", _("invoice currency")),
    Field("remarks", _("remarks")),
    Field("change", _("reason of the change")),
    Field("charges.freight", _("freight")),
    Field("charges.insurance", _("insurance")),
    Field("charges.other", _("other costs")),
)
_LINE: Final = (
    Field("number", _("line number")),
    Field("commodity", _("commodity code")),
    Field("quarantine", _("quarantine code")),
    Field("name", _("name of the goods")),
    Field("elements", _("specification")),
    Field("record_item", _("record item")),
    Field("quantity.value", _("quantity")),
    Field("quantity.unit", _("unit")),
    Field("first.value", _("first statutory quantity")),
    Field("first.unit", _("first statutory unit")),
    Field("second.value", _("second statutory quantity")),
    Field("second.unit", _("second statutory unit")),
    Field("mass.gross", _("gross mass")),
    Field("mass.net", _("net mass")),
    Field("price", _("unit price")),
    Field("total", _("total price")),
    Field("currency", _("currency")),
    Field("origin", _("country of origin")),
    Field("destination", _("country of final destination")),
    Field("region", _("domestic region")),
    Field("levy_mode", _("levy mode")),
)
# fmt: on

HEADER: Final = {field.path: field for field in _HEADER}
LINE: Final = {field.path: field for field in _LINE}

TRADER: Final = Field("parties.trader", _("domestic party"))
DECLARANT: Final = Field("parties.declarant", _("declarant"))
DOCUMENT_KIND: Final = Field("kind", _("kind of document"))
PERMIT_KIND: Final = Field("kind", _("kind of permit"))
PERMIT_QUANTITY: Final = Field("quantity.value", _("quantity of a licence"))
PERMIT_UNIT: Final = Field("quantity.unit", _("unit of a licence"))
PERMIT_AMOUNT: Final = Field("amount", _("amount of a licence"))
PERMIT_LINE: Final = Field("line", _("line of a licence"))
CERTIFICATE_LINE: Final = Field("preference.line", _("line of a certificate of origin"))
COMPUTED_TAX: Final = Field("taxes", _("duty or tax as computed by the trader"))
LINE_PACKAGES: Final = Field("packages", _("number of packages of a line"))
SITE_ASKED: Final = Field("place.inspection", _("site asked for examination"))
CONTAINER_ID: Final = Field("id", _("container number"))
CONTAINER_SEAL: Final = Field("seals", _("seal number"))
PERMIT_NUMBER: Final = Field("number", _("number of a licence"))
CERTIFICATE_NUMBER: Final = Field("preference.certificate", _("number of a certificate of origin"))
CONTAINER_SIZE: Final = Field("size", _("container size"))
INLAND: Final = Field("transport.inland", _("transport inside the country"))
PERMIT_CURRENCY: Final = Field("currency", _("currency of a licence"))
PREFERENCE: Final = Field("preference", _("preference claimed"))

# fmt: off
_TABLES: Final = (
    Field("attached_documents", _("attached documents")),
    Field("container_sizes", _("container sizes")),
    Field("countries", _("countries")),
    Field("currencies", _("currencies")),
    Field("delivery_terms", _("terms of delivery")),
    Field("domestic_ports", _("domestic ports")),
    Field("domestic_regions", _("domestic regions")),
    Field("foreign_ports", _("foreign ports")),
    Field("levy_modes", _("levy modes")),
    Field("levy_natures", _("natures of levy")),
    Field("packaging", _("packaging")),
    Field("permit_documents", _("permit documents")),
    Field("supervision_modes", _("supervision modes")),
    Field("transport_modes", _("transport modes")),
    Field("units", _("units")),
)
# fmt: on

TABLES: Final = {table.path: table for table in _TABLES}
"""The code lists, by the words people know them under."""
