"""All tables whose rows the ledger describes, by name."""

from typing import Final

from tongguan.domain.cargo import sealed as cargo
from tongguan.domain.clearance import sealed as clearance
from tongguan.domain.coordination import sealed as coordination
from tongguan.domain.declarations import sealed as declarations
from tongguan.domain.inspection import sealed as inspection
from tongguan.domain.parties import sealed as parties
from tongguan.domain.permits import sealed as permits
from tongguan.domain.reference import sealed as reference
from tongguan.domain.release import sealed as release
from tongguan.domain.revenue import sealed as revenue
from tongguan.domain.review import sealed as review
from tongguan.domain.risk import sealed as risk
from tongguan.domain.transit import sealed as transit
from tongguan.facilities.accounts import sealed as accounts
from tongguan.facilities.ledger.sealed import SealedTable

ROOMS: Final = (
    declarations,
    cargo,
    clearance,
    risk,
    permits,
    review,
    inspection,
    revenue,
    transit,
    release,
    coordination,
    parties,
    reference,
    accounts,
)
SEALED: Final[dict[str, SealedTable]] = {one.table: one for room in ROOMS for one in room.SEALED}
