"""Reads of this room. Each returns frozen rows in a stated order."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When

from tongguan.domain.clearance.lifecycle import HoldKind, Why
from tongguan.domain.clearance.queries import open_holds
from tongguan.domain.clearance.values import HoldRow
from tongguan.domain.declarations.queries import visible_to
from tongguan.domain.permits.models import Agency, Licence, Request
from tongguan.domain.permits.values import Answer, RequestRow
from tongguan.facilities.accounts.values import Actor
from tongguan.kernel.identifiers import DeclarationId, HoldId

PAGE_ROWS: Final = 50
_AS_THEY_ARE: Final = (
    "agency",
    "kind",
    "number",
    "quantity",
    "unit",
    "asked_at",
    "words",
    "answered_by",
    "answered_at",
    "left",
)
_COLUMNS: Final = (
    "hold",
    "declaration_id",
    "declaration__number",
    "declaration__trader__name_zh",
    "answer",
    *_AS_THEY_ARE,
)


def agencies_of(by: Actor) -> frozenset[str]:
    """Return the agencies that somebody acts for."""
    found = Agency.objects.filter(enterprise__in=by.own_ids)
    return frozenset(found.values_list("code", flat=True))


def waiting(
    *, viewer: Actor, after: tuple[datetime, HoldId] | None = None, limit: int = PAGE_ROWS
) -> tuple[RequestRow, ...]:
    """Return a page of what agencies are asked, longest waiting first.

    People of an agency see what is asked of it, officers what concerns their offices.
    """
    mine = Q(agency__in=agencies_of(viewer)) | visible_to(viewer, "declaration__")
    found = Request.objects.filter(mine, answer="")
    if after is not None:
        at, id_ = after
        found = found.filter(Q(asked_at__gt=at) | Q(asked_at=at, hold__gt=id_))
    return _rows(found.order_by("asked_at", "hold")[:limit])


def requests_of(declaration_id: DeclarationId) -> tuple[RequestRow, ...]:
    """Return what agencies were asked for a declaration, by kind and number."""
    found = Request.objects.filter(declaration=declaration_id)
    return _rows(found.order_by("kind", "number", "hold"))


def missing_licence(declaration_id: DeclarationId, kind: str = "") -> HoldRow | None:
    """Return the open hold for which a licence (of a kind) is still to be named, or None."""
    for row in open_holds([declaration_id], HoldKind.PERMIT):
        if row.why is Why.LICENCE_MISSING and kind in {"", row.facts["kind"]}:
            return row
    return None


def _rows(found: QuerySet[Request]) -> tuple[RequestRow, ...]:
    licence = Licence.objects.filter(kind=OuterRef("kind"), number=OuterRef("number"))
    of_trader = licence.filter(holder=OuterRef("declaration__trader"))
    left = Subquery(of_trader.annotate(rest=F("granted") - F("drawn")).values("rest")[:1])
    same_unit = Subquery(of_trader.values("unit")[:1])
    rows = found.annotate(
        licence_unit=same_unit, left=Case(When(unit=F("licence_unit"), then=left))
    ).values_list(*_COLUMNS)
    return tuple(_row(dict(zip(_COLUMNS, columns, strict=True))) for columns in rows)


def _row(found: Mapping[str, Any]) -> RequestRow:
    return RequestRow(
        hold_id=HoldId(found["hold"]),
        declaration_id=DeclarationId(found["declaration_id"]),
        declaration=found["declaration__number"],
        trader=found["declaration__trader__name_zh"],
        answer=Answer(found["answer"]),
        **{name: found[name] for name in _AS_THEY_ARE},
    )
