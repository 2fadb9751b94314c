"""What enterprises hold: certificates of relief and of origin, licences, and what drew on them."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.db.models import Case, DecimalField, Exists, Min, Q, QuerySet, Sum, Value, When

from tongguan.domain.declarations.queries import concerning
from tongguan.domain.parties import scopes
from tongguan.domain.permits.models import Certificate, CertificateUse, Licence, Request
from tongguan.domain.permits.values import Drawing, Holding, HoldingKind
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.kernel.identifiers import DeclarationId

PAGE_ROWS: Final = 50
_SHARED: Final = (
    "id",
    "number",
    "holder__name_zh",
    "unit",
    "commodities",
    "valid_from",
    "valid_until",
    "granted",
    "drawn",
    "open",
)
_OF_CERTIFICATE: Final = (
    "basis",
    "issuer",
    "withdrawn_at",
    "origin",
    "levy_modes",
    "frees",
    "share",
)
_OF_LICENCE: Final = ("kind", "agency_id", "port")
_FLOWS: Final = {
    HoldingKind.RELIEF: ("", "import"),
    HoldingKind.ORIGIN: ("", "import"),
    HoldingKind.LICENCE: ("",),
}
"""Flows of mandates that cover each kind: a licence does not say of which direction it is."""
_QUANTITY: Final = DecimalField(max_digits=19, decimal_places=5)


def held(
    kind: HoldingKind,
    *,
    viewer: Actor,
    after: tuple[date, int] | None = None,
    limit: int = PAGE_ROWS,
) -> tuple[Holding, ...]:
    """Return a page of what `viewer` may see of a kind, the last to end first.

    The holder sees his own. A broker sees what his declarations drew on, without its balance; and
    all of a principal's, with it, under a mandate in force that shows what others declared, within
    its flow and chapters. Source: as for declarations, Customs Law, art. 11.

    Args:
        kind: certificates of relief, of origin, or licences.
        viewer: who looks.
        after: `valid_until` and id of the last row of the page before.
        limit: rows at the most.
    """
    found = _seen(kind, viewer)
    if after is not None:
        until, id_ = after
        found = found.filter(Q(valid_until__lt=until) | Q(valid_until=until, id__gt=id_))
    return _holdings(kind, found.order_by("-valid_until", "id"), limit)


def holding(kind: HoldingKind, id_: int, *, viewer: Actor) -> Holding | None:
    """Return one certificate or licence, or None where there is none to be seen."""
    return next(iter(_holdings(kind, _seen(kind, viewer).filter(pk=id_), 1)), None)


def drawings(
    one: Holding,
    *,
    viewer: Actor,
    after: tuple[datetime, DeclarationId] | None = None,
    limit: int = PAGE_ROWS,
) -> tuple[Drawing, ...]:
    """Return a page of the declarations that drew on it and concern `viewer`, latest first.

    What was given back stays in the list, and says so. The next page comes `after` moment and
    declaration of the last row.
    """
    rows = _drawn(one.kind, viewer)
    if one.kind is HoldingKind.LICENCE:
        rows, moment = rows.filter(debited=one.id), "answered_at"
    else:
        rows, moment = rows.filter(certificate=one.id), "debited_at"
    kept = Q(credited_at=None)
    found = rows.values("declaration").annotate(
        at=Min(moment),
        used=Sum("quantity", filter=kept, default=Decimal(0), output_field=_QUANTITY),
        back=Sum("quantity", filter=~kept, default=Decimal(0), output_field=_QUANTITY),
    )
    if after is not None:
        at, id_ = after
        found = found.filter(Q(at__lt=at) | Q(at=at, declaration__gt=id_))
    columns = ("declaration", "declaration__number", "declaration__reference", "used", "back", "at")
    ordered = found.order_by("-at", "declaration").values_list(*columns)[:limit]
    return tuple(Drawing(*row) for row in ordered)


def _seen(kind: HoldingKind, viewer: Actor) -> QuerySet[Any]:
    """Return what a viewer may see; `open` says whether its balance too."""
    mine = Q(holder__in=viewer.own_ids)
    if viewer.shown_ids:
        covering = scopes.showing_goods(
            viewer, _FLOWS[kind], holder="holder_id", commodities="commodities"
        )
        mine |= Q(Exists(covering), holder__in=viewer.shown_ids)
    seen = mine
    if viewer.is_(Role.BROKER):
        name = "debited" if kind is HoldingKind.LICENCE else "certificate"
        seen = mine | Q(pk__in=_drawn(kind, viewer).values(name))
    found: QuerySet[Any] = Licence.objects.all()
    if kind is not HoldingKind.LICENCE:
        found = Certificate.objects.filter(kind=kind.name)
    whole = Case(When(mine, then=True), default=Value(False))
    shown: QuerySet[Any] = found.filter(seen).annotate(open=whole)
    return shown


def _drawn(kind: HoldingKind, viewer: Actor) -> QuerySet[Any]:
    """Return what declarations that concern a viewer drew on anything of a kind."""
    mine = concerning(viewer, "declaration__")
    if kind is HoldingKind.LICENCE:
        return Request.objects.filter(mine, debited__isnull=False)
    return CertificateUse.objects.filter(mine, certificate__kind=kind.name)


def _holdings(kind: HoldingKind, found: QuerySet[Any], limit: int) -> tuple[Holding, ...]:
    own = _OF_LICENCE if kind is HoldingKind.LICENCE else _OF_CERTIFICATE
    rows = found.values_list(*_SHARED, *own)[:limit]
    return tuple(_holding(kind, row) for row in rows)


def _holding(kind: HoldingKind, row: Sequence[Any]) -> Holding:
    id_, number, holder, unit, commodities, since, until, granted, drawn, is_open, *own = row
    shared = {
        "kind": kind,
        "id": id_,
        "number": number,
        "holder": holder,
        "granted": granted if is_open else None,
        "drawn": drawn if is_open else None,
        "unit": unit,
        "commodities": tuple(commodities),
        "valid_from": since,
        "valid_until": until,
    }
    if kind is HoldingKind.LICENCE:
        letter, agency, port = own
        return Holding(**shared, basis=letter, issuer=agency, port=port)
    basis, issuer, withdrawn_at, origin, levy_modes, frees, share = own
    return Holding(
        **shared,
        basis=basis,
        issuer=issuer,
        withdrawn_at=withdrawn_at,
        origin=origin,
        levy_modes=tuple(levy_modes),
        frees=tuple(frees),
        share=share,
    )
