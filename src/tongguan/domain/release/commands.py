"""Making, sending, executing and recalling release orders."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance import queries as standings
from tongguan.domain.clearance.lifecycle import Act, State
from tongguan.domain.declarations import queries as declarations
from tongguan.domain.release import events, problems, queries
from tongguan.domain.release.lifecycle import ORDERS, OrderAct, OrderState
from tongguan.domain.release.models import ReleaseOrder
from tongguan.domain.release.rules.signature import Slip, sign
from tongguan.domain.release.values import GateAnswer
from tongguan.domain.transit.queries import arrived_at
from tongguan.facilities.accounts.values import Actor
from tongguan.facilities.announcements.commands import announce
from tongguan.facilities.keys import signing_key
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.tables import TableRows, write
from tongguan.kernel.identifiers import DeclarationId, new_id

KEY: Final = "release"
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


def make_orders(ids: Collection[DeclarationId], *, by: Actor, now: datetime) -> int:
    """Make, sign and send the release orders of released declarations; return how many.

    What has its orders already is passed over, so that the same event twice changes nothing.
    Runs in the transaction that follows the event. An order goes to the office of the goods, or
    to where a movement under seal ended. That office reads the same store: an order is sent in
    the moment it is there.
    """
    heads, moved = declarations.heads(ids), arrived_at(ids)
    made = set(
        ReleaseOrder.objects.filter(declaration__in=ids)
        .exclude(state=str(OrderState.RECALLED))
        .values_list("declaration", flat=True)
    )
    wanted = [heads[id_] for id_ in sorted(heads, key=str) if id_ not in made]
    key = signing_key(KEY)
    rows: list[tuple[object, ...]] = []
    sent: list[events.OrderSent] = []
    for head in wanted:
        place = (moved[head.id], "") if head.id in moved else (head.goods_office, head.site)
        for unit in declarations.units(head.id):
            id_ = new_id()
            slip = Slip(str(id_), head.number, unit, *place, now)
            state = str(OrderState.SENT)
            signature = sign(slip, key)
            rows.append((id_, head.id, unit, *place, state, now, now, "", "", signature))
            sent.append(events.OrderSent(head.id, now, str(id_), unit, *place))
    write([TableRows("release_releaseorder", _COLUMNS, rows)])
    for event in sent:
        record("RELEASE_ORDER_SENT", event.subject, by=by, at=now, unit=event.unit)
    announce(sent)
    return len(sent)


@transaction.atomic(durable=True)
def acknowledge(*, order_id: UUID, by: Actor, now: datetime) -> None:
    """Note that the site of the goods has the order. Again changes nothing."""
    order = _locked(order_id)
    if ORDERS.move(OrderAct.ACKNOWLEDGE, OrderState(order.state)) is None:
        return
    order.state, order.acknowledged_at = str(OrderState.ACKNOWLEDGED), now
    order.save(update_fields=["state", "acknowledged_at"])
    id_ = DeclarationId(order.declaration_id)
    record("RELEASE_ORDER_ACKNOWLEDGED", id_, by=by, at=now, unit=order.unit)


@transaction.atomic(durable=True)
def gate_out(*, site: str, unit: str, by: Actor, now: datetime) -> GateAnswer:
    """Let a unit leave through a gate of a site, on its release order.

    When the last unit of a declaration has left, the declaration has departed, and is closed if
    nothing blocks that. Returns the answer the gate was given.

    Raises:
        ProblemError: ACC-001 not at a gate, ACC-011 at another site, REL-001 it may not leave,
            REL-002 no such site.
    """
    for declaration_id in queries.declarations_of(unit):
        clearance.lock(declaration_id)
    answer = queries.ask_at_gate(site=site, unit=unit, by=by)
    if not answer.may_leave:
        raise problems.MAY_NOT_LEAVE.error(unit=unit, site=site, verdict=answer.verdict)
    for row in answer.orders:
        ReleaseOrder.objects.filter(pk=row.id).update(
            state=str(OrderState.EXECUTED), executed_at=now, executed_site=site
        )
        record("GATE_OUT", row.declaration_id, by=by, at=now, unit=unit, site=site)
        announce([events.GateOut(row.declaration_id, now, str(row.id), unit, site)])
        _depart_if_all_left(row.declaration_id, by=by, now=now)
    return answer


@transaction.atomic(durable=True)
def recall(*, order_id: UUID, reason: str, by: Actor, now: datetime) -> bool:
    """Recall a release order: the first officer asks, another confirms. Return whether it is done.

    Raises:
        ProblemError: REL-003 it has been executed or recalled, REL-004 the same person twice.
    """
    order = _locked(order_id)
    if ORDERS.move(OrderAct.RECALL, OrderState(order.state)) is None:
        raise problems.NOT_RECALLABLE.error(order=order_id, state=OrderState(order.state))
    id_ = DeclarationId(order.declaration_id)
    if not order.recall_asked_by:
        order.recall_asked_by = by.name
        order.save(update_fields=["recall_asked_by"])
        record("RECALL_ASKED", id_, by=by, at=now, unit=order.unit, reason=reason)
        return False
    if order.recall_asked_by == by.name:
        raise problems.SECOND_PERSON.error(person=by.label)
    order.state, order.recalled_at = str(OrderState.RECALLED), now
    order.save(update_fields=["state", "recalled_at"])
    record("RELEASE_ORDER_RECALLED", id_, by=by, at=now, unit=order.unit, reason=reason)
    announce([events.OrderRecalled(id_, now, str(order_id), order.unit)])
    return True


def _locked(order_id: UUID) -> ReleaseOrder:
    declaration_id = ReleaseOrder.objects.values_list("declaration", flat=True).get(pk=order_id)
    clearance.lock(DeclarationId(declaration_id))
    return ReleaseOrder.objects.get(pk=order_id)


def _depart_if_all_left(declaration_id: DeclarationId, *, by: Actor, now: datetime) -> None:
    remaining = ReleaseOrder.objects.filter(declaration=declaration_id).exclude(
        state__in=[str(OrderState.EXECUTED), str(OrderState.RECALLED)]
    )
    if remaining.exists() or standings.state_of(declaration_id) is not State.RELEASED:
        return
    locked = clearance.lock(declaration_id)
    clearance.move(locked, Act.DEPART, by=by, now=now)
    if not standings.is_blocked(declaration_id, Act.CLOSE):
        clearance.move(locked, Act.CLOSE, by=by, now=now)
