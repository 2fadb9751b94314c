"""Reads of this room."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, F, Q
from django.utils.timezone import localdate

from tongguan.domain.declarations.queries import visible_to
from tongguan.domain.reference.queries import snapshot
from tongguan.domain.transit.models import Movement
from tongguan.domain.transit.rules.times import least_time, nearest
from tongguan.domain.transit.values import MovementRow, Moving
from tongguan.facilities.accounts.values import Actor
from tongguan.kernel.identifiers import DeclarationId

PAGE_ROWS: Final = 50
_COLUMNS: Final = (
    "declaration_id",
    "declaration__number",
    "departure",
    "destination",
    "carrier",
    "vehicle",
    "seals",
    "departed_at",
    "due_at",
    "arrived_at",
    "intact",
    "from_site",
    "to_site",
    "early_at",
    "enquired_at",
    "called_at",
)


def movements(
    *, viewer: Actor, open_only: bool = False, limit: int = PAGE_ROWS
) -> tuple[MovementRow, ...]:
    """Return the movements that `viewer` may see: under way by time limit, then the latest arrived.

    An enterprise sees those of its declarations and those it carries; an officer and people of a
    site those that leave or reach their offices.
    """
    found = Movement.objects.filter(_visible_to(viewer))
    if open_only:
        found = found.filter(arrived_at=None)
    latest = F("arrived_at").desc(nulls_first=True)
    rows = found.order_by(latest, "due_at", "id").values_list(*_COLUMNS)[:limit]
    return tuple(MovementRow(*columns) for columns in rows)


def moving(ids: Collection[DeclarationId]) -> frozenset[UUID]:
    """Return which of these declarations' goods are on the road, for pages that show them."""
    found = Movement.objects.filter(declaration__in=ids, arrived_at=None)
    return frozenset(found.values_list("declaration_id", flat=True))


def under_way(*, viewer: Actor, now: datetime) -> tuple[Moving, ...]:
    """Return how many movements are under way between two offices, and how many of them are late.

    In order of the offices; one statement.
    """
    grouped = (
        Movement.objects.filter(_visible_to(viewer), arrived_at=None)
        .values_list("departure", "destination")
        .annotate(count=Count("id"), late=Count("id", filter=Q(due_at__lte=now)))
        .order_by("departure", "destination")
    )
    return tuple(Moving(*row) for row in grouped)


def arrived_at(ids: Collection[DeclarationId]) -> dict[DeclarationId, tuple[str, str]]:
    """Return at which office and site the goods of these declarations ended a movement.

    The site is empty where it was not told.
    """
    found = Movement.objects.filter(declaration__in=ids, arrived_at__isnull=False)
    rows = found.order_by("arrived_at", "id").values_list(
        "declaration_id", "destination", "to_site"
    )
    return {DeclarationId(id_): (office, site) for id_, office, site in rows}


def earliest_arrival(movement: Movement, site: str) -> datetime:
    """Return the first moment at which a movement can be at a site of its destination.

    Of a movement that began before its site of departure was kept, it is the departure.
    """
    law = snapshot()
    start, end = law.region.site(movement.from_site), law.region.site(site)
    if start is None:
        return movement.departed_at
    day = localdate(movement.departed_at)
    ends = law.region.sites_of(movement.destination, day) if end is None else (end,)
    km = nearest(start, ends)
    least = least_time(km, mode=movement.mode, parameters=law.parameters, day=day)
    return movement.departed_at + least


def may_arrive(declaration_id: DeclarationId, *, site: str, now: datetime) -> bool:
    """Return whether goods on the road can be at a site by now."""
    movement = Movement.objects.filter(declaration=declaration_id, arrived_at=None).first()
    return movement is not None and earliest_arrival(movement, site) <= now


def _visible_to(viewer: Actor) -> Q:
    region = snapshot().region
    known = (region.site(code) for code in viewer.sites)
    near = {site.office for site in known if site is not None}
    ends = Q(departure__in=viewer.offices) | Q(destination__in=viewer.offices)
    ends |= Q(from_site__in=viewer.sites) | Q(to_site__in=viewer.sites)
    ends |= Q(from_site="", departure__in=near) | Q(to_site="", destination__in=near)
    return visible_to(viewer, "declaration__") | ends | Q(carrier_id__in=viewer.own_ids)


def seals_of(declaration_id: DeclarationId) -> str:
    """Return the seals that the goods of a declaration left under; empty where they do not move."""
    found = Movement.objects.filter(declaration=declaration_id, arrived_at=None)
    return found.values_list("seals", flat=True).first() or ""


def moving_since(declaration_id: DeclarationId) -> datetime | None:
    """Return when the goods of a declaration left under seal; None where they are not moving."""
    found = Movement.objects.filter(declaration=declaration_id, arrived_at=None)
    return found.values_list("departed_at", flat=True).first()
