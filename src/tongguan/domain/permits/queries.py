"""Reads of this room. Each returns frozen rows in a stated order."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When

from tongguan.domain.clearance.lifecycle import HoldKind, Why
from tongguan.domain.clearance.queries import open_holds
from tongguan.domain.clearance.values import HoldRow
from tongguan.domain.declarations.queries import visible_to
from tongguan.domain.permits.models import Agency, Certificate, Licence, Request
from tongguan.domain.permits.values import (
    Answer,
    CertificateKey,
    CertificateKind,
    CertificateRow,
    LicenceRow,
    RequestRow,
)
from tongguan.facilities.accounts.values import Actor
from tongguan.facilities.tables import Lookup, Row
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
_CERTIFICATE: Final = (
    "id",
    "kind",
    "number",
    "holder_id",
    "basis",
    "origin",
    "levy_modes",
    "frees",
    "share",
    "commodities",
    "granted",
    "drawn",
    "unit",
    "valid_from",
    "valid_until",
    "issuer",
    "withdrawn_at",
)
_LICENCE: Final = (
    "kind",
    "number",
    "holder_id",
    "agency_id",
    "granted",
    "drawn",
    "unit",
    "commodities",
    "port",
    "valid_from",
    "valid_until",
)
_NAMED: Final = """
    SELECT c.id, c.kind, c.number, c.holder_id, c.basis, c.origin, c.levy_modes, c.frees, c.share,
           c.commodities, c.granted, c.drawn, c.unit, c.valid_from, c.valid_until, c.issuer,
           c.withdrawn_at
    FROM unnest(%s::text[], %s::text[]) AS asked (kind, number)
    JOIN permits_certificate AS c ON c.kind = asked.kind AND c.number = asked.number
"""
_COLUMNS: Final = (
    "hold",
    "declaration_id",
    "declaration__number",
    "declaration__trader__name_zh",
    "answer",
    *_AS_THEY_ARE,
)


def certificates(
    keys: Collection[CertificateKey],
) -> Lookup[dict[CertificateKey, CertificateRow]]:
    """Look up certificates of any holder, by kind and number; for processes: nobody looks.

    Cost: nothing where none is asked for; else one prepared statement for any number.
    """
    asked = [[str(key.kind) for key in keys], [key.number for key in keys]]
    return Lookup(_NAMED, asked if keys else None, _certificates)


def all_certificates(
    kind: CertificateKind, *, usable_on: date | None = None, after: str = "", limit: int = PAGE_ROWS
) -> tuple[CertificateRow, ...]:
    """Return a page of all certificates of a kind, by number; nobody looks.

    The next page comes `after` the number of the last row. `usable_on` leaves out what has ended
    on that day, or was withdrawn.
    """
    found = Certificate.objects.filter(kind=str(kind), number__gt=after)
    if usable_on is not None:
        found = found.filter(valid_until__gt=usable_on, withdrawn_at=None)
    rows = found.order_by("number").values_list(*_CERTIFICATE)[:limit]
    return tuple(map(_certificate, rows))


def all_licences(
    *, usable_on: date | None = None, after: tuple[str, str] = ("", ""), limit: int = PAGE_ROWS
) -> tuple[LicenceRow, ...]:
    """Return a page of all licences, by letter and number; nobody looks.

    The next page comes `after` letter and number of the last row. `usable_on` leaves out what has
    ended on that day.
    """
    kind, number = after
    found = Licence.objects.filter(Q(kind__gt=kind) | Q(kind=kind, number__gt=number))
    if usable_on is not None:
        found = found.filter(valid_until__gt=usable_on)
    rows = found.order_by("kind", "number").values_list(*_LICENCE)[:limit]
    return tuple(LicenceRow(*row) for row in rows)


def agencies_of(by: Actor) -> frozenset[str]:
    """Return the agencies that somebody acts for."""
    found = Agency.objects.filter(enterprise__in=by.own_ids)
    return frozenset(found.values_list("code", flat=True))


def waiting(
    *, viewer: Actor, after: tuple[datetime, HoldId] | None = None, limit: int = PAGE_ROWS
) -> tuple[RequestRow, ...]:
    """Return a page of what agencies are asked, longest waiting first.

    People of an agency see what is asked of it, officers what concerns their offices. The balance
    of a licence is shown to its agency, its holder and officers.
    """
    agencies = agencies_of(viewer)
    mine = Q(agency__in=agencies) | visible_to(viewer, "declaration__")
    balance = Q(agency__in=agencies) | Q(declaration__trader__in=viewer.own_ids)
    found = Request.objects.filter(mine, answer="")
    if after is not None:
        at, id_ = after
        found = found.filter(Q(asked_at__gt=at) | Q(asked_at=at, hold__gt=id_))
    shown = None if viewer.is_officer else balance
    return _rows(found.order_by("asked_at", "hold")[:limit], balance=shown)


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


def _certificates(rows: list[Row]) -> dict[CertificateKey, CertificateRow]:
    found = map(_certificate, rows)
    return {CertificateKey(one.kind, one.number): one for one in found}


def _certificate(row: Row) -> CertificateRow:
    found = CertificateRow(*row)
    return found._replace(
        kind=CertificateKind(str(found.kind)),
        levy_modes=tuple(found.levy_modes),
        frees=tuple(found.frees),
        commodities=tuple(found.commodities),
    )


def _rows(found: QuerySet[Request], *, balance: Q | None = None) -> tuple[RequestRow, ...]:
    """Return requests, with what is left on the licence that a confirmation would debit.

    That is a licence of the agency that is asked, found as `commands.confirm` finds it.
    """
    named = Licence.objects.filter(
        kind=OuterRef("kind"),
        number__iexact=OuterRef("number"),
        holder=OuterRef("declaration__trader"),
        agency=OuterRef("agency"),
    )
    exact = Case(When(number=OuterRef("number"), then=0), default=1)
    licence = named.annotate(spelling=exact).order_by("spelling", "id")
    left = Subquery(licence.annotate(rest=F("granted") - F("drawn")).values("rest")[:1])
    same_unit = Subquery(licence.values("unit")[:1])
    shown = (Q() if balance is None else balance) & Q(unit=F("licence_unit"))
    rows = found.annotate(licence_unit=same_unit, left=Case(When(shown, then=left))).values_list(
        *_COLUMNS
    )
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
