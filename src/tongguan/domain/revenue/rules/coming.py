"""How goods came: whose rates apply to them, and how many days late they were declared.

Source: Decree 392, arts 15 and 16, from 2024-12-01 Tariff Law, art. 21 (unverified): goods declared
before their transport are taxed as on the day the transport is declared; goods in transit as on
the day they are accepted at destination, declared before they reach it as on the day they do.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from tongguan.domain.cargo.values import BillRow
from tongguan.domain.reference.calendar import Calendar
from tongguan.domain.reference.values import Snapshot
from tongguan.domain.revenue.rules import lateness
from tongguan.domain.revenue.rules.law import Law
from tongguan.kernel.time import LOCAL


@dataclass(frozen=True, slots=True)
class Coming:
    """What is known of how imported goods came. No day of it is the trader's own.

    Attributes:
        transport: day on which the carrier declared the means of transport; None: not known yet.
        transit: whether they move under customs control to the office they are declared at.
        reached: in transit: day on which they reached that office; None: not yet.
    """

    transport: date | None = None
    transit: bool = False
    reached: date | None = None


UNKNOWN: Final = Coming()


def coming_of(
    bill: BillRow | None,
    *,
    transit: bool,
    destination: str,
    reference: Snapshot,
    reached: date | None = None,
) -> Coming:
    """Return how the goods of a bill came, as far as it was reported.

    Args:
        bill: None where nothing is known of it.
        transit: whether they move under customs control to the office they are declared at.
        destination: that office.
        reference: the region, which knows the office of a site.
        reached: day on which a movement of the declaration ended there, where it did.
    """
    transport = None if bill is None else _day(bill.transport_at)
    if transit and reached is None and bill is not None:
        site = reference.region.site(bill.arrived_site)
        if site is not None and site.office == destination:
            reached = _day(bill.reached_at)
    return Coming(transport, transit=transit, reached=reached)


def rate_day(accepted: date, coming: Coming) -> date:
    """Return the day whose rates apply; while the goods are to come, the day of acceptance."""
    came = coming.reached if coming.transit else coming.transport
    return accepted if came is None else max(accepted, came)


def counted_from(accepted: date, coming: Coming) -> date | None:
    """Return the day from which the term to declare, or to request transit, is counted.

    Our reading: terms are counted in days, so goods that reach the destination on the day of
    acceptance had reached it, whichever of the two came first on that day.
    """
    if coming.transit and coming.reached is not None and coming.reached <= accepted:
        return coming.reached
    return coming.transport


def days_late(accepted: date, coming: Coming, *, law: Law, calendar: Calendar) -> int:
    """Return for how many days a late-declaration fee is due.

    Goods in transit have two terms: from the transport's declaration to the request for transit,
    and from the arrival at destination to the declaration. Our reading: a declaration accepted
    before the goods reach the destination is the request for transit; where the goods had reached
    it, transit was requested in time. Source: Order 128; rules on transit (Order 89), art. 9.
    """
    since = counted_from(accepted, coming)
    if not coming.transit:
        allowed = law.late_days
    elif since == coming.reached:
        allowed = law.transit_declaration_days
    else:
        allowed = law.transit_request_days
    if since is None:
        return 0
    return lateness.days_declared_late(
        since, accepted, allowed=allowed, sold_after=law.undeclared_days, calendar=calendar
    )


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.astimezone(LOCAL).date()
