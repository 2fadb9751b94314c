"""WCO responses read back: by local name, for most are published without namespaces."""

import re
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

from lxml import etree

from tongguan.interfaces.messages.block import counted
from tongguan.interfaces.messages.receipts.facts import Fact, Levied, Receipt, Told
from tongguan.interfaces.messages.receipts.projection import Way, ways
from tongguan.interfaces.messages.translation.tables import Table
from tongguan.interfaces.messages.wco.amendment import chain_of

_FORMATS: Final = ("%Y%m%d%H%M%S%z", "%Y%m%d")
_NUMBER: Final = re.compile(r"-?[0-9]{1,19}(?:\.[0-9]{0,12})?")
_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


def read(root: etree._Element, taxes: Table) -> Receipt | None:
    """Return what a WCO response tells, None where the document holds none.

    Places are chains as in `wco`: a number stands where the class may stand often. A function
    code that is not known is kept, and changes nothing.
    """
    name = etree.QName(root).localname
    response = root if name == "Response" else root.find("{*}Response")
    if response is None:
        return None
    code = _text(response, "FunctionCode").zfill(2)
    statements = response.findall("{*}AdditionalInformation")
    words = "\n".join(filter(None, (_text(one, "StatementDescription") for one in statements)))
    said = {_text(one, "StatementCode") for one in statements}
    status = _text(response, "Status/{*}NameCode")
    way = _way(code, said, status)
    charges = _charges(response, taxes)
    due = next(filter(None, (_moment(one, "LimitDateTime") for one in statements)), None)
    due = due or _moment(response, "Declaration/{*}DutyTaxFee/{*}Payment/{*}DueDateTime")
    version = _text(response, "Declaration/{*}VersionID")
    fact = Fact(
        kind=way.kind if way else "",
        mark=way.mark if way else "",
        id=_text(response, "FunctionalReferenceID"),
        at=_moment(response, "IssueDateTime") or _NEVER,
        reference=_text(response, "Declaration/{*}FunctionalReferenceID"),
        number=_text(response, "Declaration/{*}ID"),
        office=_text(response, "ContactOffice/{*}ID"),
        version=counted(version),
        words=words,
        due_at=due,
        charges=charges,
        problems=tuple(map(_told, response.findall("{*}Error"))),
    )
    return Receipt(code, words, fact)


def _way(code: str, said: set[str], status: str) -> Way | None:
    """Return the row of a function code: the one with its statement or status, else the usual."""
    found = [way for way in ways() if way.function == code]
    for way in found:
        if way.statement and way.statement in said:
            return way
    for way in found:
        if way.status and way.status == status and not way.statement:
            return way
    return next((way for way in found if not way.statement), None)


def _text(element: etree._Element, path: str) -> str:
    return (element.findtext(f"{{*}}{path}") or "").strip()


def _moment(element: etree._Element, path: str) -> datetime | None:
    text = _text(element, f"{path}/{{*}}DateTimeString")
    if text[-3:-2] in {"+", "-"}:
        text += "00"
    for style in _FORMATS:
        with suppress(ValueError, OverflowError):
            moment = datetime.strptime(text, style)  # noqa: DTZ007
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    return None


def _told(error: etree._Element) -> Told:
    chain = [
        {etree.QName(child).localname: (child.text or "").strip() for child in pointer}
        for pointer in error.findall("{*}Pointer")
    ]
    place = chain_of(chain) if chain else ""
    return Told(_text(error, "ValidationCode"), _text(error, "Description"), place)


def _charges(response: etree._Element, taxes: Table) -> tuple[Levied, ...]:
    path = "{*}Declaration/{*}GoodsShipment/{*}GovernmentAgencyGoodsItem"
    return tuple(
        _levied(item, fee, taxes)
        for item in response.findall(path)
        for fee in item.findall("{*}Commodity/{*}DutyTaxFee")
    )


def _levied(item: etree._Element, fee: etree._Element, taxes: Table) -> Levied:
    paid = fee.find("{*}Payment/{*}PaymentAmount")
    paid = fee.find("{*}Payment/{*}TaxAssessedAmount") if paid is None else paid
    kind = _text(fee, "TypeCode")
    rate = _number(_text(fee, "TaxRateNumeric"))
    return Levied(
        line=counted(_text(item, "SequenceNumeric")) or 0,
        tax=taxes.ours.get(kind, kind),
        base=_number(_text(fee, "AdValoremTaxBaseAmount")) or Decimal(0),
        rate=None if rate is None else rate / 100,
        amount=_number((paid.text or "") if paid is not None else "") or Decimal(0),
        currency=(paid.get("currencyID") or "") if paid is not None else "",
    )


def _number(text: str) -> Decimal | None:
    return Decimal(text) if _NUMBER.fullmatch(text) else None
