"""WCO responses: written with namespaces and valid by their schema, read with or without."""

from datetime import UTC, datetime
from typing import Final, cast

from lxml import etree

from tongguan.interfaces.messages.receipts.facts import Fact, Levied, Told
from tongguan.interfaces.messages.receipts.projection import Way, way_of
from tongguan.interfaces.messages.translation.tables import Table
from tongguan.interfaces.messages.wco.amendment import pointers_of

ENVELOPE: Final = "urn:wco:datamodel:WCO:DocumentMetaData-DMS:2"
BODY: Final = "urn:wco:datamodel:WCO:RES-DMS:2"
TYPES: Final = "urn:wco:datamodel:WCO:Response_DS:DMS:2"
_SPACES: Final = cast("dict[str, str]", {"md": ENVELOPE, None: BODY, "ds": TYPES})
VERSION: Final = "3.6"
MOMENT: Final = "%Y%m%d%H%M%SZ"
STATEMENT_TYPE: Final = "AFB"
_WORDS: Final = 512
_DATED: Final = {
    "ACCEPTED": "AcceptanceDateTime",
    "CANCELLED": "CancellationDateTime",
    "REJECTED": "RejectionDateTime",
    "REFUSED": "RejectionDateTime",
}


def write(fact: Fact, taxes: Table) -> bytes | None:
    """Return the response that tells a fact, None where the format has none for it.

    Args:
        fact: what to tell; `id` is the response's own reference.
        taxes: the types of tax of the WCO list.
    """
    way = way_of(fact)
    if not way.function:
        return None
    root = etree.Element(f"{{{ENVELOPE}}}MetaData", nsmap=_SPACES)
    for name, text in (("WCODataModelVersionCode", VERSION), ("WCOTypeName", "RES")):
        etree.SubElement(root, f"{{{ENVELOPE}}}{name}").text = text
    response = _group(root, "Response")
    _text(response, "FunctionCode", way.function)
    _text(response, "FunctionalReferenceID", fact.id)
    _moment(response, "IssueDateTime", fact.at)
    _statement(response, fact, way)
    if fact.office:
        _text(_group(response, "ContactOffice"), "ID", fact.office)
    for problem in fact.problems:
        _error(response, problem)
    if way.status:
        _text(_group(response, "Status"), "NameCode", way.status)
    _declaration(response, fact, taxes)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _statement(response: etree._Element, fact: Fact, way: Way) -> None:
    due = fact.due_at if not fact.charges else None
    if not (fact.words or way.statement or due):
        return
    said = _group(response, "AdditionalInformation")
    _text(said, "StatementCode", way.statement)
    _text(said, "StatementDescription", fact.words[:_WORDS])
    _moment(said, "LimitDateTime", due)
    _text(said, "StatementTypeCode", STATEMENT_TYPE)


def _error(response: etree._Element, problem: Told) -> None:
    error = _group(response, "Error")
    _text(error, "Description", problem.words[:_WORDS])
    _text(error, "ValidationCode", problem.code)
    if not problem.place:
        return
    for number, section, tag in pointers_of(problem.place):
        pointer = _group(error, "Pointer")
        _text(pointer, "SequenceNumeric", number or "")
        _text(pointer, "DocumentSectionCode", section)
        _text(pointer, "TagID", tag or "")


def _declaration(response: etree._Element, fact: Fact, taxes: Table) -> None:
    declaration = _group(response, "Declaration")
    dated = _DATED.get(fact.kind)
    if dated in {"AcceptanceDateTime", "CancellationDateTime"}:
        _moment(declaration, dated, fact.at)
    _text(declaration, "FunctionalReferenceID", fact.reference)
    _text(declaration, "ID", fact.number)
    if dated == "RejectionDateTime":
        _moment(declaration, dated, fact.at)
    _text(declaration, "VersionID", "" if fact.version is None else str(fact.version))
    if fact.charges:
        _total(declaration, fact)
        _lines(declaration, fact.charges, taxes)


def _total(declaration: etree._Element, fact: Fact) -> None:
    """Tell the sum and until when it is to be paid."""
    payment = _group(_group(declaration, "DutyTaxFee"), "Payment")
    total = sum((charge.amount for charge in fact.charges[1:]), start=fact.charges[0].amount)
    currency = fact.charges[0].currency
    _amount(payment, "TaxAssessedAmount", str(total), currency)
    _moment(payment, "DueDateTime", fact.due_at)
    _amount(payment, "PaymentAmount", str(total), currency)


def _lines(declaration: etree._Element, charges: tuple[Levied, ...], taxes: Table) -> None:
    shipment = _group(declaration, "GoodsShipment")
    for number in dict.fromkeys(charge.line for charge in charges):
        item = _group(shipment, "GovernmentAgencyGoodsItem")
        _text(item, "SequenceNumeric", str(number))
        goods = _group(item, "Commodity")
        for charge in charges:
            if charge.line == number:
                _fee(goods, charge, taxes)


def _fee(goods: etree._Element, charge: Levied, taxes: Table) -> None:
    fee = _group(goods, "DutyTaxFee")
    _amount(fee, "AdValoremTaxBaseAmount", str(charge.base), charge.currency)
    if charge.rate is not None:
        _text(fee, "TaxRateNumeric", f"{(charge.rate * 100).normalize():f}")
    _text(fee, "TypeCode", taxes.theirs[charge.tax])
    payment = _group(fee, "Payment")
    _amount(payment, "TaxAssessedAmount", str(charge.amount), charge.currency)
    _amount(payment, "PaymentAmount", str(charge.amount), charge.currency)


def _group(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{BODY}}}{name}")


def _text(parent: etree._Element, name: str, text: str) -> None:
    if text:
        _group(parent, name).text = text


def _amount(parent: etree._Element, name: str, text: str, currency: str) -> None:
    element = _group(parent, name)
    element.text = text
    element.set("currencyID", currency)


def _moment(parent: etree._Element, name: str, moment: datetime | None) -> None:
    if moment is None:
        return
    text = etree.SubElement(_group(parent, name), f"{{{TYPES}}}DateTimeString")
    text.set("formatCode", "304")
    text.text = moment.astimezone(UTC).strftime(MOMENT)
