"""What of an accepted declaration contradicts a manifest that came after it. Pure."""

from dataclasses import replace
from datetime import date

from tongguan.domain.cargo.values import BillRow
from tongguan.domain.declarations.rules.counterparts import check_cargo
from tongguan.domain.declarations.values import Submission
from tongguan.domain.reference.values import Snapshot
from tongguan.kernel.problems import Fault


def contradictions(
    sent: Submission, bill: BillRow, *, reference: Snapshot, day: date
) -> tuple[Fault, ...]:
    """Return what a declaration would be told of the manifest if it were lodged now.

    Goods that an approved diversion sends to another office do not contradict their declaration.

    Args:
        sent: as it was accepted.
        bill: as the manifest names it.
        reference: law and region.
        day: local day of acceptance, whose tolerance counts.
    """
    office = sent.offices.goods if bill.diverted else bill.office
    other = replace(bill, used_by=None, office=office or bill.office)
    tolerance = reference.parameters.decimal("mass_tolerance", day)
    return check_cargo(sent, bill=other, mass_tolerance=tolerance)
