"""The lines of goods of a DecMessage."""

from collections.abc import Mapping
from typing import Final

from lxml import etree

from tongguan.domain.declarations.values import (
    Flow,
    Line,
    Mass,
    Permit,
    Preference,
    Quantity,
)
from tongguan.interfaces.messages import problems
from tongguan.interfaces.messages.block import Block, Notes, counted, plain
from tongguan.interfaces.messages.singlewindow.structure import Group, Message, local
from tongguan.interfaces.messages.tidy import tidied
from tongguan.interfaces.messages.translation.tables import Codes, Table

KILOGRAM: Final = "035"
_NO_QUANTITY: Final = Quantity()
_NO_MASS: Final = Mass()
_LETTERS: Final = 3
_SHOWN: Final = 40


def coded(block: Block, name: str, field: str, table: Table) -> str | None:
    """Return a country or currency: three letters stand as they are, old numbers are translated.

    142 is China as a country and the yuan as a currency: the field's own table decides.
    """
    value = block.code(name, field)
    if value is None or (len(value) == _LETTERS and value.isalpha()):
        return value
    return block.counterpart(value, name, field, table)


class Lines:
    """Reads lines: the tables of a day, and which way the goods go."""

    __slots__ = ("_countries", "_currencies", "_flow", "_notes")

    def __init__(self, codes: Codes, flow: Flow, notes: Notes) -> None:
        """Take what all lines of a message share."""
        self._countries = codes.table("country")
        self._currencies = codes.table("currency")
        self._flow = flow
        self._notes = notes

    def read(
        self, index: int, element: etree._Element, preferences: Mapping[int, Preference]
    ) -> Line:
        """Return one line; `preferences` are those of the message, by line number."""
        block = Group(element, self._notes, f"DecList[{index + 1}]")
        base = f"#/lines/{index}"
        block.base = base + "/"
        if number := block.mark("GNo"):
            block.path = f"DecList[GNo={number}]"
        block.stands("")
        number_read = block.whole("GNo", "number")
        quantity = self._quantity(block, "G", "quantity")
        first = self._quantity(block, "First", "first")
        second = self._quantity(block, "Second", "second")
        if second.unit is None and not second.value:
            second = _NO_QUANTITY
        origin, destination = "OriginCountry", "DestinationCountry"
        if self._flow is Flow.EXPORT:
            # On an export the two stand in each other's place [field dictionary].
            origin, destination = destination, origin
        return tidied(
            Line(
                number=number_read,
                commodity=block.code("CodeTS", "commodity"),
                quarantine=block.code("CiqCode", "quarantine"),
                name=block.text("GName", "name"),
                elements=block.text("GModel", "elements"),
                record_item=block.code("ContrItem", "record_item"),
                quantity=quantity,
                first=first,
                second=second,
                mass=_mass(first, second, quantity),
                price=block.number("DeclPrice", "price", money=True),
                total=block.number("DeclTotal", "total", money=True),
                currency=coded(block, "TradeCurr", "currency", self._currencies),
                origin=coded(block, origin, "origin", self._countries),
                destination=coded(block, destination, "destination", self._countries),
                region=block.code("DistrictCode", "region"),
                division=block.code("DestCode", "division"),
                levy_mode=block.code("DutyMode", "levy_mode"),
                use=block.code("UseTo", "use") or block.code("Purpose", "use"),
                preference=self._preference(block, preferences.get(number_read or 0)),
                permits=tuple(
                    self._permit(at, inner, block)
                    for at, inner in enumerate(block.inside("DecGoodsLimits"))
                ),
            )
        )

    def _quantity(self, block: Group, name: str, field: str) -> Quantity:
        value = block.number(f"{name}Qty", f"{field}/value")
        unit = block.code(f"{name}Unit", f"{field}/unit")
        return _NO_QUANTITY if value is None and unit is None else Quantity(value, unit)

    def _preference(self, block: Group, claimed: Preference | None) -> Preference | None:
        origin = coded(block, "RcepOrigPlaceCode", "preference/origin", self._countries)
        if origin is None:
            return claimed
        claimed = claimed or Preference()
        return Preference(claimed.agreement, claimed.certificate, claimed.line, origin=origin)

    def _permit(self, at: int, element: etree._Element, line: Group) -> Permit:
        block = Group(element, self._notes, f"{line.path}/DecGoodsLimit[{at + 1}]")
        block.base = f"{line.base}permits/{at}/"
        block.stands("")
        value = block.number("LicWrtofQty", "quantity/value")
        unit = block.code("LicWrtofQtyUnit", "quantity/unit")
        return Permit(
            kind=block.code("LicTypeCode", "kind"),
            number=block.text("LicenceNo", "number"),
            line=block.whole("LicWrtofDetailNo", "line"),
            quantity=None if value is None and unit is None else Quantity(value, unit),
        )


def preferences_of(message: Message, notes: Notes) -> dict[int, Preference]:
    """Return the certificates of origin by the line of goods they are claimed for."""
    elements = message.all("EcoRelation")
    if not elements:
        return {}
    indices = {_number(element): at for at, element in enumerate(message.all("DecList"))}
    found: dict[int, Preference] = {}
    for at, element in enumerate(elements):
        block = Group(element, notes, f"EcoRelation[{at + 1}]")
        said = block.mark("DecGNo")
        number = counted(said)
        if number is None:
            block.fault(problems.NOT_A_NUMBER, "DecGNo", "lines", value=said[:_SHOWN])
            continue
        block.base = f"#/lines/{indices.get(str(number), number - 1)}/preference/"
        block.stands("")
        agreement = block.code("CertType", "agreement")
        found[number] = Preference(
            agreement=agreement.removeprefix("Y") if agreement else None,
            certificate=block.code("EcoCertNo", "certificate"),
            line=block.whole("EcoGNo", "line"),
        )
    return found


def _number(element: etree._Element) -> str:
    return plain(next((e.text or "" for e in element if local(e.tag) == "GNo"), ""))


def _mass(*quantities: Quantity) -> Mass:
    """Return the net mass: the first quantity that is in kilograms."""
    for quantity in quantities:
        if quantity.unit == KILOGRAM and quantity.value is not None:
            return Mass(net=quantity.value)
    return _NO_MASS
