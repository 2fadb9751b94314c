"""What follows for the goods: an arrival ends a wait, a departure clears a site, time runs out."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from tongguan.domain.cargo import goods
from tongguan.domain.cargo.consignees import CONSIGNEE_NAMED
from tongguan.domain.cargo.queries import bills, bills_of
from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance.lifecycle import HoldKind, Why
from tongguan.domain.clearance.queries import holds_of, open_holds, overdue
from tongguan.domain.clearance.values import HoldRow, Locked, NewHold
from tongguan.domain.declarations.queries import by_bill, heads
from tongguan.domain.reference.queries import snapshot
from tongguan.domain.release.queries import executed
from tongguan.domain.revenue.reassessment import assess_anew
from tongguan.domain.review.revocations import cancel
from tongguan.domain.review.values import Ground
from tongguan.domain.transit.commands import chase
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.facilities.announcements.values import Announced
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.queries import entries, having
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.problems import ProblemError
from tongguan.processes import manifests
from tongguan.processes.lodgement.holds import last_day, supplement_due
from tongguan.processes.manifests import compare

LAPSED: Final = "逾期未见舱单 {bill} / no manifest named bill {bill} in time"
"""What the ledger keeps as the ground; it is kept in both languages, for it is never translated."""


def discharge_waiting(events: Sequence[Announced], now: datetime) -> None:
    """Discharge the ARRIVAL holds of declarations that name the bills which arrived."""
    named = by_bill(goods.numbers_of({event.subject for event in events}))
    ids = {id_ for found in named.values() for id_ in found}
    compare(ids, now)
    _discharge(ids, now)


def compare_manifests(events: Sequence[Announced], now: datetime) -> None:
    """Compare declarations that were lodged before their manifest with it."""
    named = by_bill(bills_of({UUID(str(event.subject)) for event in events}))
    compare({id_ for found in named.values() for id_ in found}, now)


def look_at_consignees(events: Sequence[Announced], now: datetime) -> None:
    """Look again at declarations of bills for which their carrier has named a consignee."""
    named = by_bill(goods.numbers_of({event.subject for event in events}))
    manifests.look_at_consignees({id_ for found in named.values() for id_ in found}, now)


def look_at_named(events: Sequence[Announced], now: datetime) -> None:
    """Look again at declarations whose bill has a consignee that its carrier named.

    He may have named it while the declaration was decided on, and before it could be seen.
    """
    declared = heads({DeclarationId(event.subject) for event in events})
    known = bills({row.bill for row in declared.values()}).answer()
    named = having(CONSIGNEE_NAMED, {bill.id for bill in known.values()})
    bound = {bill.number for bill in known.values() if bill.id in named}
    manifests.look_at_consignees({id_ for id_, row in declared.items() if row.bill in bound}, now)


def look_again(events: Sequence[Announced], now: datetime) -> None:
    """Discharge the ARRIVAL holds of goods that arrived while their declaration was recorded.

    A manifest that came meanwhile is compared with the declaration. Such an arrival is followed
    before the hold can be seen, or the hold before the arrival can:
    whichever of the two is seen last ends the wait, so that nobody has to lock a bill to lodge.
    """
    arrival = str(HoldKind.ARRIVAL)
    waiting = [event.subject for event in events if event.facts.get("kind") == arrival]
    ids = {DeclarationId(subject) for subject in waiting}
    compare(ids, now)
    _discharge(ids, now)


def _discharge(ids: Collection[DeclarationId], now: datetime) -> None:
    """End the waits for goods that lie at the office that the declaration names for them.

    Goods of an advance declaration may lie elsewhere, because their manifest names another office:
    then the wait goes on, and the ledger says where they are. Where a diversion was approved, it
    ends at the office that the diversion names too.
    """
    declared = heads(ids)
    known = bills({row.bill for row in declared.values()}).answer()
    region = snapshot().region
    for hold in open_holds(sorted(declared, key=str), HoldKind.ARRIVAL):
        bill = known.get(declared[hold.declaration_id].bill)
        if bill is None or not bill.arrived:
            continue
        locked = clearance.lock(hold.declaration_id)
        bill = bills([bill.number]).answer().get(bill.number)
        if bill is None or not bill.arrived:
            continue
        # Goods that have arrived were declared by their carrier: duties are due by that day.
        _by_transport(locked, now)
        # The hold may have ended between the reading and the lock.
        if all(row.id != hold.id for row in open_holds([hold.declaration_id], HoldKind.ARRIVAL)):
            continue
        place = region.site(bill.arrived_site)
        ends = {hold.office, bill.office} if bill.diverted else {hold.office}
        if place is not None and place.office in ends:
            clearance.discharge(locked, hold.id, by=SYSTEM, now=now)
        elif all(entry.kind != "GOODS_ELSEWHERE" for entry in entries(hold.declaration_id)):
            facts = {"bill": bill.number, "site": bill.arrived_site, "declared": hold.office}
            record("GOODS_ELSEWHERE", hold.declaration_id, by=SYSTEM, at=now, **facts)


def assess_by_transport(events: Sequence[Announced], now: datetime) -> None:
    """Compute duties and deadlines of goods declared in advance anew, by their transport's day."""
    numbers = bills_of({UUID(str(event.subject)) for event in events})
    named = by_bill(numbers)
    for id_ in sorted({id_ for found in named.values() for id_ in found}, key=str):
        _by_transport(clearance.lock(id_), now)


def _by_transport(locked: Locked, now: datetime) -> None:
    """Compute anew what depends on the day on which the transport of goods was declared."""
    assess_anew(locked, by=SYSTEM, now=now)
    law = snapshot()
    for hold in open_holds([locked.declaration_id], HoldKind.SUPPLEMENT):
        head = heads([locked.declaration_id])[locked.declaration_id]
        due = supplement_due(head.accepted_at, bills([head.bill]).answer().get(head.bill), law)
        if due == hold.due_at:
            continue
        facts = law.calendar.beyond(last_day(due))
        wrote = clearance.set_due(locked, hold.id, due, facts)
        day = last_day(due).isoformat()
        record("SECOND_STEP_DUE", locked.declaration_id, by=SYSTEM, at=now, wrote=wrote, due=day)


def note_departure(events: Sequence[Announced], now: datetime) -> None:
    """Note at which sites goods lie no longer, when they left through a gate.

    The order says so, not the event: goods that came after it left are others, in the same
    container.
    """
    clearance.lock_all({event.subject for event in events})
    orders = {id_ for event in events if (id_ := _id(event.facts.get("order", ""))) is not None}
    for unit, site, left_at in executed(orders):
        goods.leave(unit=unit, site=site, at=left_at, by=SYSTEM, now=now)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def chase_overdue(now: datetime) -> None:
    """Enquire after overdue movements, and call the guarantors of those that stay away."""
    chase(now=now)


def end_waits(now: datetime) -> None:
    """Deal with declarations whose goods have not come in time, as the region's parameters say.

    One whose bill no manifest names lapses when it has waited `arrival_days`: customs revokes it.
    Any other whose deadline has passed is given to a reviewer once, to revoke it or let it wait on.
    Source: announcement 74/2014; the days of imports are a configuration of the region.
    """
    days = snapshot().parameters.whole("arrival_days", localdate(now))
    for hold in overdue(HoldKind.ARRIVAL, now=now):
        declared = heads([hold.declaration_id])[hold.declaration_id]
        known = bills([declared.bill]).answer().get(declared.bill)
        unmatched = known is None or not known.manifested
        if unmatched and now >= hold.opened_at + timedelta(days=days) and _lapse(hold, now):
            continue
        _flag(hold, declared.declaration_office, now)


def _lapse(hold: HoldRow, now: datetime) -> bool:
    """Revoke a declaration whose bill was never announced; return whether that was possible."""
    try:
        cancel(
            declaration_id=hold.declaration_id,
            ground=str(Ground.NOT_COME),
            words=LAPSED.format(bill=hold.facts.get("bill", "")),
            by=SYSTEM,
            now=now,
        )
    except ProblemError:
        return False
    return True


@transaction.atomic
def _flag(hold: HoldRow, office: str, now: datetime) -> None:
    locked = clearance.lock(hold.declaration_id)
    if any(row.why is Why.NOT_COME for row in holds_of(hold.declaration_id)):
        return
    facts = {"bill": hold.facts.get("bill", "")}
    new = NewHold(hold.declaration_id, HoldKind.REVIEW, office, Why.NOT_COME, facts, now)
    clearance.open_hold(locked, new, by=SYSTEM, now=now)
