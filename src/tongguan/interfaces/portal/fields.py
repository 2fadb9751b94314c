"""The fields of the form: where each stands in a declaration, its words, and where to choose."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.text import capfirst
from django.utils.translation import gettext

from tongguan.kernel.text import _


@dataclass(frozen=True, slots=True)
class Field:
    """One field.

    Attributes:
        path: its place in the declaration or in a line, and its name in the form.
        choices: the code list to choose from.
        searched: the list is long; it is searched while one types.
        number: digits with a point; a comma or blank may stand between thousands.
    """

    path: str
    words: str
    choices: str = ""
    hint: str = ""
    required: bool = False
    searched: bool = False
    number: bool = False
    kind: str = "text"


ON_IMPORT: Final = _("Needed on import.")
ON_EXPORT: Final = _("Needed on export.")
# fmt: off
GROUPS: Final[tuple[tuple[str, tuple[Field, ...]], ...]] = (
    (_("What and where"), (
        Field("reference", _("your reference"), required=True,
              hint=_("The same reference is never accepted twice.")),
        Field("offices.declaration", _("office of declaration"), "offices", required=True,
              hint=_("Any office of the region, wherever the goods are.")),
        Field("offices.goods", _("office of the goods"), "offices", required=True,
              hint=_("Where they enter or leave.")),
        Field("offices.payment", _("office of payment"), "offices"),
        Field("offices.inspection", _("office of examination"), "offices"),
        Field("place.id", _("control site"), "sites"),
        Field("place.name", _("place of the goods"),
              hint=_("Needed on import, or the control site.")),
    )),
    (_("Parties"), (
        Field("parties.trader.scc", _("credit code of the domestic party"), required=True),
        Field("parties.trader.name", _("name of the domestic party"), required=True),
        Field("parties.owner.scc", _("credit code of the consuming or producing unit"),
              required=True),
        Field("parties.owner.name", _("name of the consuming or producing unit"),
              required=True),
        Field("parties.declarant.scc", _("credit code of the declarant"), required=True),
        Field("parties.declarant.name", _("name of the declarant"), required=True),
        Field("parties.overseas.name", _("name of the overseas party"), required=True),
    )),
    (_("Transport"), (
        Field("transport.mode", _("mode of transport"), "transport_modes", required=True),
        Field("transport.name", _("means of transport")),
        Field("transport.voyage", _("voyage or flight")),
        Field("bill", _("bill of lading or air waybill")),
        Field("containers", _("containers"), hint=_("Numbers with spaces between.")),
        Field("entry_date", _("date of entry"), kind="date"),
        Field("place.port", _("port of entry or exit"), "domestic_ports", searched=True,
              required=True),
        Field("ports.departure", _("port of departure"), "foreign_ports", searched=True,
              hint=ON_IMPORT),
        Field("ports.call", _("port of call or destination"), "foreign_ports",
              searched=True, required=True),
        Field("countries.trading", _("trading country"), "countries", required=True),
        Field("countries.dispatch", _("country of dispatch"), "countries", hint=ON_IMPORT),
        Field("countries.destination", _("country of destination"), "countries",
              hint=ON_EXPORT),
    )),
    (_("Value and mass"), (
        Field("terms", _("terms of delivery"), "delivery_terms", required=True),
        Field("charges.freight.rate", _("freight in all"), number=True),
        Field("charges.freight.currency", _("currency of the freight"), "currencies"),
        Field("charges.insurance.rate", _("insurance in all"), number=True),
        Field("charges.insurance.currency", _("currency of the insurance"), "currencies"),
        Field("packages.count", _("number of packages"), number=True, required=True),
        Field("packages.kind", _("kind of packages"), "packaging", required=True),
        Field("packages.marks", _("marks")),
        Field("mass.gross", _("gross mass"), number=True, required=True, hint="kg"),
        Field("mass.net", _("net mass"), number=True, required=True, hint="kg"),
    )),
    (_("Rules it goes by"), (
        Field("regime.supervision", _("supervision mode"), "supervision_modes", required=True),
        Field("regime.levy", _("nature of levy"), "levy_natures"),
        Field("contract", _("contract")),
        Field("guarantee", _("guarantee")),
        Field("documents.invoice", _("number of the invoice")),
        Field("documents.packing", _("number of the packing list")),
        Field("remarks", _("remarks")),
    )),
)
LINE: Final[tuple[Field, ...]] = (
    Field("commodity", _("commodity code"), "commodities", searched=True, required=True,
          hint=_("Ten digits; type a word to search.")),
    Field("name", _("name of the goods"), required=True),
    Field("elements", _("specification"), required=True,
          hint=_("Elements of the tariff, with | between.")),
    Field("quantity.value", _("quantity"), number=True, required=True),
    Field("quantity.unit", _("unit"), "units", required=True),
    Field("first.value", _("first statutory quantity"), required=True, number=True),
    Field("first.unit", _("first statutory unit"), "units", required=True),
    Field("second.value", _("second statutory quantity"), number=True),
    Field("second.unit", _("second statutory unit"), "units"),
    Field("price", _("unit price"), number=True, required=True),
    Field("total", _("total price"), number=True, required=True),
    Field("currency", _("currency"), "currencies", required=True),
    Field("origin", _("country of origin"), "countries", required=True),
    Field("destination", _("country of final destination"), "countries", required=True),
    Field("region", _("domestic region"), "domestic_regions", required=True, searched=True),
    Field("levy_mode", _("levy mode"), "levy_modes", required=True),
)
CONFIRMATIONS: Final[tuple[Field, ...]] = (
    Field("confirmations.relationship", _("special relationship between the parties")),
    Field("confirmations.price_effect", _("it affects the price")),
    Field("confirmations.royalties", _("royalties are paid")),
)
# fmt: on
HEADER: Final = tuple(field for _title, fields in GROUPS for field in fields)
_BY_PATH: Final[Mapping[str, Field]] = {one.path: one for one in (*HEADER, *CONFIRMATIONS)}
_OF_LINE: Final[Mapping[str, Field]] = {one.path: one for one in LINE}


def pointer(path: str) -> str:
    """Return the JSON pointer of a header field.

    >>> pointer("offices.goods")
    '#/offices/goods'
    """
    return f"#/{path.replace('.', '/')}"


def nearest(given: str) -> str:
    """Return the pointer of the form's field that a problem's pointer leads to, or nothing."""
    parts = given.removeprefix("#/").split("/")
    while parts and parts[0]:
        if _known(parts) is not None:
            return "#/" + "/".join(parts)
        parts = parts[:-1]
    return ""


def place(given: str) -> str:
    """Return a pointer in words: `Line 3: net mass`; nothing where the form has no such field."""
    found = nearest(given)
    parts = found.removeprefix("#/").split("/")
    field = _known(parts)
    if field is None:
        return ""
    words = gettext(field.words)
    if parts[0] == "lines":
        return gettext("Line {line}: {field}").format(line=int(parts[1]) + 1, field=words)
    return capfirst(words)


def _known(parts: list[str]) -> Field | None:
    if parts[0] == "lines":
        if len(parts) < 3 or not parts[1].isdecimal():
            return None
        return _OF_LINE.get(".".join(parts[2:]))
    return _BY_PATH.get(".".join(parts))
