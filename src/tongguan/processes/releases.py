"""What follows a release: orders to the office where the goods are, and closing at the end."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance.lifecycle import HoldKind, State
from tongguan.domain.clearance.queries import standing
from tongguan.domain.release import commands as release
from tongguan.domain.revenue.queries import is_settled
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.facilities.announcements.values import Announced
from tongguan.kernel.identifiers import DeclarationId

AFTER_RELEASE: Final = frozenset({str(HoldKind.TRANSIT), str(HoldKind.CASE)})
"""What may still hold goods that are released: their way to the exit, a seal broken on it."""


def send_orders(events: Sequence[Announced], now: datetime) -> None:
    """Make and send the release orders of declarations that nothing holds any more."""
    release.make_orders([DeclarationId(event.subject) for event in events], by=SYSTEM, now=now)


def go_on(events: Sequence[Announced], now: datetime) -> None:
    """Do what waited for holds that have ended after release."""
    send_at_exit(events, now)
    close_settled(events, now)


def send_at_exit(events: Sequence[Announced], now: datetime) -> None:
    """Send the orders of exports whose way to the exit, or what was found on it, is over."""
    ended = {event.subject for event in events if event.facts.get("kind") in AFTER_RELEASE}
    release.make_orders([DeclarationId(subject) for subject in ended], by=SYSTEM, now=now)


def close_settled(events: Sequence[Announced], now: datetime) -> None:
    """Close declarations whose goods have left, where an inspection or a case was left to do."""
    kinds = {str(HoldKind.INSPECTION), str(HoldKind.CASE)}
    ids = {DeclarationId(event.subject) for event in events if event.facts.get("kind") in kinds}
    left = [row.declaration_id for row in standing(ids).values() if row.state is State.DEPARTED]
    for id_ in sorted(left, key=str):
        locked = clearance.lock(id_)
        if is_settled(id_):
            clearance.close(locked, by=SYSTEM, now=now)
