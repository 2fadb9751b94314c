"""What follows when a declaration is revoked or refused: nothing of it binds anybody any more."""

from collections.abc import Sequence
from datetime import datetime

from tongguan.domain.cargo import commands as cargo
from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance.lifecycle import NO_MORE
from tongguan.domain.clearance.queries import standing
from tongguan.domain.permits import commands as permits
from tongguan.domain.permits.certificates import credit_certificates
from tongguan.domain.revenue.refunds import give_back
from tongguan.domain.risk.owed import carry_over
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.facilities.announcements.values import Announced
from tongguan.kernel.identifiers import DeclarationId


def undo(events: Sequence[Announced], now: datetime) -> None:
    """Free bills, credit licences, certificates and guarantees, and order refunds.

    Checks that were not done are met by whoever declares the same bill again. The state decides,
    not the event: one that somebody wrote into the queue of events undoes nothing.
    """
    named = sorted({DeclarationId(event.subject) for event in events}, key=str)
    clearance.lock_all(named)
    ended = standing(named)
    ids = [id_ for id_ in named if id_ in ended and ended[id_].state in NO_MORE]
    carry_over(ids, by=SYSTEM, now=now)
    cargo.free(ids, by=SYSTEM, now=now)
    permits.credit(ids, by=SYSTEM, now=now)
    credit_certificates(ids, by=SYSTEM, now=now)
    give_back(ids, by=SYSTEM, now=now)
