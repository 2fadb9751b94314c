"""Receipts of a declaration: listed in order, and handed out as documents."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from ninja import Router

from tongguan.domain.declarations.queries import formats
from tongguan.interfaces.api import paged
from tongguan.interfaces.api.declarations import seen
from tongguan.interfaces.api.identifiers import Declaration
from tongguan.interfaces.api.shapes import ReceiptOut, ReceiptsOut
from tongguan.interfaces.api.who import caller
from tongguan.interfaces.messages.receipts.problems import NOT_TOLD
from tongguan.interfaces.messages.values import Format
from tongguan.interfaces.outgoing import Receipt, receipts, written

router = Router()

XML: Final = "application/xml"
SINGLE_WINDOW, WCO = "singlewindow", "wco"
DOCUMENT: Final = {"responses": {200: {"content": {XML: {"schema": {"type": "string"}}}}}}


@router.get("/{number}/receipts", response=ReceiptsOut, summary="What customs told, in order")
def listed(request: HttpRequest, number: Declaration, after: str = "") -> ReceiptsOut:
    """Return the receipts of a declaration after a cursor: code, text, office, moment.

    Begin with no cursor; go on with the one of the answer. The same cursor always gives the same
    receipts and those that came since.
    """
    head = seen(number, caller(request))
    place = paged.event_cursor(after)
    found = receipts(head, after=place)
    if not found:
        paged.require_handed_out(place)
    last = found[-1].cursor if found else place
    return ReceiptsOut(receipts=[_told(one) for one in found], cursor=str(last))


@router.get(
    "/{number}/receipts/{cursor}",
    response=ReceiptOut,
    openapi_extra=DOCUMENT,
    summary="One receipt: JSON, or XML in the sender's format",
)
def one(request: HttpRequest, number: Declaration, cursor: str) -> ReceiptOut | HttpResponse:
    """Return a receipt: as JSON, or where `Accept` asks for XML, in the format that was lodged."""
    head = seen(number, caller(request))
    if request.get_preferred_type(["application/json", XML]) == XML:
        form = WCO if Format.WCO.value in formats(head.id) else SINGLE_WINDOW
        return HttpResponse(written(head, cursor, form), content_type=XML)
    found = next((each for each in receipts(head) if str(each.cursor) == cursor), None)
    if found is None:
        raise NOT_TOLD.error(cursor=cursor)
    return _told(found)


@router.get(
    "/{number}/receipts/{cursor}/singlewindow.xml",
    openapi_extra=DOCUMENT,
    summary="One receipt as the single window writes it",
)
def singlewindow(request: HttpRequest, number: Declaration, cursor: str) -> HttpResponse:
    """Return a receipt as DEC_RESULT."""
    head = seen(number, caller(request))
    return HttpResponse(written(head, cursor, SINGLE_WINDOW), content_type=XML)


@router.get(
    "/{number}/receipts/{cursor}/wco.xml",
    openapi_extra=DOCUMENT,
    summary="One receipt as a WCO response",
)
def wco(request: HttpRequest, number: Declaration, cursor: str) -> HttpResponse:
    """Return a receipt as a response of the WCO data model."""
    head = seen(number, caller(request))
    return HttpResponse(written(head, cursor, WCO), content_type=XML)


def _told(receipt: Receipt) -> ReceiptOut:
    fact = receipt.fact
    return ReceiptOut(
        cursor=str(receipt.cursor),
        kind=receipt.kind,
        code=receipt.code,
        function=receipt.function,
        text=receipt.text(get_language() or ""),
        words=fact.words,
        office=fact.office,
        at=fact.at,
        due=fact.due_at,
        version=fact.version,
        forms=list(receipt.forms),
    )
