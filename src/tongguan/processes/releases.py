"""What follows a release: orders to the office where the goods are."""

from collections.abc import Sequence
from datetime import datetime

from tongguan.domain.release import commands as release
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.facilities.announcements.values import Announced
from tongguan.kernel.identifiers import DeclarationId


def send_orders(events: Sequence[Announced], now: datetime) -> None:
    """Make and send the release orders of declarations that nothing holds any more."""
    release.make_orders([DeclarationId(event.subject) for event in events], by=SYSTEM, now=now)
