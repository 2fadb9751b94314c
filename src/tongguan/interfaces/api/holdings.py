"""Certificates of relief and of origin, and licences, as their holders read them."""

from typing import Final

from django.http import HttpRequest
from ninja import Router

from tongguan.domain.permits.holdings import PAGE_ROWS, drawings, held, holding
from tongguan.domain.permits.problems import NO_HOLDING
from tongguan.domain.permits.values import Holding, HoldingKind
from tongguan.interfaces.api import paged
from tongguan.interfaces.api.shapes import DrawingOut, DrawingsOut, HoldingOut, HoldingsOut
from tongguan.interfaces.api.who import caller
from tongguan.interfaces.pages import paging
from tongguan.kernel.identifiers import DeclarationId

router = Router()

_SHOWN: Final = 40


@router.get("", response=HoldingsOut, summary="Certificates and licences of a kind")
def all_of_a_kind(request: HttpRequest, kind: str = "relief", after: str = "") -> HoldingsOut:
    """Return a page of what the caller may see: `relief`, `origin` or `licence`.

    A broker sees what his declarations drew on, and all of a principal's under a mandate that shows
    what others declared. What ends last comes first.
    """
    place = paged.begin(after, paging.day_and_row)
    found = held(_kind(kind), viewer=caller(request), after=place, limit=PAGE_ROWS + 1)
    rows, last = paging.cut(found, PAGE_ROWS)
    return HoldingsOut(
        rows=[_told(one) for one in rows],
        after="" if last is None else paging.key(last.valid_until, last.id),
    )


@router.get(
    "/{kind}/{id}/declarations", response=DrawingsOut, summary="Declarations that drew on one"
)
def drew(request: HttpRequest, kind: str, id: int, after: str = "") -> DrawingsOut:
    """Return a page of the declarations that drew on a certificate or licence, latest first."""
    viewer = caller(request)
    one = holding(_kind(kind), id, viewer=viewer)
    if one is None:
        raise NO_HOLDING.error(kind=kind, number=str(id)[:_SHOWN])
    place = paged.begin(after, paging.moment_and_id)
    begin = None if place is None else (place[0], DeclarationId(place[1]))
    found = drawings(one, viewer=viewer, after=begin, limit=PAGE_ROWS + 1)
    rows, last = paging.cut(found, PAGE_ROWS)
    return DrawingsOut(
        rows=[
            DrawingOut(
                declaration=row.number,
                reference=row.reference,
                drawn=row.drawn,
                given_back=row.given_back,
                at=row.at,
            )
            for row in rows
        ],
        after="" if last is None else paging.key(last.at, last.declaration_id),
    )


def _kind(word: str) -> HoldingKind:
    try:
        return HoldingKind(word)
    except ValueError as error:
        raise NO_HOLDING.error(kind=word[:_SHOWN], number="—") from error


def _told(one: Holding) -> HoldingOut:
    return HoldingOut(
        id=one.id,
        kind=str(one.kind),
        number=one.number,
        holder=one.holder,
        basis=one.basis,
        origin=one.origin,
        levy_modes=list(one.levy_modes),
        frees=list(one.frees),
        share=one.share,
        commodities=list(one.commodities),
        granted=one.granted,
        drawn=one.drawn,
        left=one.left,
        unit=one.unit,
        valid_from=one.valid_from,
        valid_until=one.valid_until,
        issuer=one.issuer,
        port=one.port,
        withdrawn_at=one.withdrawn_at,
    )
