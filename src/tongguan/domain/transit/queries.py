"""Reads of this room."""

from collections.abc import Collection
from typing import Final

from django.db.models import Q

from tongguan.domain.declarations.queries import visible_to
from tongguan.domain.transit.models import Movement
from tongguan.domain.transit.values import MovementRow
from tongguan.facilities.accounts.values import Actor
from tongguan.kernel.identifiers import DeclarationId

PAGE_ROWS: Final = 50


def movements(*, viewer: Actor, limit: int = PAGE_ROWS) -> tuple[MovementRow, ...]:
    """Return the movements that `viewer` may see: under way first, by time limit."""
    mine = visible_to(viewer, "declaration__") | Q(destination__in=viewer.offices)
    found = Movement.objects.filter(mine).order_by("arrived_at", "due_at", "id")
    rows = found.values_list(
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
    )[:limit]
    read = (MovementRow(*columns) for columns in rows)
    return tuple(sorted(read, key=lambda row: row.arrived_at is not None))


def under_way() -> dict[tuple[str, str], int]:
    """Return how many movements are under way between two offices; for the region's map."""
    found: dict[tuple[str, str], int] = {}
    rows = Movement.objects.filter(arrived_at=None).values_list("departure", "destination")
    for pair in rows:
        found[pair] = found.get(pair, 0) + 1
    return found


def arrived_at(ids: Collection[DeclarationId]) -> dict[DeclarationId, str]:
    """Return at which office the goods of these declarations ended a movement, if they moved."""
    found = Movement.objects.filter(declaration__in=ids, arrived_at__isnull=False)
    rows = found.order_by("arrived_at", "id").values_list("declaration_id", "destination")
    return {DeclarationId(id_): office for id_, office in rows}
