"""Whether goods are at the office that examines them."""

from collections.abc import Collection

from tongguan.domain.cargo.values import BillRow
from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.values import HoldRow
from tongguan.domain.inspection.values import Whereabouts


def whereabouts(
    office: str, holds: Collection[HoldRow], bill: BillRow | None, lies_at: str
) -> Whereabouts:
    """Return where goods are, seen from the office that is to examine them.

    What came under seal is where its movement ended; all else is where it was reported.

    Args:
        office: where they are to be examined.
        holds: all holds of the declaration, the ended ones too.
        bill: what the carrier's manifest says of them, or None where no manifest names them.
        lies_at: the office of the site where they were reported, or empty where it is not known.

    Source: Order 138, art. 4: goods are examined within a place under customs control.
    """
    if any(row.kind is HoldKind.ARRIVAL and row.ended_at is None for row in holds):
        return Whereabouts.AWAITED
    moves = [row for row in holds if row.kind is HoldKind.TRANSIT]
    ended = [row.office for row in moves if row.ended_at is not None]
    if ended:
        return Whereabouts.HERE if ended[-1] == office else Whereabouts.ELSEWHERE
    if any(row.office == office for row in moves):
        return Whereabouts.MOVING
    if bill is not None and bill.manifested and bill.arrived_at is None:
        return Whereabouts.AWAITED
    return Whereabouts.HERE if lies_at in {"", office} else Whereabouts.ELSEWHERE
