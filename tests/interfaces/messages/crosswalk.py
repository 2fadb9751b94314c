"""The crosswalk between WCO declarations and ours, by XPaths of its own: nothing of the reader."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, cast

from babel.core import get_global
from lxml import etree

SPACE: Final = {"w": "urn:wco:datamodel:WCO:DEC-DMS:2"}
GS: Final = "w:GoodsShipment"
GI: Final = "w:GoodsShipment/w:GovernmentAgencyGoodsItem"
TRANSPORT_PAPERS: Final = {"703", "704", "705", "714", "740", "741", "750"}

# fmt: off
MODES: Final = {"1": "2", "2": "3", "3": "4", "4": "5", "5": "6", "6": "9", "7": "G", "9": "9"}
TERMS: Final = {"CIF": "1", "CIP": "1", "DDP": "1"}
PAYMENTS: Final = {"E": "1", "P": "1", "M": "6", "R": "7", "S": "7"}
PACKINGS: Final = {
    "BX": "29", "CS": "29", "CR": "29", "4A": "29", "CT": "22", "DB": "23", "BG": "06", "PA": "06",
    "NE": "01", "DR": "39", "QB": "39", "PK": "99", "CN": "99", "SU": "99", "IG": "99", "SM": "99",
    "RL": "99", "WK": "99", "TB": "99",
}
KINDS: Final = {
    "A": ("full", False), "B": ("summary", False), "C": ("summary", False), "D": ("full", True),
    "E": ("summary", True), "F": ("summary", True), "J": ("full", False), "K": ("full", True),
    "Q": ("supplementary", False), "Y": ("supplementary", False), "Z": ("supplementary", False),
}
# fmt: on


def alpha3(code: str) -> str | None:
    """Return the ISO alpha-3 code that CLDR gives for an alpha-2 code."""
    aliases = get_global("territory_aliases")
    return next(
        (
            long
            for long, short in aliases.items()
            if len(long) == 3 and long.isalpha() and short == [code] and long not in {"ROM", "BUR"}
        ),
        None,
    )


def selected(element: etree._Element, path: str) -> list[Any]:
    return cast("list[Any]", element.xpath(path, namespaces=SPACE))


def found(element: etree._Element, path: str) -> list[str]:
    """Return the texts that an XPath finds."""
    return [text.strip() for text in selected(element, f"{path}/text()")]


def elements(element: etree._Element, path: str) -> list[etree._Element]:
    return selected(element, path)


def one(path: str, into: Callable[[str], Any] = str) -> Callable[[etree._Element], Any]:
    """Return what finds one text and makes it a value; None where there is none."""

    def find(element: etree._Element) -> Any:
        texts = found(element, path)
        return into(texts[0]) if texts else None

    return find


def attribute(path: str) -> Callable[[etree._Element], Any]:
    def find(element: etree._Element) -> Any:
        texts = selected(element, path)
        return str(texts[0]) if texts else None

    return find


def mapped(table: dict[str, str]) -> Callable[[str], str | None]:
    return table.get


def is_export(declaration: etree._Element) -> bool:
    kind = found(declaration, "w:TypeCode")[0]
    if kind.startswith("CO") and kind != "COR":
        return not elements(declaration, f"{GS}/w:Importer")
    return kind.startswith("EX")


def side(of_import: str, of_export: str) -> Callable[[etree._Element], Any]:
    def find(declaration: etree._Element) -> Any:
        return one(of_export if is_export(declaration) else of_import)(declaration)

    return find


def flow(declaration: etree._Element) -> str:
    return "export" if is_export(declaration) else "import"


def function(declaration: etree._Element) -> str:
    kind = found(declaration, "w:TypeCode")[0]
    if found(declaration, "w:FunctionCode") == ["13"]:
        return {"COR": "amend", "INV": "cancel", "GPR": "arrive"}[kind]
    return "complete" if kind[2] in "YZ" else "original"


def kind_and_advance(declaration: etree._Element) -> tuple[str, bool]:
    if found(declaration, "w:FunctionCode") == ["13"]:
        return ("full", False)
    return KINDS[found(declaration, "w:TypeCode")[0][2]]


def means(declaration: etree._Element) -> str | None:
    paths = (
        f"{GS}/w:Consignment/w:ArrivalTransportMeans/w:ID",
        f"{GS}/w:Consignment/w:ArrivalTransportMeans/w:Name",
        "w:BorderTransportMeans/w:ID",
        f"{GS}/w:Consignment/w:DepartureTransportMeans/w:ID",
    )
    return next((text[0] for path in paths if (text := found(declaration, path))), None)


def bill(declaration: etree._Element) -> str | None:
    papers = elements(declaration, f"{GS}/w:PreviousDocument")
    chosen = [one("w:ID")(p) for p in papers if one("w:TypeCode")(p) in TRANSPORT_PAPERS]
    return (chosen or found(declaration, f"{GS}/w:PreviousDocument/w:ID") or [None])[0]


def containers(declaration: etree._Element) -> list[str]:
    held = found(declaration, f"{GS}/w:Consignment/w:TransportEquipment/w:ID")
    named = found(declaration, f"{GI}/w:Commodity/w:TransportEquipment/w:ID")
    return list(dict.fromkeys(held + named))


def container_lines(declaration: etree._Element) -> dict[str, list[int]]:
    """Return the items that name the number of a container in the consignment, or its id."""
    lines: dict[str, list[int]] = {number: [] for number in containers(declaration)}
    for equipment in elements(declaration, f"{GS}/w:Consignment/w:TransportEquipment"):
        number, sequence = one("w:ID")(equipment), one("w:SequenceNumeric")(equipment)
        path = f"{GI}[w:Commodity/w:TransportEquipment/w:SequenceNumeric='{sequence}']"
        lines[number] = [int(n) for n in found(declaration, f"{path}/w:SequenceNumeric")]
    for number, held in lines.items():
        path = f"{GI}[w:Commodity/w:TransportEquipment/w:ID='{number}']/w:SequenceNumeric"
        held.extend(n for n in map(int, found(declaration, path)) if n not in held)
    return lines


def agreed(path: str, into: Callable[[str], Any] = str) -> Callable[[etree._Element], Any]:
    """Return what all items agree in, None where they differ or say nothing."""

    def find(declaration: etree._Element) -> Any:
        values = {into(text) for text in found(declaration, path)}
        return values.pop() if len(values) == 1 else None

    return find


def statements(declaration: etree._Element) -> str | None:
    path = "w:AdditionalInformation[not(w:StatementTypeCode='AES')]/w:StatementDescription"
    original = found(declaration, "w:FunctionCode") == ["9"]
    return "\n".join(found(declaration, path)) or None if original else None


def reasons(declaration: etree._Element) -> str | None:
    path = "w:AdditionalInformation[w:StatementTypeCode='AES']/w:StatementDescription"
    return "\n".join(found(declaration, path)) or None


def related(declaration: etree._Element) -> bool | None:
    marks = found(declaration, f"{GI}/w:ValuationAdjustment/w:AdditionCode")
    sound = [mark for mark in marks if len(mark) == 4]
    return any(mark[0] == "1" for mark in sound) if sound else None


def papers(path: str) -> Callable[[etree._Element], list[tuple[str | None, str | None]]]:
    def find(element: etree._Element) -> list[tuple[str | None, str | None]]:
        return [
            (
                (one("w:CategoryCode")(paper) or "") + (one("w:TypeCode")(paper) or "") or None,
                one("w:ID")(paper),
            )
            for paper in elements(element, path)
        ]

    return find


def commodity(item: etree._Element) -> str | None:
    path = "w:Commodity/w:Classification[w:IdentificationTypeCode='{}']/w:ID"
    joined = ((found(item, path.format(kind)) or [""])[0] for kind in ("TSP", "TRC"))
    return "".join(joined) or None


def others(item: etree._Element) -> list[str]:
    return [
        f"{one('w:IdentificationTypeCode')(c)}:{one('w:ID')(c)}"
        for c in elements(item, "w:Commodity/w:Classification")
        if one("w:IdentificationTypeCode")(c) not in {"TSP", "TRC"}
    ]


def origin(item: etree._Element) -> str | None:
    codes = found(item, "w:Origin[not(w:TypeCode='2')]/w:CountryCode")
    codes = codes or found(item, "w:Origin/w:CountryCode")
    return alpha3(codes[0]) if codes else None


def taxes(item: etree._Element) -> list[tuple[Any, ...]]:
    each = [
        (
            one("w:TypeCode")(fee),
            one("w:Payment/w:MethodCode")(fee),
            one("w:Payment/w:PaymentAmount", Decimal)(fee)
            or one("w:Payment/w:TaxAssessedAmount", Decimal)(fee),
            one("w:AdValoremTaxBaseAmount", Decimal)(fee)
            or one("w:SpecificTaxBaseQuantity", Decimal)(fee),
        )
        for fee in elements(item, "w:Commodity/w:DutyTaxFee")
    ]
    return [tax for tax in each if any(part is not None for part in tax)]


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
