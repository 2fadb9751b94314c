"""Reads of this room: what may leave, and what is on its way out."""

from datetime import datetime
from typing import Any, Final

from django.db.models import Q, QuerySet

from tongguan.domain.clearance import queries as clearance
from tongguan.domain.clearance.lifecycle import HoldKind, State
from tongguan.domain.declarations import queries as declarations
from tongguan.domain.declarations.queries import visible_to
from tongguan.domain.reference.queries import snapshot
from tongguan.domain.release import problems
from tongguan.domain.release.lifecycle import OrderState
from tongguan.domain.release.models import ReleaseOrder
from tongguan.domain.release.values import GateAnswer, GateVerdict, OrderRow, Waiting
from tongguan.facilities.accounts.rules.duties import require, require_at
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.kernel.identifiers import DeclarationId

PAGE_ROWS: Final = 50
_COLUMNS: Final = (
    "id",
    "declaration_id",
    "declaration__number",
    "unit",
    "office",
    "site",
    "state",
    "made_at",
    "sent_at",
    "acknowledged_at",
    "executed_at",
    "recalled_at",
    "recall_asked_by",
    "recall_asked_at",
    "recall_reason",
    "signature",
)
_AT_GATE: Final = (str(OrderState.SENT), str(OrderState.ACKNOWLEDGED))


def may_leave(*, site: str, unit: str) -> GateAnswer:
    """Answer a gate that asks whether a container, or the goods of a bill, may leave.

    A shared container leaves only when every declaration that names it is released, and has an
    order that is not recalled.

    Raises:
        ProblemError: REL-002 no such site.

    Cost: two statements by index, 0.3 ms.
    """
    place = snapshot().region.site(site)
    if place is None:
        raise problems.SITE_UNKNOWN.error(site=site)
    ids = declarations_of(unit)
    if not ids:
        return GateAnswer(GateVerdict.UNKNOWN, site, unit)
    heads, standing = declarations.heads(ids), clearance.standing(ids)
    orders = _rows(ReleaseOrder.objects.filter(declaration__in=ids, unit=unit))
    latest = heads[ids[-1]]
    told: dict[str, Any] = {
        "number": latest.number,
        "declaration_office": latest.declaration_office,
    }
    held = [id_ for id_ in ids if standing[id_].state is State.ACCEPTED]
    if held:
        return GateAnswer(GateVerdict.HELD, site, unit, waiting=_waiting(held), **told)
    inside = [id_ for id_ in ids if standing[id_].state is State.RELEASED]
    if (stopped := _stopped(inside, orders)) is not None:
        return GateAnswer(stopped, site, unit, **told)
    open_orders = tuple(row for row in orders if str(row.state) in _AT_GATE)
    if not open_orders:
        left = max((row.executed_at for row in orders if row.executed_at), default=None)
        verdict = GateVerdict.HELD if left is None else GateVerdict.LEFT
        return GateAnswer(verdict, site, unit, left_at=left, **told)
    if any(row.office != place.office or row.site not in {"", site} for row in open_orders):
        return GateAnswer(GateVerdict.ELSEWHERE, site, unit, orders=open_orders, **told)
    released = max(standing[row.declaration_id].moved_at for row in open_orders)
    return GateAnswer(
        GateVerdict.OPEN, site, unit, released_at=released, orders=open_orders, **told
    )


def ask_at_gate(*, site: str, unit: str, by: Actor) -> GateAnswer:
    """Answer somebody who stands at a gate: he is told of his own site only.

    Of goods that no site of that office has to do with he learns nothing but that.

    Raises:
        ProblemError: ACC-001 not at a gate, ACC-011 at another site, REL-002 no such site.
    """
    office = gate_office(site=site, by=by)
    answer = may_leave(site=site, unit=unit)
    if office in _concerned(unit):
        return answer
    here = {GateVerdict.ELSEWHERE, GateVerdict.UNKNOWN}
    return GateAnswer(answer.verdict if answer.verdict in here else GateVerdict.UNKNOWN, site, unit)


AT_GATES: Final = (Role.GATE, Role.SITE_OPERATOR, Role.INSPECTOR)
"""Who asks at a gate, and lets goods out."""


def gate_office(*, site: str, by: Actor) -> str:
    """Return the office of a site, for somebody who stands at its gates.

    Raises:
        ProblemError: ACC-001 not at a gate, ACC-011 at another site, REL-002 no such site.
    """
    require(by, *AT_GATES)
    place = snapshot().region.site(site)
    if place is None:
        raise problems.SITE_UNKNOWN.error(site=site)
    require_at(by, *AT_GATES, office=place.office, site=site)
    return place.office


def _concerned(unit: str) -> set[str]:
    """Return the offices whose sites goods lie at, are inspected at, or move to under seal."""
    ids = declarations_of(unit)
    heads = declarations.heads(ids).values()
    orders = ReleaseOrder.objects.filter(declaration__in=ids, unit=unit)
    moves = {
        row.office for id_ in ids for row in clearance.holds_of(id_) if row.kind is HoldKind.TRANSIT
    }
    known = {office for head in heads for office in (head.goods_office, head.inspection_office)}
    return known | moves | set(orders.values_list("office", flat=True))


def declarations_of(unit: str) -> tuple[DeclarationId, ...]:
    """Return the declarations in force that name a container or a bill, earliest first."""
    return declarations.by_unit(unit)


def orders_of(declaration_id: DeclarationId) -> tuple[OrderRow, ...]:
    """Return the release orders of one declaration, by unit."""
    return _rows(ReleaseOrder.objects.filter(declaration=declaration_id))


def at_gate(*, viewer: Actor, limit: int = PAGE_ROWS) -> tuple[OrderRow, ...]:
    """Return the orders that wait at the offices and sites of `viewer`, oldest first.

    An order that names no site is for every site of its office.
    """
    places = (snapshot().region.site(code) for code in viewer.sites)
    near = {place.office for place in places if place is not None}
    mine = Q(office__in=viewer.offices) | Q(site__in=viewer.sites) | Q(site="", office__in=near)
    found = ReleaseOrder.objects.filter(mine, state__in=_AT_GATE).order_by("made_at", "id")
    return _rows(found, limit)


def recalls(*, viewer: Actor, limit: int = PAGE_ROWS) -> tuple[OrderRow, ...]:
    """Return the orders whose recall waits for a second officer, longest waiting first."""
    mine = visible_to(viewer, "declaration__")
    asked = ReleaseOrder.objects.filter(mine, state__in=_AT_GATE).exclude(recall_asked_by="")
    return _rows(asked.order_by("recall_asked_at", "id"), limit)


def unacknowledged(*, before: datetime, limit: int = PAGE_ROWS) -> tuple[OrderRow, ...]:
    """Return the orders that no site acknowledged since `before`, oldest first; for the region."""
    found = ReleaseOrder.objects.filter(
        made_at__lt=before,
        state__in=(str(OrderState.CREATED), str(OrderState.SENT)),
        acknowledged_at=None,
    )
    return _rows(found.order_by("made_at", "id"), limit)


def _stopped(ids: list[DeclarationId], orders: tuple[OrderRow, ...]) -> GateVerdict | None:
    """Return why a unit of released declarations has to stay, or None where each has its order.

    A recalled order stops the unit whatever the others say; so does one that is still to come.
    """
    valid = {row.declaration_id for row in orders if row.state is not OrderState.RECALLED}
    lacking = set(ids) - valid
    if not lacking:
        return None
    recalled = lacking & {row.declaration_id for row in orders}
    return GateVerdict.RECALLED if recalled else GateVerdict.HELD


def _waiting(ids: list[DeclarationId]) -> tuple[Waiting, ...]:
    return tuple(
        Waiting(row.kind, row.turn, row.office, row.opened_at)
        for id_ in ids
        for row in clearance.holds_of(id_)
        if row.ended_at is None
    )


def _rows(found: QuerySet[ReleaseOrder], limit: int | None = None) -> tuple[OrderRow, ...]:
    if limit is None:
        found = found.order_by("unit", "made_at", "id")
    rows = found.values_list(*_COLUMNS)[:limit]
    return tuple(
        OrderRow(id_, DeclarationId(of), number, unit, office, site, OrderState(state), *rest)
        for id_, of, number, unit, office, site, state, *rest in rows
    )
