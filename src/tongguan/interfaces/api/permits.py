"""Partner agencies: what they are asked, and what they say."""

from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tongguan.domain.parties.problems import UNKNOWN
from tongguan.domain.parties.queries import find
from tongguan.domain.permits import commands as permits
from tongguan.domain.permits.queries import waiting
from tongguan.domain.permits.values import NewLicence, RequestRow
from tongguan.facilities.accounts.rules.duties import require
from tongguan.facilities.accounts.values import Role
from tongguan.interfaces.api import paged
from tongguan.interfaces.api.shapes import Done, PermitOut
from tongguan.interfaces.api.taken import LicenceIn, WordsIn
from tongguan.interfaces.api.who import caller
from tongguan.interfaces.pages import paging
from tongguan.kernel.identifiers import HoldId
from tongguan.kernel.time import utc_now

router = Router()


@router.get("", response=list[PermitOut], summary="What agencies are asked")
def asked(request: HttpRequest, response: HttpResponse, after: str = "") -> list[PermitOut]:
    """Return a page of what waits for the caller's agency, longest waiting first.

    Where the list goes on, `Link` names the next page; it begins after the cursor of the last row.
    """
    place = paged.begin(after, paging.moment_and_id)
    begin = None if place is None else (place[0], HoldId(place[1]))
    found = waiting(viewer=caller(request), after=begin, limit=paged.PAGE_ROWS + 1)
    return [_told(row) for row in paged.page(found, _cursor, request, response)]


@router.post("/licences", response=Done, summary="Register a licence")
def grant(request: HttpRequest, sent: LicenceIn) -> Done:
    """Register a licence of the caller's agency. The same again changes nothing."""
    by = caller(request)
    require(by, Role.AGENCY)
    holder = find(sent.holder)
    if holder is None:
        raise UNKNOWN.error(enterprise=sent.holder)
    licence = NewLicence(
        sent.kind,
        sent.number,
        holder,
        sent.granted,
        sent.unit,
        sent.valid_from,
        sent.valid_until,
        tuple(sent.commodities),
        sent.port,
    )
    permits.grant(licence=licence, by=by, now=utc_now())
    return Done()


@router.post("/{hold_id}/confirm", response=Done, summary="Confirm a licence")
def confirm(request: HttpRequest, hold_id: UUID) -> Done:
    """Confirm: the quantity is debited, and the goods no longer wait for this licence."""
    permits.confirm(hold_id=HoldId(hold_id), by=caller(request), now=utc_now())
    return Done()


@router.post("/{hold_id}/decline", response=Done, summary="Decline a licence")
def decline(request: HttpRequest, hold_id: UUID, sent: WordsIn) -> Done:
    """Decline with the reason: customs decides what becomes of the goods."""
    permits.decline(hold_id=HoldId(hold_id), words=sent.text, by=caller(request), now=utc_now())
    return Done()


def _cursor(row: RequestRow) -> str:
    return paging.key(row.asked_at, row.hold_id)


def _told(row: RequestRow) -> PermitOut:
    left: Decimal | None = row.left
    return PermitOut(
        cursor=_cursor(row),
        hold=str(row.hold_id),
        declaration=row.declaration,
        trader=row.trader,
        agency=row.agency,
        kind=row.kind,
        number=row.number,
        quantity=row.quantity,
        unit=row.unit,
        left=left,
        since=row.asked_at,
    )
