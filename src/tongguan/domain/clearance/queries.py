"""Reads of this room. Each returns frozen rows in a stated order, in one statement."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from tongguan.domain.clearance.lifecycle import Act, HoldKind, State, Turn, Why
from tongguan.domain.clearance.models import Clearance, Hold
from tongguan.domain.clearance.values import HoldRow, Standing
from tongguan.domain.declarations.queries import visible_to
from tongguan.facilities.accounts.values import Actor
from tongguan.kernel.identifiers import DeclarationId, HoldId

PAGE_ROWS: Final = 50
_BLOCKING: Final = {act: tuple(str(kind) for kind in HoldKind if kind.blocks is act) for act in Act}
_COLUMNS: Final = (
    "id",
    "declaration_id",
    "declaration__number",
    "declaration__reference",
    "kind",
    "turn",
    "office",
    "why",
    "facts",
    "opened_at",
    "due_at",
    "ended_at",
    "ended_by",
)


def state_of(declaration_id: DeclarationId) -> State:
    """Return how far a declaration has come."""
    return State(Clearance.objects.values_list("state", flat=True).get(pk=declaration_id))


def standing(ids: Collection[DeclarationId]) -> dict[DeclarationId, Standing]:
    """Return how far each of these declarations has come, and since when."""
    found = Clearance.objects.filter(pk__in=ids).values_list("declaration_id", "state", "moved_at")
    return {
        DeclarationId(id_): Standing(DeclarationId(id_), State(state), at)
        for id_, state, at in found
    }


def is_blocked(declaration_id: DeclarationId, act: Act) -> bool:
    """Return whether an open hold blocks `act`."""
    return _open(declaration_id).filter(kind__in=_BLOCKING[act]).exists()


def blocking(declaration_id: DeclarationId, act: Act) -> tuple[HoldKind, ...]:
    """Return the kinds of the open holds that block `act`, longest waiting first."""
    found = _open(declaration_id).filter(kind__in=_BLOCKING[act]).order_by("opened_at", "id")
    return tuple(HoldKind(kind) for kind in found.values_list("kind", flat=True))


def open_hold(declaration_id: DeclarationId, kind: HoldKind) -> HoldId | None:
    """Return the open hold of a kind, the oldest if there are several, or None."""
    found = _open(declaration_id).filter(kind=str(kind)).order_by("opened_at", "id")
    id_ = found.values_list("id", flat=True).first()
    return None if id_ is None else HoldId(id_)


def open_holds(declaration_ids: Collection[DeclarationId], kind: HoldKind) -> tuple[HoldRow, ...]:
    """Return the open holds of a kind on these declarations, by declaration."""
    found = Hold.objects.filter(declaration__in=declaration_ids, kind=str(kind), ended_at=None)
    return _rows(found.order_by("declaration_id", "opened_at", "id"))


def open_on(ids: Collection[DeclarationId]) -> dict[DeclarationId, tuple[HoldRow, ...]]:
    """Return what holds each of these declarations, by declaration; those that nothing holds lack.

    One statement for any number.
    """
    found: dict[DeclarationId, tuple[HoldRow, ...]] = {}
    rows = Hold.objects.filter(declaration__in=ids, ended_at=None).order_by("opened_at", "id")
    for row in _rows(rows):
        found[row.declaration_id] = (*found.get(row.declaration_id, ()), row)
    return found


def holds_of(declaration_id: DeclarationId) -> tuple[HoldRow, ...]:
    """Return all holds of one declaration, open ones first, then by when they were opened."""
    found = Hold.objects.filter(declaration=declaration_id)
    rows = _rows(found.order_by("opened_at", "id"))
    return tuple(sorted(rows, key=lambda row: row.ended_at is not None))


def waiting(
    *,
    viewer: Actor,
    turn: Turn | None = None,
    kinds: Collection[HoldKind] = (),
    offices: Collection[str] = (),
    after: tuple[datetime, HoldId] | None = None,
    limit: int = PAGE_ROWS,
) -> tuple[HoldRow, ...]:
    """Return a page of the open holds that `viewer` may see, longest waiting first.

    The next page comes `after` the last row of this one. Holds of a batch share a moment,
    so the id decides between them.
    """
    found = _seen(viewer, turn=turn, kinds=kinds, offices=offices)
    if after is not None:
        moment, id_ = after
        found = found.filter(Q(opened_at__gt=moment) | Q(opened_at=moment, id__gt=id_))
    return _rows(found.order_by("opened_at", "id")[:limit])


def count_waiting(
    *,
    viewer: Actor,
    turn: Turn | None = None,
    kinds: Collection[HoldKind] = (),
    offices: Collection[str] = (),
) -> int:
    """Return how many open holds `viewer` may see."""
    return _seen(viewer, turn=turn, kinds=kinds, offices=offices).count()


def _seen(
    viewer: Actor,
    *,
    turn: Turn | None,
    kinds: Collection[HoldKind],
    offices: Collection[str],
) -> QuerySet[Hold]:
    found = Hold.objects.filter(visible_to(viewer, "declaration__"), ended_at=None)
    if turn is not None:
        found = found.filter(turn=str(turn))
    if kinds:
        found = found.filter(kind__in=[str(kind) for kind in kinds])
    if offices:
        found = found.filter(office__in=offices)
    return found


def _open(declaration_id: DeclarationId) -> QuerySet[Hold]:
    return Hold.objects.filter(declaration=declaration_id, ended_at=None)


def _rows(found: QuerySet[Hold]) -> tuple[HoldRow, ...]:
    return tuple(_row(*columns) for columns in found.values_list(*_COLUMNS))


def _row(
    id_: HoldId,
    declaration_id: DeclarationId,
    number: str,
    reference: str,
    kind: str,
    turn: str,
    office: str,
    why: str,
    facts: dict[str, str],
    opened_at: datetime,
    due_at: datetime | None,
    ended_at: datetime | None,
    ended_by: str,
) -> HoldRow:
    return HoldRow(
        id_,
        declaration_id,
        number,
        reference,
        HoldKind(kind),
        Turn(turn),
        office,
        Why(why),
        facts,
        opened_at,
        due_at,
        ended_at,
        ended_by,
    )


def office_of(declaration_id: DeclarationId) -> str:
    """Return the office of declaration: where an act belongs that no hold places elsewhere."""
    found = Clearance.objects.filter(pk=declaration_id)
    return str(found.values_list("declaration__declaration_office", flat=True).get())
