"""Making, sending, executing and recalling release orders."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance import queries as standings
from tongguan.domain.clearance.lifecycle import Act, State
from tongguan.domain.declarations import queries as declarations
from tongguan.domain.declarations.records import DeclarationRow
from tongguan.domain.release import events, problems, queries
from tongguan.domain.release.genuine import KEY
from tongguan.domain.release.lifecycle import ORDERS, OrderAct, OrderState
from tongguan.domain.release.models import ReleaseOrder
from tongguan.domain.release.rules.signature import Slip, sign
from tongguan.domain.release.sealed import ORDER
from tongguan.domain.release.values import GateAnswer
from tongguan.domain.revenue.queries import is_settled
from tongguan.domain.transit.queries import arrived_at
from tongguan.facilities.accounts.rules.duties import require, require_person
from tongguan.facilities.accounts.two_persons import TwoPersonAct, lapsed, require_second
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.announcements.commands import announce
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.installation_keys import signing_key
from tongguan.facilities.ledger.sealed import Rows, changed, of_written
from tongguan.facilities.tables import TableRows, write
from tongguan.kernel.identifiers import SITE, DeclarationId, new_id
from tongguan.kernel.problems import ProblemError

_COLUMNS: Final = (
    "id",
    "declaration_id",
    "unit",
    "office",
    "site",
    "state",
    "made_at",
    "sent_at",
    "executed_site",
    "recall_asked_by",
    "signature",
)
MOST_UNITS: Final = 100
"""So many orders a site acknowledges at once: twice as many as its page shows."""


@transaction.atomic
def make_orders(ids: Collection[DeclarationId], *, by: Actor, now: datetime) -> int:
    """Make, sign and send the release orders of released declarations; return how many.

    What has its orders already is passed over, so that the same event twice changes nothing, and
    so is an export that still moves under seal to its exit, or whose seals were broken. For a
    container that manifests list under others' bills alone none is signed, nor for a bill whose
    goods they list in containers; the ledger says so.
    Runs in the transaction that follows the event. An order goes to the site where the goods lie,
    to where a movement under seal ended, or else to where they were declared to be. That office
    reads the same store: an order is sent in the moment it is there.
    """
    clearance.lock_all(ids)
    heads = declarations.heads(ids)
    made = set(
        ReleaseOrder.objects.filter(declaration__in=ids)
        .exclude(state=str(OrderState.RECALLED))
        .values_list("declaration", flat=True)
    )
    moving = {
        id_
        for id_, rows in standings.open_on(ids).items()
        if any(row.blocks is Act.DEPART for row in rows)
    }
    released = {id_ for id_, one in standings.standing(ids).items() if one.state is State.RELEASED}
    wanted = [heads[id_] for id_ in sorted(released - made - moving, key=str)]
    pairs = [(head, unit) for head in wanted for unit in declarations.units(head.id)]
    withheld = queries.without_order(pairs)
    for (id_, unit), bills in withheld.items():
        record("RELEASE_ORDER_WITHHELD", id_, by=by, at=now, unit=unit, bill=", ".join(bills))
    own = [(head, unit) for head, unit in pairs if (head.id, unit) not in withheld]
    return len(_send(own, by=by, now=now))


@transaction.atomic(durable=True)
def acknowledge(*, site: str, units: Collection[str], by: Actor, now: datetime) -> int:
    """Note that a site has the release orders of these units; return how many are new to it.

    Again changes nothing. Up to `MOST_UNITS` are acknowledged at once; what they are is looked up
    in the same few statements for any number.

    Raises:
        ProblemError: ACC-001 not at a gate, ACC-011 at another site, REL-002 no such site,
            REL-005 a unit without an order for this site, REL-010 an order is not as it was signed,
            REL-011 neither a container nor a bill, REL-012 too many at once.
    """
    site = SITE.plain(site)
    office = queries.gate_office(site=site, by=by)
    if len(units) > MOST_UNITS:
        fault = problems.TOO_MANY_UNITS.at("#/units", count=len(units), most=MOST_UNITS)
        raise ProblemError(fault)
    units = set(queries.each_unit_meant(units).values())
    named = {id_ for ids in declarations.naming_each(units).values() for id_ in ids}
    clearance.lock_all(named)
    orders = list(
        ReleaseOrder.objects.filter(
            declaration__in=named, unit__in=units, office=office, site__in=("", site)
        ).order_by("made_at", "id")
    )
    for unit in sorted(units - {order.unit for order in orders}):
        raise problems.NO_ORDER.error(order=unit)
    new = [
        order
        for order in orders
        if ORDERS.move(OrderAct.ACKNOWLEDGE, OrderState(order.state)) is not None
    ]
    ids = [order.id for order in new]
    queries.require_signed(ids)
    content: dict[str, Any] = {"state": str(OrderState.ACKNOWLEDGED), "acknowledged_at": now}
    ReleaseOrder.objects.filter(pk__in=ids).update(**content)
    for order in new:
        id_ = DeclarationId(order.declaration_id)
        wrote = [changed(ORDER, order.id, **content)]
        record("RELEASE_ORDER_ACKNOWLEDGED", id_, by=by, at=now, wrote=wrote, unit=order.unit)
    return len(new)


@transaction.atomic(durable=True)
def gate_out(*, site: str, unit: str, by: Actor, now: datetime) -> GateAnswer:
    """Let a unit leave through a gate of a site, on its release order.

    When the last unit of a declaration has left, the declaration has departed; it is closed if its
    taxes are settled, else when they are paid. Returns the answer, with when it left.

    Raises:
        ProblemError: ACC-001 not at a gate, ACC-011 at another site, REL-001 it may not leave,
            REL-002 no such site, REL-010 an order is not as it was signed.
    """
    site, unit = SITE.plain(site), queries.unit_meant(unit)
    clearance.lock_all(queries.declarations_of(unit))
    answer = queries.ask_at_gate(site=site, unit=unit, by=by)
    if not answer.may_leave:
        raise problems.MAY_NOT_LEAVE.error(unit=unit, site=site, verdict=answer.verdict)
    for row in answer.orders:
        left = {"state": str(OrderState.EXECUTED), "executed_at": now, "executed_site": site}
        ReleaseOrder.objects.filter(pk=row.id).update(**left)
        wrote = [changed(ORDER, row.id, **left)]
        record("GATE_OUT", row.declaration_id, by=by, at=now, wrote=wrote, unit=unit, site=site)
        announce([events.GateOut(row.declaration_id, now, str(row.id), unit, site)])
        _depart_if_all_left(row.declaration_id, by=by, now=now)
    return replace(answer, left_at=now)


@transaction.atomic(durable=True)
def ask_recall(*, order_id: UUID, reason: str, by: Actor, now: datetime) -> None:
    """Ask to recall a release order before its goods have left; another officer confirms it.

    Raises:
        ProblemError: ACC-001 no officer, ACC-014 no person, REL-003 executed or recalled,
            REL-005 no such order of his office, REL-006 no reason, REL-008 asked already.
    """
    order = _recallable(order_id, by)
    if not reason.strip():
        raise ProblemError(problems.NO_REASON.at("#/reason"))
    if order.recall_asked_by and not lapsed(order.recall_asked_by):
        raise problems.ASKED_ALREADY.error(person=order.recall_asked_by, unit=order.unit)
    order.recall_asked_by, order.recall_asked_at = by.name, now
    order.recall_reason = reason.strip()
    order.save(update_fields=["recall_asked_by", "recall_asked_at", "recall_reason"])
    id_ = DeclarationId(order.declaration_id)
    facts = {"unit": order.unit, "reason": order.recall_reason}
    record("RECALL_ASKED", id_, by=by, at=now, wrote=[_asked(order)], **facts)


@transaction.atomic(durable=True)
def confirm_recall(*, order_id: UUID, by: Actor, now: datetime) -> None:
    """Confirm a recall that another officer asked for: the gate stops the unit from now on.

    Raises:
        ProblemError: ACC-001, ACC-014, REL-003 executed or recalled, REL-004 the same
            person, REL-005 no such order, REL-007 nobody asked.
    """
    order = _recallable(order_id, by)
    if not order.recall_asked_by:
        raise problems.NOT_ASKED.error(unit=order.unit)
    _require_second(TwoPersonAct.RECALL_ORDER, order, by)
    order.state, order.recalled_at = str(OrderState.RECALLED), now
    order.save(update_fields=["state", "recalled_at"])
    id_ = DeclarationId(order.declaration_id)
    facts = {"unit": order.unit, "reason": order.recall_reason, "asked_by": order.recall_asked_by}
    wrote = [changed(ORDER, order.id, state=order.state, recalled_at=now)]
    record("RELEASE_ORDER_RECALLED", id_, by=by, at=now, wrote=wrote, **facts)
    announce([events.OrderRecalled(id_, now, str(order_id), order.unit)])


@transaction.atomic(durable=True)
def drop_recall(*, order_id: UUID, by: Actor, now: datetime) -> None:
    """Withdraw the asking for a recall, or decline it: the order stays in force.

    Raises:
        ProblemError: ACC-001, ACC-014, REL-003, REL-005, REL-007 nobody asked.
    """
    order = _recallable(order_id, by)
    if not order.recall_asked_by:
        raise problems.NOT_ASKED.error(unit=order.unit)
    order.recall_asked_by, order.recall_asked_at, order.recall_reason = "", None, ""
    order.save(update_fields=["recall_asked_by", "recall_asked_at", "recall_reason"])
    id_ = DeclarationId(order.declaration_id)
    record("RECALL_DROPPED", id_, by=by, at=now, wrote=[_asked(order)], unit=order.unit)


@transaction.atomic(durable=True)
def send_again(*, order_id: UUID, reason: str, by: Actor, now: datetime) -> UUID:
    """Send a new release order for a unit whose order was recalled; return its id.

    Two officers recalled it, so whoever asked for that does not undo it alone.

    Raises:
        ProblemError: ACC-001, ACC-014, REL-004 he asked for the recall himself, REL-005 no
            such order, REL-006 no reason, REL-009 the order is not recalled, or the unit has
            another in force.
    """
    order = _locked(order_id, by)
    _require_second(TwoPersonAct.SEND_ORDER_AGAIN, order, by)
    if not reason.strip():
        raise ProblemError(problems.NO_REASON.at("#/reason"))
    id_ = DeclarationId(order.declaration_id)
    in_force = ReleaseOrder.objects.filter(declaration=id_, unit=order.unit)
    if in_force.exclude(state=str(OrderState.RECALLED)).exists():
        raise problems.NOT_RECALLED.error(unit=order.unit)
    record("RECALL_LIFTED", id_, by=by, at=now, unit=order.unit, reason=reason.strip())
    [sent] = _send([(declarations.heads([id_])[id_], order.unit)], by=by, now=now)
    return sent


def _send(
    wanted: Sequence[tuple[DeclarationRow, str]], *, by: Actor, now: datetime
) -> tuple[UUID, ...]:
    key, moved = signing_key(KEY), arrived_at({head.id for head, _ in wanted})
    lying = queries.lying_at(wanted)
    rows: list[tuple[object, ...]] = []
    sent: list[events.OrderSent] = []
    for head, unit in wanted:
        declared = (head.goods_office, head.site)
        place = moved.get(head.id) or lying.get((head.id, unit), declared)
        id_ = new_id()
        signature = sign(Slip(str(id_), head.number, unit, *place, now), key)
        state = str(OrderState.SENT)
        rows.append((id_, head.id, unit, *place, state, now, now, "", "", signature))
        sent.append(events.OrderSent(head.id, now, str(id_), unit, *place))
    write([TableRows("release_releaseorder", _COLUMNS, rows)])
    for event, row in zip(sent, rows, strict=True):
        one = TableRows("release_releaseorder", _COLUMNS, [row])
        wrote = of_written([one], {ORDER.table: ORDER}).values()
        record("RELEASE_ORDER_SENT", event.subject, by=by, at=now, wrote=wrote, unit=event.unit)
    announce(sent)
    return tuple(UUID(event.order) for event in sent)


def _require_second(act: TwoPersonAct, order: ReleaseOrder, by: Actor) -> None:
    require_second(act, by, first={order.recall_asked_by}, refusal=problems.SECOND_PERSON)


def _asked(order: ReleaseOrder) -> Rows:
    """Return what the ledger says of a recall that was asked for, or dropped."""
    return changed(
        ORDER,
        order.id,
        recall_asked_by=order.recall_asked_by,
        recall_asked_at=order.recall_asked_at,
        recall_reason=order.recall_reason,
    )


def _recallable(order_id: UUID, by: Actor) -> ReleaseOrder:
    order = _locked(order_id, by)
    if ORDERS.move(OrderAct.RECALL, OrderState(order.state)) is None:
        raise problems.NOT_RECALLABLE.error(order=order.unit, state=OrderState(order.state))
    return order


def _locked(order_id: UUID, by: Actor) -> ReleaseOrder:
    """Lock an order for an officer of the office that declared, or of the one of the goods.

    An order of other offices is told like one that is not there.
    """
    officers = (Role.REVIEWER, Role.INSPECTOR, Role.COORDINATOR)
    require(by, *officers)
    require_person(by)
    found = ReleaseOrder.objects.filter(pk=order_id)
    named = found.values_list("declaration", "declaration__declaration_office", "office").first()
    if named is None or not any(by.at(office, *officers) for office in named[1:]):
        raise problems.NO_ORDER.error(order=order_id)
    clearance.lock(DeclarationId(named[0]))
    return found.get()


def _depart_if_all_left(declaration_id: DeclarationId, *, by: Actor, now: datetime) -> None:
    """Move on when nothing is left inside; a unit whose order was recalled is."""
    executed = ReleaseOrder.objects.filter(
        declaration=declaration_id, state=str(OrderState.EXECUTED)
    )
    left = set(executed.values_list("unit", flat=True))
    inside = set(declarations.units(declaration_id)) - left
    if inside or standings.state_of(declaration_id) is not State.RELEASED:
        return
    locked = clearance.lock(declaration_id)
    clearance.move(locked, Act.DEPART, by=by, now=now)
    if is_settled(declaration_id):
        clearance.close(locked, by=by, now=now)
