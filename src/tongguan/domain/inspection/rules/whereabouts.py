"""Whether goods are at the office that examines them, and at which of its sites."""

from collections.abc import Collection

from tongguan.domain.cargo.values import BillRow
from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.values import HoldRow
from tongguan.domain.inspection.values import Whereabouts
from tongguan.domain.reference.values.places import Site


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


def kept_at(office: str, reported: Site | None, declared: Site | None) -> str | None:
    """Return the site that keeps goods which an office examines.

    It is the site where they were reported last, whatever was declared; it is empty where that
    site belongs to another office. Where no site was reported it is the declared one, if the
    office has it; else it is not known and None.

    Source: Order 138, art. 12: the one who keeps the goods attends as witness.
    """
    if reported is not None:
        return reported.code if reported.office == office else ""
    if declared is not None and declared.office == office:
        return declared.code
    return None
