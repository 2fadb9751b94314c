"""Certificates of relief and of origin, and licences: what is granted, drawn and left."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tongguan.domain.permits.holdings import PAGE_ROWS, drawings, held, holding
from tongguan.domain.permits.values import BY_VALUE, Freed, Holding, HoldingKind
from tongguan.interfaces.pages import paging
from tongguan.interfaces.pages.shapes import Coded
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.text import _
from tongguan.kernel.time import utc_now
from tongguan.processes.lodgement.decide import local_day

from . import names
from .reader import frame, reader

TABLES: Final = {HoldingKind.RELIEF: "levy_natures", HoldingKind.LICENCE: "permit_documents"}
STATES: Final = {
    "withdrawn": _("withdrawn"),
    "later": _("not yet valid"),
    "ended": _("ended"),
    "used": _("used up"),
    "valid": _("valid"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A certificate or licence as the page shows it."""

    of: Holding
    basis: Coded
    unit: Coded
    issuer: Coded
    last_day: date
    state: str
    words: str


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show a page of fifty of one kind, the last to end first."""
    viewer, now = reader(request), utc_now()
    day, kind = local_day(now), _kind(request.GET.get("kind", str(HoldingKind.RELIEF)))
    after = paging.day_and_row(request.GET.get("after", ""))
    found = held(kind, viewer=viewer, after=after, limit=PAGE_ROWS + 1)
    rows, last = paging.cut(found, PAGE_ROWS)
    context = {
        **frame(viewer, now=now),
        "kinds": [(one, capfirst(gettext(one.label)), one is kind) for one in HoldingKind],
        "kind": kind,
        "rows": [_row(one, day) for one in rows],
        "after": "" if last is None else paging.key(last.valid_until, last.id),
    }
    return render(request, "portal/holdings.html", context)


@login_required
@require_safe
def one(request: HttpRequest, kind: str, holding_id: int) -> HttpResponse:
    """Show one certificate or licence, and a page of the declarations that drew on it."""
    viewer, now = reader(request), utc_now()
    day = local_day(now)
    found = holding(_kind(kind), holding_id, viewer=viewer)
    if found is None:
        raise Http404
    place = paging.moment_and_id(request.GET.get("after", ""))
    after = None if place is None else (place[0], DeclarationId(place[1]))
    rows, last = paging.cut(
        drawings(found, viewer=viewer, after=after, limit=PAGE_ROWS + 1), PAGE_ROWS
    )
    context = {
        **frame(viewer, now=now),
        "row": _row(found, day),
        "origin": names.coded("countries", found.origin, day),
        "port": names.office(found.port, day) if found.port else None,
        "levy_modes": [names.coded("levy_modes", mode, day) for mode in found.levy_modes],
        "frees": [capfirst(gettext(Freed(tax).label)) for tax in found.frees],
        "share": None if found.share is None else f"{(found.share * 100).normalize():f} %",
        "rows": rows,
        "after": "" if last is None else paging.key(last.at, last.declaration_id),
    }
    return render(request, "portal/holding.html", context)


def _kind(word: str) -> HoldingKind:
    try:
        return HoldingKind(word)
    except ValueError as error:
        raise Http404 from error


def _row(one: Holding, day: date) -> Row:
    table, state = TABLES.get(one.kind), _state(one, day)
    issuer = Coded(one.issuer)
    if one.kind is HoldingKind.LICENCE:
        issuer = names.coded("agencies", one.issuer, day) or issuer
    unit = Coded(one.unit) if one.unit == BY_VALUE else names.coded("units", one.unit, day)
    basis = names.coded(table, one.basis, day) if table else None
    words = gettext(STATES[state])
    last_day = one.valid_until - timedelta(days=1)
    return Row(
        one, basis or Coded(one.basis), unit or Coded(one.unit), issuer, last_day, state, words
    )


def _state(one: Holding, day: date) -> str:
    """Return whether it may be drawn on: a withdrawn one never, an ended one no longer."""
    if one.withdrawn_at is not None:
        return "withdrawn"
    if one.valid_from > day:
        return "later"
    if one.valid_until <= day:
        return "ended"
    return "used" if one.left is not None and not one.left else "valid"
