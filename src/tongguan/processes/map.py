"""The whole process on one page: which event leads to what.

Events are announced in the transaction of an act (`facilities.announcements`); `jobs.follow` reads
them and does what stands here, in one transaction a group, so that what follows is done once.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from tongguan.domain.cargo.events import (
    Arrived,
    ConsigneeNamed,
    ManifestReceived,
    TransportDeclared,
)
from tongguan.domain.clearance.events import (
    Cancelled,
    HoldDischarged,
    HoldOpened,
    Refused,
    Released,
)
from tongguan.domain.declarations.events import DeclarationAccepted
from tongguan.domain.release.events import GateOut
from tongguan.domain.risk.events import BacktestAsked
from tongguan.facilities.announcements.values import Announced
from tongguan.processes import arrivals, backtests, releases, revocations, selections

Follow = Callable[[Sequence[Announced], datetime], None]


def _accepted(events: Sequence[Announced], now: datetime) -> None:
    selections.remember(events, now)
    arrivals.look_at_named(events, now)


# fmt: off
FOLLOWS: Final[dict[str, Follow]] = {
    #    event                    what follows
    DeclarationAccepted.__name__: _accepted,                   # history; a consignee named
    Released.__name__:            releases.send_orders,        # orders to the office of the goods
    HoldOpened.__name__:          arrivals.look_again,         # the goods may be there by now
    ManifestReceived.__name__:    arrivals.compare_manifests,  # with what was declared before it
    ConsigneeNamed.__name__:      arrivals.look_at_consignees,  # whose the goods are
    TransportDeclared.__name__:   arrivals.assess_by_transport,  # duties by the law of that day
    HoldDischarged.__name__:      releases.go_on,              # an export is at its exit; CLOSED
    Arrived.__name__:             arrivals.discharge_waiting,  # ARRIVAL ends; none left: RELEASED
    GateOut.__name__:             arrivals.note_departure,     # the site is clear of it
    Cancelled.__name__:           revocations.undo,            # bill, licences, money are free
    Refused.__name__:             revocations.undo,
    BacktestAsked.__name__:       backtests.start,             # beside the worker, by itself
}
# fmt: on
