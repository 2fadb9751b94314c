"""What follows for the goods: an arrival ends a wait, a departure clears a site."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from tongguan.domain.cargo import commands as cargo
from tongguan.domain.cargo.queries import bills, bills_of
from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.queries import open_holds
from tongguan.domain.declarations.queries import by_bill, heads
from tongguan.domain.reference.queries import snapshot
from tongguan.domain.revenue.reassessment import assess_anew
from tongguan.domain.transit.commands import chase
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.facilities.announcements.values import Announced
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.queries import entries
from tongguan.kernel.identifiers import DeclarationId


def discharge_waiting(events: Sequence[Announced], now: datetime) -> None:
    """Discharge the ARRIVAL holds of declarations that name the bills which arrived."""
    named = by_bill({event.facts["bill"] for event in events})
    _discharge({id_ for found in named.values() for id_ in found}, now)


def look_again(events: Sequence[Announced], now: datetime) -> None:
    """Discharge the ARRIVAL holds of goods that arrived while their declaration was recorded.

    Such an arrival is followed before the hold can be seen, or the hold before the arrival can:
    whichever of the two is seen last ends the wait, so that nobody has to lock a bill to lodge.
    """
    waiting = [event.subject for event in events if event.facts["kind"] == str(HoldKind.ARRIVAL)]
    _discharge({DeclarationId(subject) for subject in waiting}, now)


def _discharge(ids: Collection[DeclarationId], now: datetime) -> None:
    """End the waits for goods that lie at the office that the declaration names for them.

    Goods of an advance declaration may lie elsewhere, because their manifest names another office:
    then the wait goes on, and the ledger says where they are. An approved diversion ends it.
    """
    declared = heads(ids)
    known = bills({row.bill for row in declared.values()}).answer()
    region = snapshot().region
    for hold in open_holds(sorted(declared, key=str), HoldKind.ARRIVAL):
        bill = known.get(declared[hold.declaration_id].bill)
        if bill is None or not bill.arrived:
            continue
        locked = clearance.lock(hold.declaration_id)
        # Goods that have arrived were declared by their carrier: duties are due by that day.
        assess_anew(locked, by=SYSTEM, now=now)
        # The hold may have ended between the reading and the lock.
        if all(row.id != hold.id for row in open_holds([hold.declaration_id], HoldKind.ARRIVAL)):
            continue
        place = region.site(bill.arrived_site)
        if bill.diverted or (place is not None and place.office == hold.office):
            clearance.discharge(locked, hold.id, by=SYSTEM, now=now)
        elif all(entry.kind != "GOODS_ELSEWHERE" for entry in entries(hold.declaration_id)):
            facts = {"bill": bill.number, "site": bill.arrived_site, "declared": hold.office}
            record("GOODS_ELSEWHERE", hold.declaration_id, by=SYSTEM, at=now, **facts)


def assess_by_transport(events: Sequence[Announced], now: datetime) -> None:
    """Compute the duties of goods declared in advance anew, by the day of their transport."""
    numbers = bills_of({UUID(str(event.subject)) for event in events})
    named = by_bill(numbers)
    for id_ in sorted({id_ for found in named.values() for id_ in found}, key=str):
        assess_anew(clearance.lock(id_), by=SYSTEM, now=now)


def note_departure(events: Sequence[Announced], now: datetime) -> None:
    """Note at which sites goods lie no longer, when they left through a gate."""
    for event in events:
        cargo.leave(unit=event.facts["unit"], site=event.facts["site"], by=SYSTEM, now=now)


def chase_overdue(now: datetime) -> None:
    """Enquire after overdue movements, and call the guarantors of those that stay away."""
    chase(now=now)
