"""What follows an arrival: declarations that waited for the goods wait no longer."""

from collections.abc import Sequence
from datetime import datetime

from tongguan.domain.cargo import queries as cargo
from tongguan.domain.cargo.commands import claim
from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.queries import open_holds
from tongguan.domain.declarations.queries import by_bill
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.facilities.announcements.values import Announced


def bind_late(events: Sequence[Announced], now: datetime) -> None:  # noqa: ARG001
    """Bind the bills of a manifest to declarations that named them before it came.

    Where several name one bill, the earliest has it.
    """
    for event in events:
        found = by_bill(cargo.bills_of(event.facts["manifest"]))
        wanted = {bill: ids[0] for bill, ids in found.items()}
        known = cargo.bills(wanted)
        claim({bill: id_ for bill, id_ in wanted.items() if known[bill].used_by is None})


def discharge_waiting(events: Sequence[Announced], now: datetime) -> None:
    """Discharge the ARRIVAL holds of declarations that name the bills which arrived."""
    named = by_bill({event.facts["bill"] for event in events})
    ids = sorted({id_ for found in named.values() for id_ in found}, key=str)
    for hold in open_holds(ids, HoldKind.ARRIVAL):
        locked = clearance.lock(hold.declaration_id)
        # The hold may have ended between the reading and the lock.
        if any(row.id == hold.id for row in open_holds([hold.declaration_id], HoldKind.ARRIVAL)):
            clearance.discharge(locked, hold.id, by=SYSTEM, now=now)
