"""Reads of this room."""

from collections.abc import Collection
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from tongguan.domain.cargo.models import Arrival, Bill, CargoUnit
from tongguan.domain.cargo.values import ArrivalKind, ArrivalRow, BillRow
from tongguan.domain.reference.queries import snapshot
from tongguan.facilities.accounts.values import Actor
from tongguan.facilities.tables import read

PAGE_ROWS: Final = 50
_COLUMNS: Final = (
    "id",
    "number",
    "flow",
    "mode",
    "name",
    "voyage",
    "office",
    "site",
    "packages",
    "gross",
    "used_by",
    "arrived_at",
    "arrived_site",
)
_BILLS: Final = """
    SELECT id, number, flow, mode, name, voyage, office,
           site, packages, gross, used_by, arrived_at, arrived_site
    FROM cargo_bill WHERE number = ANY(%s)
"""


def bills(numbers: Collection[str]) -> dict[str, BillRow]:
    """Return these bills, by number. One statement for any number; nobody looks."""
    return {row[1]: BillRow(*row) for row in read(_BILLS, [list(numbers)])}


def bills_of(manifest: str) -> tuple[str, ...]:
    """Return the numbers of the bills of a manifest; for processes: nobody looks."""
    found = Bill.objects.filter(manifest=manifest).order_by("number")
    return tuple(found.values_list("number", flat=True))


def expected(*, viewer: Actor, limit: int = PAGE_ROWS) -> tuple[BillRow, ...]:
    """Return what has not arrived at the offices and sites of `viewer`, longest known first."""
    found = Bill.objects.filter(_mine(viewer), arrived_at=None)
    return _rows(found.order_by("received_at", "id")[:limit])


def lying(*, viewer: Actor, limit: int = PAGE_ROWS) -> tuple[BillRow, ...]:
    """Return what arrived at the offices and sites of `viewer`, latest first."""
    found = Bill.objects.filter(_mine(viewer), arrived_at__isnull=False)
    return _rows(found.order_by("-arrived_at", "id")[:limit])


def units_of(bill_ids: Collection[UUID]) -> dict[UUID, tuple[str, ...]]:
    """Return the containers of these bills."""
    found: dict[UUID, tuple[str, ...]] = {}
    rows = CargoUnit.objects.filter(bill__in=bill_ids).order_by("unit")
    for bill, unit in rows.values_list("bill_id", "unit"):
        found[bill] = (*found.get(bill, ()), unit)
    return found


def arrivals(bill: str) -> tuple[ArrivalRow, ...]:
    """Return what was reported of a bill, earliest first."""
    rows = Arrival.objects.filter(bill__number=bill).order_by("at", "id")
    return tuple(
        ArrivalRow(number, unit, site, ArrivalKind(kind), at, by)
        for number, unit, site, kind, at, by in rows.values_list(
            "bill__number", "unit", "site", "kind", "at", "by"
        )
    )


def _mine(viewer: Actor) -> Q:
    region = snapshot().region
    places = [region.site(code) for code in viewer.sites]
    offices = {place.office for place in places if place is not None} | viewer.offices
    return Q(office__in=offices) | Q(arrived_site__in=viewer.sites)


def _rows(found: QuerySet[Bill]) -> tuple[BillRow, ...]:
    return tuple(BillRow(*columns) for columns in found.values_list(*_COLUMNS))
