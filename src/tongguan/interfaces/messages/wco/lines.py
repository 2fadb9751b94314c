"""The goods items of a WCO declaration as lines."""

from decimal import Decimal
from typing import Final

from tongguan.domain.declarations.values import (
    Document,
    Line,
    Mass,
    Packages,
    Permit,
    Preference,
    Quantity,
    Regime,
    Tax,
)
from tongguan.interfaces.messages import problems
from tongguan.interfaces.messages.tidy import tidied
from tongguan.interfaces.messages.translation.tables import Codes
from tongguan.interfaces.messages.wco.costs import charges_of
from tongguan.interfaces.messages.wco.nodes import Node

TARIFF: Final = "TSP"
NATIONAL: Final = "TRC"
PAPERS: Final = "N"
KILOGRAM: Final = "035"
_TO_KG: Final = {"035": Decimal(1), "070": Decimal(1000), "036": Decimal("0.001")}
_NO_QUANTITY: Final = Quantity()
_SUPERVISION: Final = 4
_LEVY: Final = 3


class Lines:
    """Reads items with the tables of a day."""

    __slots__ = (
        "_codes",
        "_countries",
        "_levies",
        "_packages",
        "_units",
    )

    def __init__(self, codes: Codes) -> None:
        """Take what all items share."""
        self._codes = codes
        self._countries = codes.table("country")
        self._units = codes.table("unit")
        self._packages = codes.table("package")
        self._levies = codes.table("levy")

    def read(self, index: int, item: Node) -> Line:
        """Return one item as a line."""
        item.base = f"#/lines/{index}/"
        item.stands("")
        goods = item.first("Commodity", item.base)
        price = goods.first("InvoiceLine", item.base)
        commodity, classifications = _classified(goods)
        value = item.first("CustomsValuation", item.base)
        quantity = self._quantity(goods.first("GoodsMeasure", item.base))
        permits, documents = self._papers(item)
        destination = item.first("Destination", item.base)
        return tidied(
            Line(
                number=item.whole("SequenceNumeric", "number"),
                commodity=commodity,
                classifications=classifications,
                name=goods.text("Description", "name"),
                quantity=quantity,
                first=quantity,
                mass=self.mass(goods.first("GoodsMeasure", item.base)),
                total=price.number("ItemChargeAmount", "total", money=True),
                currency=price.currency("ItemChargeAmount", "currency"),
                origin=self._origin(item),
                destination=destination.translated("CountryCode", "destination", self._countries),
                levy_mode=self._levy(goods),
                preference=_preference(goods, item.base),
                valuation=value.code("MethodCode", "valuation"),
                adjustments=item.first("ValuationAdjustment", item.base).code(
                    "AdditionCode", "adjustments"
                ),
                charges=charges_of(value, f"{item.base}charges/"),
                regime=_regime(item),
                taxes=_taxes(goods, item.base),
                packages=self._packing(item),
                permits=permits,
                documents=documents,
            )
        )

    def mass(self, measure: Node, gross: str = "GrossMassMeasure", field: str = "mass") -> Mass:
        """Return gross and net mass in kg; without a unit they are in kg already."""
        net = "NetNetWeightMeasure"
        return Mass(
            gross=self._kilograms(measure, gross, f"{field}/gross"),
            net=self._kilograms(measure, net, f"{field}/net") if net != gross else None,
        )

    def _kilograms(self, measure: Node, name: str, field: str) -> Decimal | None:
        value = measure.number(name, field)
        unit = measure.mark(f"{name}@")
        if value is None or not unit:
            return value
        ours = measure.counterpart(unit, name, field, self._units)
        if ours == KILOGRAM or ours is None:
            return value if ours else None
        factor = _TO_KG.get(ours)
        if factor is None:
            measure.fault(problems.NO_TRANSLATION, name, field, value=unit)
            return None
        return value * factor

    def _quantity(self, measure: Node) -> Quantity:
        """Return the one quantity of an item: the goods as sold and as the tariff counts them."""
        value = measure.number("TariffQuantity", "quantity/value")
        measure.stands("first/value", "TariffQuantity")
        unit = measure.unit("TariffQuantity", "quantity/unit", self._units)
        measure.stands("first/unit", "TariffQuantity")
        return _NO_QUANTITY if value is None and unit is None else Quantity(value, unit)

    def _origin(self, item: Node) -> str | None:
        """Return the origin that is not the one under a preference, where both stand."""
        found = item.all("Origin")
        chosen = next((one for one in found if one.mark("TypeCode") != "2"), None)
        chosen = chosen or (found[0] if found else item.first("Origin"))
        chosen.base = item.base
        return chosen.translated("CountryCode", "origin", self._countries)

    def _levy(self, goods: Node) -> str | None:
        for fee in goods.all("DutyTaxFee"):
            payment = fee.first("Payment", goods.base)
            if "MethodCode" in payment.values:
                return payment.translated("MethodCode", "levy_mode", self._levies)
        return None

    def _packing(self, item: Node) -> tuple[Packages, ...]:
        found = []
        for at, node in enumerate(item.all("Packaging")):
            node.base = f"{item.base}packages/{at}/"
            node.stands("")
            found.append(
                Packages(
                    count=node.whole("QuantityQuantity", "count"),
                    kind=node.translated("TypeCode", "kind", self._packages),
                    marks=node.text("MarksNumbersID", "marks"),
                )
            )
        return tuple(found)

    def _papers(self, item: Node) -> tuple[tuple[Permit, ...], tuple[Document, ...]]:
        """Return licences and papers apart: category N names commercial papers."""
        permits: list[Permit] = []
        documents: list[Document] = []
        for node in item.all("AdditionalDocument"):
            category = node.mark("CategoryCode")
            if category == PAPERS:
                node.base = f"{item.base}documents/{len(documents)}/"
                documents.append(document_of(node))
            else:
                node.base = f"{item.base}permits/{len(permits)}/"
                permits.append(self._permit(node))
        return tuple(permits), tuple(documents)

    def _permit(self, node: Node) -> Permit:
        used = node.first("WriteOff", node.base)
        node.stands("")
        value = used.number("QuantityQuantity", "quantity/value")
        unit = used.unit("QuantityQuantity", "quantity/unit", self._units)
        return Permit(
            kind=_kind(node),
            number=node.text("ID", "number"),
            status=node.code("LPCOExemptionCode", "status"),
            words=node.text("Name", "words"),
            quantity=None if value is None and unit is None else Quantity(value, unit),
            amount=used.number("AmountAmount", "amount", money=True),
            currency=used.currency("AmountAmount", "currency"),
        )


def document_of(node: Node) -> Document:
    """Return a paper: its kind is the category and the type together, `N935`."""
    node.stands("")
    return Document(kind=_kind(node), number=node.text("ID", "number"))


def _kind(node: Node) -> str | None:
    node.stands("kind", "TypeCode")
    code = node.code("CategoryCode", "category") or ""
    return code + (node.code("TypeCode", "kind") or "") or None


def _classified(goods: Node) -> tuple[str | None, tuple[str, ...]]:
    """Return the commodity code, tariff and national digits joined, and all other codes."""
    code, national = "", ""
    others: list[str] = []
    goods.stands("commodity")
    for node in goods.all("Classification"):
        node.base = goods.base
        kind = node.mark("IdentificationTypeCode")
        value = node.code("ID", "")
        if value is None:
            continue
        if kind == TARIFF and not code:
            code = value
            _moved(node, "commodity")
        elif kind == NATIONAL and not national:
            national = value
        else:
            node.stands(f"classifications/{len(others)}", "ID")
            others.append(f"{kind}:{value}")
    return (code + national) or None, tuple(others)


def _moved(node: Node, field: str) -> None:
    """Note the place of the code itself, over that of the group."""
    places = node.notes.places
    if places is not None:
        places[node.base + field] = node.place("ID")


def _regime(item: Node) -> Regime | None:
    """Return the procedures: our own codes by their form, those of other systems as they stand."""
    found: dict[str, str] = {}
    additional: list[str] = []
    for node in item.all("GovernmentProcedure"):
        node.base = item.base
        current = node.code("CurrentCode", "regime/requested")
        previous = node.code("PreviousCode", "regime/previous")
        if current is not None and len(current) == _SUPERVISION and current.isdecimal():
            node.stands("regime/supervision", "CurrentCode")
            node.stands("regime/levy", "PreviousCode")
            found.setdefault("supervision", current)
            if previous is not None and len(previous) == _LEVY:
                found.setdefault("levy", previous)
        elif previous is not None and "requested" not in found:
            found["previous"] = previous
            found["requested"] = current or ""
        elif current is not None:
            node.stands(f"regime/additional/{len(additional)}", "CurrentCode")
            additional.append(current)
    if not found and not additional:
        return None
    return Regime(
        supervision=found.get("supervision"),
        levy=found.get("levy"),
        requested=found.get("requested") or None,
        previous=found.get("previous"),
        additional=tuple(additional),
    )


def _preference(goods: Node, base: str) -> Preference | None:
    regime = quota = None
    for fee in goods.all("DutyTaxFee"):
        fee.base = base
        regime = regime or fee.code("DutyRegimeCode", "preference/regime")
        quota = quota or fee.code("QuotaOrderID", "preference/quota")
    return Preference(regime=regime, quota=quota) if regime or quota else None


def _taxes(goods: Node, base: str) -> tuple[Tax, ...]:
    found: list[Tax] = []
    for fee in goods.all("DutyTaxFee"):
        fee.base = f"{base}taxes/{len(found)}/"
        payment = fee.first("Payment", fee.base)
        amount = "PaymentAmount" if "PaymentAmount" in payment.values else "TaxAssessedAmount"
        base_of = "AdValoremTaxBaseAmount"
        if base_of not in fee.values:
            base_of = "SpecificTaxBaseQuantity"
        tax = Tax(
            kind=fee.code("TypeCode", "kind"),
            base=fee.number(base_of, "base"),
            rate=fee.number("TaxRateNumeric", "rate"),
            amount=payment.number(amount, "amount", money=True),
            currency=payment.currency(amount, "currency") or fee.currency(base_of, "currency"),
            method=payment.code("MethodCode", "method"),
        )
        if tax != Tax():
            found.append(tax)
    return tuple(found)
