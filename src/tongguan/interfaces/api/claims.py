"""Claims of carriers, bills handed over, goods brought elsewhere: asked for, and decided."""

from typing import Annotated, Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tongguan.domain.cargo import decisions
from tongguan.domain.cargo.claims import disputes, diversions
from tongguan.domain.cargo.consignees import name_consignee
from tongguan.domain.cargo.values import DisputeRow, DiversionRow, Outcome
from tongguan.interfaces.api import paged
from tongguan.interfaces.api.identifiers import Bill, Enterprise, Site
from tongguan.interfaces.api.shapes import DisputeOut, DiversionOut, Done
from tongguan.interfaces.api.values import Reason, Taken, Truth, Words
from tongguan.interfaces.api.who import caller
from tongguan.interfaces.pages import paging
from tongguan.kernel.time import utc_now

router = Router()
OUTCOMES: Final = frozenset({"", *(str(one) for one in Outcome)})
"""Claims that wait, and how they ended: the order in which they are listed."""


class OutcomeIn(Taken):
    """Whose a contested voyage or bill is, and why."""

    outcome: Outcome
    reason: Reason


class HandoverIn(Taken):
    """The carrier that reports for a bill from now on: its credit code or customs code."""

    carrier: Enterprise


class ConsigneeIn(Taken):
    """Name and code of the consignee, of an export of the consignor, and why."""

    consignee: Annotated[str, Words(150, lines=False)]
    reason: Reason


class DiversionIn(Taken):
    """The site that goods are to be brought to instead, and why."""

    site: Site
    reason: Reason


class ApprovalIn(Taken):
    """Whether goods may be brought elsewhere, and why."""

    approved: Truth
    words: Reason


@router.get("/disputes", response=list[DisputeOut], summary="Claims of carriers")
def list_disputes(
    request: HttpRequest, response: HttpResponse, after: str = ""
) -> list[DisputeOut]:
    """Return a page of the claims to voyages and bills that another carrier announced first.

    What waits for a decision comes first. Where the list goes on, `Link` names the next page.
    """
    begin = paged.begin(after, lambda given: paging.word_and_key(given, OUTCOMES))
    found = disputes(viewer=caller(request), after=begin, limit=paged.PAGE_ROWS + 1)
    return [
        DisputeOut(
            cursor=_place(one),
            id=one.id,
            manifest=one.number,
            voyage=f"{one.name} {one.voyage}".strip(),
            office=one.office,
            bills=list(one.bills),
            raised_at=one.raised_at,
            outcome=one.outcome,
            reason=one.reason,
        )
        for one in paged.page(found, _place, request, response)
    ]


def _place(one: DisputeRow) -> str:
    return f"{one.outcome},{paging.key(one.raised_at, one.id)}"


@router.post("/disputes/{dispute_id}/decision", response=Done, summary="Decide a claim")
def decide(request: HttpRequest, dispute_id: UUID, sent: OutcomeIn) -> Done:
    """Decide whose a contested voyage or bill is."""
    by = caller(request)
    decisions.decide_dispute(dispute_id=dispute_id, **sent.dict(), by=by, now=utc_now())
    return Done()


@router.post("/bills/{slashed:number}/handover", response=Done, summary="Hand a bill over")
def hand_over(request: HttpRequest, number: Bill, sent: HandoverIn) -> Done:
    """Hand a bill over to another carrier."""
    by = caller(request)
    decisions.hand_over(number=number, carrier=sent.carrier, by=by, now=utc_now())
    return Done()


@router.post(
    "/bills/{slashed:number}/consignee", response=Done, summary="Name the consignee of a bill"
)
def name(request: HttpRequest, number: Bill, sent: ConsigneeIn) -> Done:
    """Name or correct the consignee of a bill, as its carrier; also after its goods arrived.

    Where a declaration for another trader uses the bill, customs reviews that declaration.
    """
    by = caller(request)
    name_consignee(number=number, **sent.dict(), by=by, now=utc_now())
    return Done()


@router.post(
    "/bills/{slashed:number}/diversions", response=dict[str, UUID], summary="Ask for a diversion"
)
def divert(request: HttpRequest, number: Bill, sent: DiversionIn) -> dict[str, UUID]:
    """Ask to bring the goods of a bill to another site than its manifest names."""
    by = caller(request)
    asked = decisions.ask_diversion(number=number, **sent.dict(), by=by, now=utc_now())
    return {"id": asked}


@router.get(
    "/diversions",
    response=list[DiversionOut],
    by_alias=True,
    summary="Goods to be brought elsewhere",
)
def list_diversions(
    request: HttpRequest, response: HttpResponse, after: str = ""
) -> list[dict[str, Any]]:
    """Return a page of what was asked and decided about bringing goods elsewhere, latest first.

    Where the list goes on, `Link` names the next page.
    """
    begin = paged.begin(after, paging.moment_and_id)
    found = diversions(viewer=caller(request), after=begin, limit=paged.PAGE_ROWS + 1)
    return [
        {
            "cursor": _asked(one),
            "id": one.id,
            "bill": one.bill,
            "from": one.from_site or one.from_office,
            "to": one.to_site,
            "reason": one.reason,
            "asked_at": one.asked_at,
            "approved": one.approved,
            "words": one.words,
        }
        for one in paged.page(found, _asked, request, response)
    ]


def _asked(one: DiversionRow) -> str:
    return paging.key(one.asked_at, one.id)


@router.post("/diversions/{diversion_id}/decision", response=Done, summary="Decide a diversion")
def decide_diversion(request: HttpRequest, diversion_id: UUID, sent: ApprovalIn) -> Done:
    """Approve or decline that goods are brought elsewhere."""
    by = caller(request)
    decisions.decide_diversion(diversion_id=diversion_id, **sent.dict(), by=by, now=utc_now())
    return Done()
