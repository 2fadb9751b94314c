"""What of an accepted declaration contradicts a manifest that came after it. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from tongguan.domain.cargo.values import BillRow
from tongguan.domain.declarations.rules.counterparts import (
    asks_for_proof,
    check_cargo,
    check_consignee,
    is_named,
)
from tongguan.domain.declarations.values import Submission
from tongguan.domain.parties.values import EnterpriseRow
from tongguan.domain.reference.values import Snapshot
from tongguan.kernel.problems import Fault


class Holder(NamedTuple):
    """What a manifest says of who holds a bill, seen from the trader of a declaration.

    Attributes:
        refused: why it keeps the trader from the bill; None where it does not.
        named: whether it names him.
        asks: whether he has to show customs that the bill is his.
    """

    refused: Fault | None
    named: bool
    asks: bool


def contradictions(
    sent: Submission,
    bill: BillRow,
    *,
    known: Mapping[str, EnterpriseRow],
    reference: Snapshot,
    day: date,
) -> tuple[Fault, ...]:
    """Return what a declaration would be told of the manifest if it were lodged now.

    Goods that an approved diversion sends to another office do not contradict their declaration.
    Where the manifest names another trader, nothing else of it is told.

    Args:
        sent: as it was accepted.
        bill: as the manifest names it.
        known: enterprises by code, the trader and those that the manifest names among them.
        reference: law and region.
        day: local day of acceptance, whose tolerance counts.
    """
    stated = sent.parties.trader
    trader = known.get(stated.scc or "") or known.get(stated.code or "")
    refused = None if trader is None else check_consignee(bill, trader=trader, known=known)
    if refused is not None:
        return (refused,)
    office = sent.offices.goods if bill.diverted else bill.office
    other = replace(bill, used_by=None, office=office or bill.office)
    tolerance = reference.parameters.decimal("mass_tolerance", day)
    return check_cargo(sent, bill=other, mass_tolerance=tolerance)


def holder(bill: BillRow, *, trader: EnterpriseRow, known: Mapping[str, EnterpriseRow]) -> Holder:
    """Return what a manifest says of whether a trader holds a bill."""
    return Holder(
        check_consignee(bill, trader=trader, known=known),
        is_named(bill, trader=trader, known=known),
        asks_for_proof(bill, trader=trader, known=known),
    )
