"""Reads of this room: what may leave, and what is on its way out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from tongguan.domain.cargo import queries as cargo
from tongguan.domain.cargo.values import ListedRow
from tongguan.domain.clearance import queries as clearance
from tongguan.domain.clearance.lifecycle import NO_MORE, Act, HoldKind, State
from tongguan.domain.declarations import queries as declarations
from tongguan.domain.declarations.queries import visible_to
from tongguan.domain.declarations.records import DeclarationRow
from tongguan.domain.reference.queries import snapshot
from tongguan.domain.reference.values import Site
from tongguan.domain.release import problems
from tongguan.domain.release.genuine import is_genuine, require_genuine
from tongguan.domain.release.lifecycle import OrderState
from tongguan.domain.release.models import ReleaseOrder
from tongguan.domain.release.values import GateAnswer, GateVerdict, OrderRow, Waiting
from tongguan.facilities.accounts.rules.duties import require, require_at
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.kernel.identifiers import (
    SITE,
    DeclarationId,
    NotAnIdentifierError,
    container_sound,
    units_meant,
)
from tongguan.kernel.problems import ProblemError

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


@dataclass(frozen=True, slots=True)
class _Known:
    """What a gate's question is judged by: where manifests list a unit, and who declared it."""

    listed: tuple[ListedRow, ...]
    heads: tuple[DeclarationRow, ...]

    @property
    def ids(self) -> tuple[DeclarationId, ...]:
        return tuple(head.id for head in self.heads)

    @property
    def told(self) -> dict[str, Any]:
        """Return what a gate is told of the latest declaration."""
        latest = [(head.number, head.declaration_office) for head in self.heads[-1:]]
        return dict(zip(("number", "declaration_office"), *latest, strict=True)) if latest else {}


def may_leave(*, site: str, unit: str) -> GateAnswer:
    """Answer a gate that asks whether a container, or the goods of a bill, may leave.

    Where a manifest lists a container, it leaves on the declarations of its own bills: each of
    them has to be declared with it, and released, and to have an order that is not recalled. What
    others declare changes nothing. Where no manifest lists it, all that name it count. Goods of a
    bill that a manifest lists containers under leave in these, never by the number of the bill.

    Raises:
        ProblemError: REL-002 no such site, REL-010 an order is not as it was signed.

    Cost: four statements by index, 5 ms; one more for each declaration that is held.
    """
    unit = unit_meant(unit)
    return _answer(_known(unit), site=SITE.plain(site), unit=unit)


def unit_meant(text: str) -> str:
    """Return the number of the container, or of the bill, that a gate means.

    A hyphen parts a container's number and distinguishes bills: what is known decides, and where
    neither is known the check digit of a container.

    Raises:
        ProblemError: REL-011 it can be neither.
    """
    return each_unit_meant([text])[text]


def each_unit_meant(texts: Collection[str]) -> dict[str, str]:
    """Return the same of each of these texts, by the text; at the most two statements for all.

    Raises:
        ProblemError: REL-011 one of them can be neither.
    """
    meanings = {text: _meanings(text) for text in texts}
    unsure = {unit for units in meanings.values() if len(units) > 1 for unit in units}
    known = cargo.listed(unsure).keys() | declarations.naming_each(unsure) if unsure else set()
    return {text: _likeliest(units, known) for text, units in meanings.items()}


def _meanings(text: str) -> tuple[str, ...]:
    try:
        return units_meant(text)
    except NotAnIdentifierError as error:
        raise ProblemError(problems.NOT_A_UNIT.at("#/unit", sign=error.sign or "…")) from error


def _likeliest(units: Sequence[str], known: Collection[str]) -> str:
    found = next((unit for unit in units if unit in known), "")
    return found or (units[-1] if container_sound(units[-1]) else units[0])


def _answer(known: _Known, *, site: str, unit: str) -> GateAnswer:
    place = snapshot().region.site(site)
    if place is None:
        raise problems.SITE_UNKNOWN.error(site=site)
    if boxes := tuple(box for row in known.listed for box in row.containers):
        return GateAnswer(GateVerdict.IN_CONTAINERS, site, unit, containers=boxes, **known.told)
    return _judged(known, place, unit)


def _judged(known: _Known, place: Site, unit: str) -> GateAnswer:
    """Return whether a unit may leave that goods leave by: a container, or a bill without any."""
    site, ids, told = place.code, known.ids, known.told
    standing = clearance.standing(ids) if ids else {}
    declared = {head.bill for head in known.heads if standing[head.id].state not in NO_MORE}
    missing = tuple(row.bill for row in known.listed if row.boxed and row.bill not in declared)
    held = [id_ for id_ in ids if standing[id_].state is State.ACCEPTED]
    if held or missing:
        why: dict[str, Any] = {"waiting": _waiting(held), "undeclared": missing}
        return GateAnswer(GateVerdict.HELD, site, unit, **why, **told)
    if not ids:
        return GateAnswer(GateVerdict.UNKNOWN, site, unit)
    orders = _rows(ReleaseOrder.objects.filter(declaration__in=ids, unit=unit))
    inside = [id_ for id_ in ids if standing[id_].state is State.RELEASED]
    if (stopped := _stopped(inside, orders)) is not None:
        return GateAnswer(stopped, site, unit, waiting=_waiting(inside), **told)
    open_orders = tuple(row for row in orders if str(row.state) in _AT_GATE)
    if not open_orders:
        left = max((row.executed_at for row in orders if row.executed_at), default=None)
        verdict = GateVerdict.HELD if left is None else GateVerdict.LEFT
        return GateAnswer(verdict, site, unit, left_at=left, **told)
    require_genuine(open_orders)
    if any(row.office != place.office or row.site not in {"", site} for row in open_orders):
        return GateAnswer(GateVerdict.ELSEWHERE, site, unit, orders=open_orders, **told)
    released = max(standing[row.declaration_id].moved_at for row in open_orders)
    return GateAnswer(
        GateVerdict.OPEN, site, unit, released_at=released, orders=open_orders, **told
    )


def ask_at_gate(*, site: str, unit: str, by: Actor) -> GateAnswer:
    """Answer somebody who stands at a gate: people of a site of that site, an officer of his own.

    Of goods that have nothing to do with that site, or that office, he learns nothing: the answer
    is that of goods nobody knows.

    Raises:
        ProblemError: ACC-001 not at a gate, ACC-011 at another site, REL-002 no such site, REL-010
            an order is not as it was signed.
    """
    site, unit = SITE.plain(site), unit_meant(unit)
    office = gate_office(site=site, by=by)
    known = _known(unit)
    places = _places(known, unit)
    if (office, site) in places or (office, "") in places:
        return _answer(known, site=site, unit=unit)
    if by.at(office, *AT_GATES) and office in {of for of, _ in places}:
        return _answer(known, site=site, unit=unit)
    return GateAnswer(GateVerdict.UNKNOWN, site, unit)


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


def _known(unit: str) -> _Known:
    """Return under which bills manifests list a unit, and the declarations that count for it.

    A voyage that is only announced says nothing of a container that lies here from another.
    """
    listed = cargo.listed([unit]).get(unit, ())
    come = {row.voyage for row in listed if row.site}
    listed = tuple(row for row in listed if row.voyage in come) or listed
    own = {row.bill for row in listed}
    heads = declarations.naming(unit)
    return _Known(listed, tuple(head for head in heads if not own or head.bill in own))


def _places(known: _Known, unit: str) -> set[tuple[str, str]]:
    """Return the places that goods come to, lie at, are inspected at, move to or left by.

    Each is an office and a site; the site is empty where any of that office will do. Where a
    manifest lists a unit, its word counts, and not where others declare it.
    """
    ids, region = known.ids, snapshot().region
    places: set[tuple[str, str]] = set()
    for row in known.listed:
        lying = region.site(row.site) if row.site else None
        places.add((row.office, row.expected) if lying is None else (lying.office, lying.code))
    if not known.listed:
        places |= {(head.goods_office, head.site) for head in known.heads}
    places |= {
        (head.inspection_office, "")
        for head in known.heads
        if head.inspection_office != head.goods_office
    }
    lie_somewhere = any(row.site for row in known.listed)
    for head in known.heads:
        for hold in clearance.holds_of(head.id):
            if hold.kind is HoldKind.TRANSIT and hold.ended_at is None:
                places.add((hold.office, _expected_at(hold.office, known.listed)))
                if hold.blocks is Act.DEPART and not lie_somewhere:
                    places.add((head.declaration_office, ""))
    for order in ReleaseOrder.objects.filter(declaration__in=ids, unit=unit):
        places.add((order.office, order.executed_site or order.site))
    return places


def _expected_at(office: str, listed: Sequence[ListedRow]) -> str:
    """Return the site of an office that manifests name for goods; empty where they name none."""
    region = snapshot().region
    for row in listed:
        place = region.site(row.expected) if row.expected else None
        if place is not None and place.office == office:
            return place.code
    return ""


def declarations_of(unit: str) -> tuple[DeclarationId, ...]:
    """Return the declarations that a container, or the goods of a bill, may leave on."""
    return _known(unit).ids


def without_order(
    wanted: Sequence[tuple[DeclarationRow, str]],
) -> dict[tuple[DeclarationId, str], tuple[str, ...]]:
    """Return which of these units no release order is made for, each with the bills it is under.

    They are those that manifests list under other bills than their declaration's only, and bills
    whose goods manifests list in containers. One statement.
    """
    listed = cargo.listed({unit for _, unit in wanted})
    found: dict[tuple[DeclarationId, str], tuple[str, ...]] = {}
    for head, unit in wanted:
        rows = listed.get(unit, ())
        bills = tuple(row.bill for row in rows)
        if bills and (head.bill not in bills or any(row.containers for row in rows)):
            found[head.id, unit] = bills
    return found


def lying_at(
    wanted: Sequence[tuple[DeclarationRow, str]],
) -> dict[tuple[DeclarationId, str], tuple[str, str]]:
    """Return at which office and site these units were reported under their declaration's bill.

    What was reported nowhere is not among the keys. One statement.
    """
    listed, region = cargo.listed({unit for _, unit in wanted}), snapshot().region
    found: dict[tuple[DeclarationId, str], tuple[str, str]] = {}
    for head, unit in wanted:
        for row in listed.get(unit, ()):
            place = region.site(row.site) if row.bill == head.bill and row.site else None
            if place is not None:
                found[head.id, unit] = (place.office, place.code)
    return found


def orders_of(declaration_id: DeclarationId) -> tuple[OrderRow, ...]:
    """Return the release orders of one declaration, by unit."""
    return _rows(ReleaseOrder.objects.filter(declaration=declaration_id))


def at_gate(*, viewer: Actor, limit: int = PAGE_ROWS) -> tuple[OrderRow, ...]:
    """Return the orders that wait at the offices and sites of `viewer`, oldest first.

    An order that names no site is for every site of its office. One that is not as it was signed
    is for none.
    """
    places = (snapshot().region.site(code) for code in viewer.sites)
    near = {place.office for place in places if place is not None}
    mine = Q(office__in=viewer.offices) | Q(site__in=viewer.sites) | Q(site="", office__in=near)
    found = ReleaseOrder.objects.filter(mine, state__in=_AT_GATE).order_by("made_at", "id")
    return tuple(row for row in _rows(found, limit) if is_genuine(row))


def require_signed(ids: Collection[UUID]) -> None:
    """Refuse what would be done on orders that are not as they were signed.

    Raises:
        ProblemError: REL-010 one of them is not.
    """
    require_genuine(_rows(ReleaseOrder.objects.filter(pk__in=ids)))


def executed(ids: Collection[UUID]) -> tuple[tuple[str, str, datetime], ...]:
    """Return unit, site and moment of those of these orders that goods left on; for processes."""
    left = ReleaseOrder.objects.filter(pk__in=ids, state=str(OrderState.EXECUTED))
    rows = left.order_by("executed_at", "id").values_list("unit", "executed_site", "executed_at")
    return tuple((unit, site, at) for unit, site, at in rows if at is not None)


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
