"""What stands in a WCO declaration, found by XPaths of the tests' own: nothing of the reader."""

from collections.abc import Callable
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
