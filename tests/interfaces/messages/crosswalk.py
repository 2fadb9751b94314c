"""The crosswalk between WCO declarations and ours, field by field."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from lxml import etree

from tests.interfaces.messages.finding import (
    GI,
    GS,
    MODES,
    PACKINGS,
    PAYMENTS,
    TERMS,
    agreed,
    alpha3,
    attribute,
    bill,
    commodity,
    container_lines,
    containers,
    elements,
    flow,
    found,
    function,
    kind_and_advance,
    mapped,
    means,
    one,
    origin,
    others,
    papers,
    reasons,
    related,
    side,
    statements,
    taxes,
)


@dataclass(frozen=True)
class Field:
    """A canonical field: its path, what finds it in the file, what reads it from ours."""

    path: str
    expected: Callable[[etree._Element], Any]
    ours: Callable[[dict[str, Any]], Any] | None = None


def at(path: str) -> Callable[[dict[str, Any]], Any]:
    def get(content: dict[str, Any]) -> Any:
        value: Any = content
        for part in path.split("."):
            value = value[int(part)] if isinstance(value, list) and value else value
            value = value.get(part) if isinstance(value, dict) else value
            if value is None:
                return None
        return value

    return get


def party_id(path: str) -> Callable[[dict[str, Any]], Any]:
    return lambda content: at(f"{path}.scc")(content) or at(f"{path}.code")(content)


def pairs(path: str, *names: str) -> Callable[[dict[str, Any]], Any]:
    return lambda content: [
        tuple(each.get(name) for name in names) for each in content.get(path, ())
    ]


HEAD: Final = (
    Field("function", function, lambda c: c.get("function", "original")),
    Field("reference", one("w:FunctionalReferenceID")),
    Field("of", one("w:ID")),
    Field("flow", flow),
    Field("kind", lambda d: kind_and_advance(d)[0], lambda c: c.get("kind", "full")),
    Field("advance", lambda d: kind_and_advance(d)[1], lambda c: c.get("advance", False)),
    Field("offices.declaration", one("w:DeclarationOfficeID")),
    Field("offices.goods", side("w:PresentationOffice/w:ID", "w:ExitOffice/w:ID")),
    Field(
        "parties.trader",
        side(f"{GS}/w:Importer/w:ID", "w:Exporter/w:ID"),
        party_id("parties.trader"),
    ),
    Field("parties.trader.name", side(f"{GS}/w:Importer/w:Name", "w:Exporter/w:Name")),
    Field("parties.declarant", one("w:Declarant/w:ID"), party_id("parties.declarant")),
    Field("parties.agent", one("w:Agent/w:ID"), party_id("parties.agent")),
    Field(
        "parties.overseas",
        side("w:Exporter/w:ID", f"{GS}/w:Consignee/w:ID"),
        party_id("parties.overseas"),
    ),
    Field("parties.overseas.name", side("w:Exporter/w:Name", f"{GS}/w:Consignee/w:Name")),
    Field("transport.mode", one("w:BorderTransportMeans/w:ModeCode", mapped(MODES))),
    Field("transport.name", means),
    Field("bill", bill),
    Field("place.name", one(f"{GS}/w:Consignment/w:GoodsLocation/w:Name")),
    Field("place.id", one(f"{GS}/w:Consignment/w:GoodsLocation/w:ID")),
    Field("containers.id", containers, lambda c: [x["id"] for x in c.get("containers", ())]),
    Field(
        "containers.seals",
        lambda d: found(d, f"{GS}/w:Consignment/w:TransportEquipment/w:Seal/w:ID"),
        lambda c: [seal for x in c.get("containers", ()) for seal in x.get("seals", ())],
    ),
    Field(
        "containers.lines",
        container_lines,
        lambda c: {x["id"]: list(x.get("lines", ())) for x in c.get("containers", ())},
    ),
    Field("countries.dispatch", one(f"{GS}/w:ExportCountry/w:ID", alpha3)),
    Field("countries.destination", one(f"{GS}/w:Destination/w:CountryCode", alpha3)),
    Field("ports.departure", one(f"{GS}/w:Consignment/w:LoadingLocation/w:ID")),
    Field("terms", one(f"{GS}/w:TradeTerms/w:ConditionCode", mapped(TERMS))),
    Field(
        "charges.freight",
        lambda d: (
            sum(
                map(
                    Decimal,
                    found(d, f"{GS}/w:CustomsValuation/w:FreightChargeAmount")
                    + found(
                        d,
                        f"{GS}/w:CustomsValuation/w:ChargeDeduction[w:ChargesTypeCode='AK']"
                        "/w:OtherChargeDeductionAmount",
                    ),
                )
            )
            or None
        ),
        at("charges.freight.rate"),
    ),
    Field(
        "charges.freight.kind", one(f"{GS}/w:CustomsValuation/w:ChargeDeduction/w:ChargesTypeCode")
    ),
    Field("packages.count", one("w:TotalPackageQuantity", int)),
    Field("packages.kind", agreed(f"{GI}/w:Packaging/w:TypeCode", mapped(PACKINGS))),
    Field("mass.gross", one("w:TotalGrossMassMeasure", Decimal)),
    Field("guarantee", one("w:ObligationGuarantee/w:ID")),
    Field("documents", papers("w:AdditionalDocument"), pairs("documents", "kind", "number")),
    Field("confirmations.relationship", related),
    Field("invoice.total", one("w:InvoiceAmount", Decimal)),
    Field("invoice.currency", attribute("w:InvoiceAmount/@currencyID")),
    Field("remarks", statements),
    Field("change.reason", one("w:Amendment/w:ChangeReasonCode")),
    Field("change.words", reasons),
)
LINE: Final = (
    Field("number", one("w:SequenceNumeric", int)),
    Field("commodity", commodity),
    Field("classifications", others, lambda c: list(c.get("classifications", ()))),
    Field("name", one("w:Commodity/w:Description")),
    Field("origin", origin),
    Field("destination", one("w:Destination/w:CountryCode", alpha3)),
    Field("quantity.value", one("w:Commodity/w:GoodsMeasure/w:TariffQuantity", Decimal)),
    Field("first.value", one("w:Commodity/w:GoodsMeasure/w:TariffQuantity", Decimal)),
    Field(
        "quantity.unit",
        lambda i: {"KGM": "035"}.get(
            attribute("w:Commodity/w:GoodsMeasure/w:TariffQuantity/@unitCode")(i) or ""
        ),
    ),
    Field("mass.gross", one("w:Commodity/w:GoodsMeasure/w:GrossMassMeasure", Decimal)),
    Field("mass.net", one("w:Commodity/w:GoodsMeasure/w:NetNetWeightMeasure", Decimal)),
    Field("total", one("w:Commodity/w:InvoiceLine/w:ItemChargeAmount", Decimal)),
    Field("currency", attribute("w:Commodity/w:InvoiceLine/w:ItemChargeAmount/@currencyID")),
    Field("levy_mode", one("w:Commodity/w:DutyTaxFee/w:Payment/w:MethodCode", mapped(PAYMENTS))),
    Field("preference.regime", one("w:Commodity/w:DutyTaxFee/w:DutyRegimeCode")),
    Field("preference.quota", one("w:Commodity/w:DutyTaxFee/w:QuotaOrderID")),
    Field("valuation", one("w:CustomsValuation/w:MethodCode")),
    Field(
        "charges.other",
        one(
            "w:CustomsValuation/w:ChargeDeduction/w:OtherChargeDeductionAmount",
            lambda text: -Decimal(text),
        ),
        at("charges.other.rate"),
    ),
    Field("adjustments", one("w:ValuationAdjustment/w:AdditionCode")),
    Field("regime.requested", one("w:GovernmentProcedure[w:PreviousCode]/w:CurrentCode")),
    Field("regime.previous", one("w:GovernmentProcedure/w:PreviousCode")),
    Field(
        "regime.additional",
        lambda i: found(i, "w:GovernmentProcedure[not(w:PreviousCode)]/w:CurrentCode"),
        lambda c: list(c.get("regime", {}).get("additional", ())),
    ),
    Field(
        "permits",
        papers("w:AdditionalDocument[not(w:CategoryCode='N')]"),
        pairs("permits", "kind", "number"),
    ),
    Field(
        "permits.status",
        lambda i: found(i, "w:AdditionalDocument[w:CategoryCode!='N']/w:LPCOExemptionCode"),
        lambda c: [p["status"] for p in c.get("permits", ()) if "status" in p],
    ),
    Field(
        "permits.quantity",
        lambda i: list(
            map(Decimal, found(i, "w:AdditionalDocument/w:WriteOff/w:QuantityQuantity"))
        ),
        lambda c: [
            Decimal(p["quantity"]["value"]) for p in c.get("permits", ()) if "quantity" in p
        ],
    ),
    Field(
        "documents",
        papers("w:AdditionalDocument[w:CategoryCode='N']"),
        pairs("documents", "kind", "number"),
    ),
    Field(
        "packages",
        lambda i: [
            (
                one("w:QuantityQuantity", int)(p),
                one("w:TypeCode", mapped(PACKINGS))(p),
                one("w:MarksNumbersID")(p),
            )
            for p in elements(i, "w:Packaging")
        ],
        pairs("packages", "count", "kind", "marks"),
    ),
    Field(
        "taxes",
        taxes,
        lambda c: [
            (
                t.get("kind"),
                t.get("method"),
                Decimal(t["amount"]) if "amount" in t else None,
                Decimal(t["base"]) if "base" in t else None,
            )
            for t in c.get("taxes", ())
        ],
    ),
)


def compared(
    declaration: etree._Element, content: dict[str, Any]
) -> Iterator[tuple[str, Any, Any]]:
    """Walk the fields of a declaration: name, what stands in the file, what we read."""
    for field in HEAD:
        yield field.path, field.expected(declaration), (field.ours or at(field.path))(content)
    items = elements(declaration, GI)
    lines = content.get("lines", [])
    yield "lines", len(items), len(lines)
    for item, line in zip(items, lines, strict=True):
        for field in LINE:
            name = f"lines.{field.path}"
            yield name, field.expected(item), (field.ours or at(field.path))(line)


def same(expected: Any, ours: Any) -> bool:
    return Decimal(ours) == expected if isinstance(expected, Decimal) and ours else expected == ours
